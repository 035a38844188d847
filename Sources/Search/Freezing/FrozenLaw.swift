import ScenarioSyntax

/// A law of chance as a draft has it.
struct FrozenLaw {
  /// Its mean, or its median if it says that, in nanoseconds.
  let middle: Int64

  /// The law that a value says; nil if it says a constant, or nothing.
  init?(_ value: DraftValue?) {
    guard let value else { return nil }
    if let range = value.durationRange ?? value["uniform"]?.durationRange {
      guard value.duration == nil else { return nil }
      middle = range.lowerBound + (range.upperBound - range.lowerBound) / 2
    } else {
      let options = value.entries?.first?.value
      guard let middle = (options?["mean"] ?? options?["median"])?.duration else { return nil }
      self.middle = middle
    }
  }
}

extension DraftValue {
  /// The percentage that the text says is certain or impossible: no chance is left.
  var isCertain: Bool {
    guard let text else { return false }
    var digits = text.filter { $0 != "_" }
    guard digits.last == "%" else { return false }
    digits.removeLast()
    guard let number = Double(digits) else { return false }
    return number == 0 || number == 100
  }

  /// The same text, list or mapping without the comments around it.
  func with(_ content: Content) -> DraftValue {
    DraftValue(content, above: above, behind: behind)
  }
}
