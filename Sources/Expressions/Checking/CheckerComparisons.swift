import Diagnostics

extension Checker {
  /// Checks that `==` or `!=` can go either way.
  mutating func checkComparison(
    _ sign: Syntax.Operator, _ left: CheckedNode, _ right: CheckedNode, _ range: Range<Int>
  ) {
    guard comparable(left.type, right.type) else {
      report(unlike(left, right, range))
      return
    }
    checkRatio(left, right)
    if case .word(let words) = left.type.nonNull, case .word(let others) = right.type.nonNull {
      checkWords(words, others, range)
    } else {
      checkWord(left.type, right)
      checkWord(right.type, left)
    }
  }

  /// Checks that `<` and its like have an order to go by.
  mutating func checkOrder(
    _ sign: Syntax.Operator, _ left: CheckedNode, _ right: CheckedNode, _ range: Range<Int>
  ) {
    let types = [left.type.nonNull.erased, right.type.nonNull.erased]
    let known = types.filter { $0 != .dyn && $0 != .never }
    let isNumeric = known.allSatisfy(\.isNumber)
    let hasOrder = known.allSatisfy { [.int, .double, .string, .bool, .duration].contains($0) }
    if !hasOrder, let odd = [left, right].first(where: { !isOrderable($0.type) }) {
      report(
        ExpressionMistake(
          CheckCodes.operands,
          "`\(sign.rawValue)` does not apply to \(text(odd.type)): it has no order", at: odd.range))
    } else if !isNumeric, known.count == 2, known[0] != known[1] {
      report(unlike(left, right, range))
    } else {
      checkRatio(left, right)
    }
  }

  /// Checks that something of this type could be in there.
  mutating func checkMembership(
    _ item: CheckedNode, _ container: CheckedNode, _ elements: [Range<Int>], _ range: Range<Int>
  ) {
    switch container.type.nonNull {
    case .dyn, .never: return
    case .list(let element):
      guard comparable(item.type, element) else {
        report(
          ExpressionMistake(
            CheckCodes.comparison,
            "\(Wording.a(text(item.type))) is never in \(Wording.a(text(container.type)))",
            at: range, help: help(seeking: item, in: element, container)))
        return
      }
      checkRatio(seeking: item, in: element)
      if case .constant(.list(let values)) = container.form {
        for (index, value) in values.enumerated() {
          let place = elements.indices.contains(index) ? elements[index] : container.range
          checkWord(item.type, constant(value, place))
        }
      }
      checkWord(element, item)
    case .map(let key, _):
      guard comparable(item.type, key) else {
        report(
          ExpressionMistake(
            CheckCodes.comparison,
            "\(Wording.a(text(item.type))) is never a key of \(Wording.a(text(container.type)))",
            at: range))
        return
      }
    default:
      report(
        ExpressionMistake(
          CheckCodes.operands, "`in` looks into a list or a map, found \(text(container.type))",
          at: container.range,
          help: container.type.erased == .string ? "write `a.contains(b)`" : nil))
    }
  }

  /// Whether values of two types can be equal at all.
  func comparable(_ left: ExpressionType, _ right: ExpressionType) -> Bool {
    switch (left, right) {
    case (.dyn, _), (_, .dyn), (.never, _), (_, .never): true
    case (.null, .nullable), (.nullable, .null), (.null, .null): true
    // CEL lets a duration be null; in a scenario one that may be null says so.
    case (.null, .duration), (.duration, .null): mode != .scenario
    case (.nullable(let inner), _): comparable(inner, right)
    case (_, .nullable(let inner)): comparable(left, inner)
    case (.list(let left), .list(let right)): comparable(left, right)
    case (.map(let key, let value), .map(let otherKey, let otherValue)):
      comparable(key, otherKey) && comparable(value, otherValue)
    default: left.erased == right.erased || (left.isNumber && right.isNumber)
    }
  }

  private func isOrderable(_ type: ExpressionType) -> Bool {
    switch type.nonNull.erased {
    case .int, .double, .string, .bool, .duration, .dyn, .never: true
    default: false
    }
  }

  private func unlike(
    _ left: CheckedNode, _ right: CheckedNode, _ range: Range<Int>
  ) -> ExpressionMistake {
    ExpressionMistake(
      CheckCodes.comparison,
      "\(text(left.type)) and \(text(right.type)) can never be compared", at: range,
      label: "\(text(left.type)) on the left, \(text(right.type)) on the right",
      help: help(comparing: left, right))
  }

  /// Refuses two fields that have no word in common.
  private mutating func checkWords(
    _ words: [String], _ others: [String], _ range: Range<Int>
  ) {
    guard !others.contains(where: words.contains) else { return }
    report(
      ExpressionMistake(
        CheckCodes.unknownWord, "the two sides have no word in common", at: range,
        notes: [
          "the left one is " + WordList.text(words),
          "the right one is " + WordList.text(others),
        ]))
  }

  /// Refuses a word that the other side never has.
  private mutating func checkWord(_ type: ExpressionType, _ other: CheckedNode) {
    guard case .word(let words) = type.nonNull else { return }
    guard case .string(let word)? = other.constant, !words.contains(word) else { return }
    report(
      ExpressionMistake(
        CheckCodes.unknownWord, "\(StringText.quoted(word)) is never the value here",
        at: other.range, notes: ["the words are " + WordList.text(words)],
        help: nearest(to: word, among: words).map { "did you mean \"\($0)\"?" }))
  }
}
