import Diagnostics

// What to write instead of a comparison of unlike values.
extension Checker {
  /// The help for two values that can never be equal, nor above or below each other.
  func help(comparing left: CheckedNode, _ right: CheckedNode) -> String? {
    let types = [left.type.nonNull.erased, right.type.nonNull.erased]
    if types.contains(.null) {
      return "\(Wording.a(text(left.type == .null ? right.type : left.type))) is never null"
    }
    let hasNumber = types.contains(where: \.isNumber)
    if types.contains(.duration), hasNumber {
      let number = left.type.isNumber ? left : right
      return number.constant.map { "write the unit, as `\($0.text)ms`" }
        ?? "divide the duration by its unit, as `… / 1ms`, or write a unit"
    }
    if types.contains(.string), hasNumber {
      let words = left.type.isNumber ? right : left
      if case .string(let text)? = words.constant, Int64(text) != nil || Double(text) != nil {
        return "write the number without quotes: `\(text)`"
      }
      return "write `string(…)` around the number"
    }
    if types.contains(.duration), types.contains(.string) {
      let words = types[0] == .duration ? right : left
      guard case .string(let text)? = words.constant, text.first.map(\.isNumber) ?? false else {
        return "write `duration(…)` around the string"
      }
      return "write the duration without quotes: `\(text)`"
    }
    if types.contains(.bool), types.contains(.string) {
      return "write `true` and `false` without quotes"
    }
    if types.contains(.bool), hasNumber, left.isComparison {
      return "two comparisons are joined by `&&`: `a < b && b < c`"
    }
    if types.contains(.string) {
      let (object, words) = types[0] == .string ? (right, left) : (left, right)
      return help(comparing: object, withString: words)
    }
    return nil
  }

  /// The help for an object that has a name beside a string.
  private func help(comparing object: CheckedNode, withString words: CheckedNode) -> String? {
    guard case .object(let id) = object.type.nonNull,
      environment.objectTypes[id].index(of: "name") != nil
    else { return nil }
    let kind = environment.objectTypes[id].name
    if case .string(let text)? = words.constant {
      if isObject(text, of: id), !object.isRoot(text) {
        return "write `\(text)` without quotes, or compare the `name` of the \(kind)"
      }
      let known = environment.names.filter { isObject($0.name, of: id) }.map(\.name)
      return nearest(to: text, among: known).map {
        "compare with a \(kind), such as `\($0)`, or ask for its `name`"
      } ?? "compare its `name`, or write the other \(kind) without quotes"
    }
    guard case .root(_, _, let name) = object.form else {
      return "compare the `name` of the \(kind)"
    }
    if case .word(let known) = words.type.nonNull, known.contains(name) {
      return "a word is written in quotes: `\"\(name)\"`"
    }
    return "compare its name: `\(name).name`"
  }

  /// The help for something that is never in a list.
  func help(
    seeking item: CheckedNode, in element: ExpressionType, _ container: CheckedNode
  ) -> String? {
    switch (item.type.nonNull, element.nonNull) {
    case (.object(let id), .string), (.object(let id), .word):
      guard environment.objectTypes[id].index(of: "name") != nil else { return nil }
      return "seek its `name`, or write the elements without quotes"
    case (.string, .object(let id)), (.word, .object(let id)):
      if case .string(let text)? = item.constant, isObject(text, of: id) {
        return "write `\(text)` without quotes"
      }
      return environment.objectTypes[id].index(of: "name") == nil
        ? nil : "ask for the names: `… in xs.map(x, x.name)`"
    default: return nil
    }
  }

  /// Whether a name stands for an object of a type.
  private func isObject(_ name: String, of id: Int) -> Bool {
    if case .object(id)? = environment.name(name)?.type.nonNull { return true }
    return false
  }
}

extension CheckedNode {
  /// Whether it is what a name stands for.
  fileprivate func isRoot(_ name: String) -> Bool {
    if case .root(_, _, name) = form { return true }
    return false
  }

  /// Whether it compares two values by their order or for equality.
  fileprivate var isComparison: Bool {
    guard case .call(let builtin, _) = form else { return false }
    return [.less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .unequal].contains(builtin)
  }
}
