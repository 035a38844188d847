import ScenarioSyntax
import SystemModel

/// How much a reader of a failing scenario has to follow; the measure by which a search goes.
///
/// What weighs most comes first, and what stands behind it counts among equals alone: nodes, faults,
/// entries of all lists, calls, values that chance draws from, places of the text, digits; then the
/// instant of the failure, the lengths of all times, the end of the run and the seed. So a failure
/// comes later only where something is gone, certain or rounder for it.
struct ScenarioSize: Comparable, Hashable, Sendable {
  private let parts: [Int64]

  /// The size of a draft, whose run has some nodes, faults and calls and fails at an instant.
  init(_ draft: ScenarioDraft, nodes: Int, faults: Int, calls: Int, instant: Instant, seed: UInt64)
  {
    let entries = EntryList.all(of: draft).map(\.places.count).reduce(0, +)
    var words = Words()
    for section in draft.root.entries ?? [] where !Self.uncounted.contains(section.key) {
      words.count(section.value)
    }
    let end = draft[["limits", "time"]]?.duration ?? Instant.defaultEnd
    parts =
      [nodes, faults, entries, calls, words.chances, words.places, words.digits].map(Int64.init)
      + [instant.nanoseconds, words.times] + Self.end(end) + [Int64(clamping: seed)]
  }

  static func < (one: ScenarioSize, other: ScenarioSize) -> Bool {
    one.parts.lexicographicallyPrecedes(other.parts)
  }

  /// What an end of a run weighs: of those that come to the same in two digits the roundest is the
  /// smallest.
  static func end(_ end: Int64) -> [Int64] {
    [RoundNumber.upward(end, digits: 2), Int64(RoundNumber.digits(end)), end]
  }

  /// Sections that say what the scenario is, bound it, or are measured by themselves.
  private static let uncounted = [
    "version", "name", "description", "tags", "seed", "limits", "expect", "capsule",
  ]

  /// What is counted in the text.
  private struct Words {
    var places = 0
    var chances = 0
    var digits = 0
    var times: Int64 = 0

    mutating func count(_ value: DraftValue) {
      places += 1
      switch value.content {
      case .text(let text): count(text, value)
      case .list(let items): for item in items { count(item) }
      case .mapping(let entries):
        for entry in entries {
          if ScenarioSize.drawn.contains(entry.key) { chances += 1 }
          count(entry.value)
        }
      }
    }

    private mutating func count(_ text: String, _ value: DraftValue) {
      if let time = value.duration {
        digits += time == 0 ? 0 : RoundNumber.digits(time)
        times &+= time
      } else if let range = value.durationRange {
        chances += 1
        digits += RoundNumber.digits(range.lowerBound) + RoundNumber.digits(range.upperBound)
      } else {
        if value.int != nil || text.hasSuffix("%") { digits += text.count { $0.isNumber } }
        if text.hasPrefix("random") || text.hasSuffix("%") && !value.isCertain { chances += 1 }
      }
    }
  }

  /// Keys of laws and of what else chance decides, whose values do not show it.
  private static let drawn = [
    "exponential", "normal", "lognormal", "pareto", "rate", "jitter", "order",
  ]
}

extension Instant {
  /// When a run without `limits.time` ends.
  static var defaultEnd: Int64 { 60_000_000_000 }
}
