import ScenarioSyntax

/// What the scenario refers to by name: windows, points, expressions and metrics.
struct References {
  /// The keys under which names of faults and workloads may stand.
  private static let keys = [
    "during", "after", "before", "between", "heal", "when", "then", "always", "never", "eventually",
    "sometimes", "at_end", "until", "hold", "metric", "where",
  ]

  private var texts: [String] = []

  init(_ draft: ScenarioDraft) {
    for section in ["faults", "assertions"] {
      for item in draft[[.key(section)]]?.items ?? [] {
        if let text = item.text { texts.append(text) }
        for entry in item.entries ?? [] where Self.keys.contains(entry.key) {
          collect(entry.value)
        }
      }
    }
  }

  private mutating func collect(_ value: DraftValue) {
    switch value.content {
    case .text(let text): texts.append(text)
    case .list(let items): for item in items { collect(item) }
    case .mapping(let entries): for entry in entries { collect(entry.value) }
    }
  }

  /// Whether a name may be referred to: it stands somewhere as a word.
  func mention(_ name: String) -> Bool {
    texts.contains { text in
      var rest = text[...]
      while let range = rest.firstRange(of: name) {
        let before = text[..<range.lowerBound].last
        let after = text[range.upperBound...].first
        if !Self.isInWord(before), !Self.isInWord(after) { return true }
        rest = text[range.upperBound...]
      }
      return false
    }
  }

  private static func isInWord(_ character: Character?) -> Bool {
    guard let character else { return false }
    return character.isLetter || character.isNumber || character == "_" || character == "-"
  }
}
