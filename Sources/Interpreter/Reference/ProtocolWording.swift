import SystemModel

// What protocols declare, in the words of the reference.

extension ParameterDeclaration {
  /// The default as a scenario would write it; nil if there is none.
  var defaultText: String? {
    switch defaultValue {
    case nil: nil
    case .duration(let low, let high)?: low == high ? low.text : "\(low.text)..\(high.text)"
    case .int(let value)?: String(value)
    case .bool(let value)?: String(value)
    case .word(let place)?:
      if case .word(let words) = kind { words[place] } else { nil }
    case .node(let node)?: "node \(node.index)"
    }
  }
}

extension ParameterDeclaration.Kind {
  /// What values an option takes.
  var text: String {
    switch self {
    case .duration(let minimum): "a duration, from \(minimum.text) on"
    case .durationRange(let minimum): "a duration or a range, from \(minimum.text) on"
    case .int(let range): "\(range.lowerBound) to \(range.upperBound)"
    case .bool: "true or false"
    case .word(let words): words.joined(separator: " | ")
    case .node: "a node"
    }
  }
}

extension WordType {
  /// The type in the words of the reference.
  var text: String {
    switch self {
    case .int: "int"
    case .bool: "bool"
    case .duration: "duration"
    case .word(let words): words.joined(separator: " | ")
    case .symbol: "text"
    case .node: "name of a node"
    case .nodeList: "list of names"
    }
  }

  /// The type with its article.
  var textWithArticle: String {
    if case .int = self { return "an int" }
    return "a \(text)"
  }
}
