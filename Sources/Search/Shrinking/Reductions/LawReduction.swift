import Analysis
import ScenarioSyntax
import SystemModel

/// Puts what is certain in the place of chance: a constant for a range or a law, every message for
/// a share of them, a node for one that is drawn.
struct LawReduction: Reduction {
  func steps(from trial: Trial) -> [ReductionStep] {
    let draft = trial.draft
    return draft.places().flatMap { path -> [ReductionStep] in
      guard let value = draft[path], case .key(let section)? = path.steps.first,
        section != "assertions"
      else { return [] }
      let texts =
        Self.constants(value) + Self.nodes(value, trial.result.topology.names)
        + Self.latency(value, at: path)
      return texts.map { text in ReductionStep { draft.replacing(path, by: .text(text)) } }
    }
  }

  /// The constants that may stand for chance: the mean in round numbers first.
  private static func constants(_ value: DraftValue) -> [String] {
    if let range = value.durationRange, range.lowerBound < range.upperBound {
      let mean = range.lowerBound + (range.upperBound - range.lowerBound) / 2
      let round = RoundNumber.near(mean, digits: 1).filter(range.contains)
      return texts(round + [mean, range.lowerBound, range.upperBound])
    }
    if let law = value.entries?.first?.value, value.entries?.count == 1,
      let middle = (law["mean"] ?? law["median"])?.duration
    {
      return texts(RoundNumber.near(middle, digits: 1) + [middle])
    }
    guard let text = value.text, text.hasSuffix("%"), text != "0%", text != "100%" else {
      return []
    }
    return ["100%"]
  }

  private static func texts(_ durations: [Int64]) -> [String] {
    durations.compactMap { DraftValue.duration($0).text }
  }

  /// A latency where it is only said what else becomes of messages.
  private static func latency(_ value: DraftValue, at path: DraftPath) -> [String] {
    let others = ["loss", "duplicate", "reorder", "fifo"]
    guard path == ["latencies", "default"], let entries = value.entries,
      entries.allSatisfy({ others.contains($0.key) })
    else { return [] }
    return ["10ms"]
  }

  private static func nodes(_ value: DraftValue, _ names: [String]) -> [String] {
    guard let text = value.text, text.hasPrefix("random("), names.count <= 16 else { return [] }
    return names
  }
}

/// Numbers that are easy to read.
enum RoundNumber {
  /// The nearest numbers of so many significant digits, below and above; a number that is round
  /// already by itself.
  static func near(_ number: Int64, digits: Int) -> [Int64] {
    guard number > 0 else { return [number] }
    var unit: Int64 = 1
    while number / unit >= power(digits) { unit *= 10 }
    let low = number / unit * unit
    guard low != number else { return [number] }
    let high = low + unit
    let both = number - low <= high - number ? [low, high] : [high, low]
    return both.filter { $0 > 0 }
  }

  /// The number of so many significant digits that is not below another.
  static func upward(_ number: Int64, digits: Int) -> Int64 {
    near(number, digits: digits).first { $0 >= number } ?? number
  }

  /// How many digits stand in front of the zeros at its end.
  static func digits(_ number: Int64) -> Int {
    var rest = number
    while rest != 0, rest % 10 == 0 { rest /= 10 }
    return String(rest).count
  }

  private static func power(_ digits: Int) -> Int64 {
    (0..<digits).reduce(1) { power, _ in power * 10 }
  }
}
