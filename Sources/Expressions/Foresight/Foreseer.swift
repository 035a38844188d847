/// Evaluates an expression with sets of values in place of values.
struct Foreseer {
  private let facts: StaticFacts
  private var locals: [Prospect]

  init(_ facts: StaticFacts, localCount: Int) {
    self.facts = facts
    locals = Array(repeating: .anything, count: localCount)
  }

  /// What the value of a part may be.
  mutating func prospect(of node: CheckedNode) -> Prospect {
    switch node.form {
    case .constant(let value): return Prospect(value)
    case .root(let slot, _, _): return facts.root(slot)
    case .local(let index), .bound(let index): return locals[index]
    case .field(let object, let index): return field(index, of: object, node.type)
    case .call(let builtin, let operands): return call(builtin, operands, node)
    case .all(let terms): return conjunction(terms)
    case .any(let terms): return disjunction(terms)
    case .conditional(let test, let first, let second):
      let (test, first, second) = (
        prospect(of: test), prospect(of: first), prospect(of: second)
      )
      return test.truth.map { $0 ? first : second } ?? first.joined(with: second)
    case .list(let elements):
      let count = Int64(elements.count)
      return .list(
        count: count...count, of: Prospect.joined(elements.map { prospect(of: $0) }))
    case .fold(let fold): return self.fold(fold, node.type)
    case .bind(let variable, let value, let body):
      locals[variable] = prospect(of: value)
      return prospect(of: body)
    case .member, .hasField, .hasMember, .matches, .map, .failure: return Prospect(node.type)
    }
  }

  private mutating func field(
    _ field: Int, of object: CheckedNode, _ type: ExpressionType
  ) -> Prospect {
    // What may be null may fail here, so that nothing follows from the field.
    guard object.type.nonNull == object.type, type.nonNull == type,
      case .object(let kind, let index) = prospect(of: object)
    else { return .anything }
    let known = facts.field(kind, index, field)
    return known == .anything ? Prospect(type) : known
  }

  private mutating func conjunction(_ terms: [CheckedNode]) -> Prospect {
    if hasComplements(terms) { return .known(false) }
    let truths = terms.map { prospect(of: $0).truth }
    if truths.contains(false) { return .known(false) }
    return truths.allSatisfy { $0 == true } ? .known(true) : .open
  }

  private mutating func disjunction(_ terms: [CheckedNode]) -> Prospect {
    if hasComplements(terms) { return .known(true) }
    let truths = terms.map { prospect(of: $0).truth }
    if truths.contains(true) { return .known(true) }
    return truths.allSatisfy { $0 == false } ? .known(false) : .open
  }

  /// Whether some part is true exactly when another is false; looked for among few parts.
  private func hasComplements(_ terms: [CheckedNode]) -> Bool {
    terms.count <= 20
      && terms.indices.contains { place in
        terms[..<place].contains { $0.isComplement(of: terms[place]) }
      }
  }

  // MARK: Macros

  private mutating func fold(_ fold: CheckedNode.Fold, _ type: ExpressionType) -> Prospect {
    guard case .list(let count, let element) = prospect(of: fold.over) else {
      return Prospect(type)
    }
    if let second = fold.second {
      locals[fold.first] = .whole(0...max(0, count.upperBound - 1))
      locals[second] = element
    } else {
      locals[fold.first] = element
    }
    let condition = fold.condition.map { prospect(of: $0).truth } ?? true
    let body = fold.body.map { prospect(of: $0) }
    let isNeverEmpty = count.lowerBound > 0
    switch fold.macro {
    case .all:
      if condition == true || count.upperBound == 0 { return .known(true) }
      return condition == false && isNeverEmpty ? .known(false) : .open
    case .exists:
      if condition == false || count.upperBound == 0 { return .known(false) }
      return condition == true && isNeverEmpty ? .known(true) : .open
    case .count, .filter:
      let kept = kept(condition, of: count)
      return fold.macro == .count ? .whole(kept) : .list(count: kept, of: element)
    case .map, .transformList:
      return .list(count: kept(condition, of: count), of: body ?? .anything)
    case .sortBy: return .list(count: count, of: element)
    case .existsOne, .has, .bind, .transformMap, .transformMapEntry: return Prospect(type)
    }
  }

  private func kept(_ condition: Bool?, of count: ClosedRange<Int64>) -> ClosedRange<Int64> {
    switch condition {
    case true?: count
    case false?: 0...0
    case nil: 0...count.upperBound
    }
  }

  // MARK: Operators and functions

  private mutating func call(
    _ builtin: Builtin, _ operands: [CheckedNode], _ node: CheckedNode
  ) -> Prospect {
    if operands.count == 2, let truth = sameness(builtin, operands[0], operands[1]) {
      return .known(truth)
    }
    let known = operands.map { prospect(of: $0) }
    switch builtin {
    case .not: return known[0].truth.map { .known(!$0) } ?? .open
    case .negate: return Arithmetic.negated(known[0])
    case .add, .subtract, .multiply: return Arithmetic.result(builtin, known[0], known[1])
    case .equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual:
      return Comparing.truth(builtin, known[0], known[1]).map { .known($0) } ?? .open
    case .membership: return membership(known[0], known[1]).map { .known($0) } ?? .open
    case .size:
      if case .list(let count, _) = known[0] { return .whole(count) }
      return .whole(0...Int64.max)
    case .count:
      if case .list(let count, _) = known[0] { return .whole(0...count.upperBound) }
      return .whole(0...Int64.max)
    case .distinct, .flatten:
      guard builtin == .distinct, case .list(let count, let element) = known[0] else {
        return Prospect(node.type)
      }
      return .list(count: min(1, count.lowerBound)...count.upperBound, of: element)
    case .abs: return node.type == .double ? .anything : .whole(0...Int64.max)
    case .index:
      if case .list(_, let element) = known[0], node.type.nonNull == node.type { return element }
      return Prospect(node.type)
    default: return Prospect(node.type)
    }
  }

  /// What a comparison of a part with itself gives; a double may be no number, which is not even
  /// equal to itself.
  private func sameness(_ builtin: Builtin, _ left: CheckedNode, _ right: CheckedNode) -> Bool? {
    guard left.type.equalsItself, left.isSame(as: right) else { return nil }
    switch builtin {
    case .equal, .lessOrEqual, .greaterOrEqual: return true
    case .unequal, .less, .greater: return false
    default: return nil
    }
  }

  private func membership(_ item: Prospect, _ container: Prospect) -> Bool? {
    guard case .list(let count, .oneOf(let elements)) = container, case .oneOf(let words) = item
    else { return nil }
    if !words.contains(where: { word in elements.contains { Scalars.equal($0, word) } }) {
      return false
    }
    // A list that is written out has each of its words; of any other not even one is certain.
    guard count.lowerBound == count.upperBound, count.lowerBound == elements.count else {
      return nil
    }
    return words.allSatisfy { word in elements.contains { Scalars.equal($0, word) } } ? true : nil
  }
}
