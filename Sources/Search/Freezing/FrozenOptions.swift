import Analysis
import ScenarioSyntax
import SystemModel

/// The options of the protocol that are ranges, from which timers draw.
struct FrozenOptions {
  /// An option, at one place of the draft.
  struct Range {
    let path: DraftPath
    let range: ClosedRange<Int64>
    /// What it may become: the shorter end, and how long such timers ran most often.
    let candidates: [Int64]
  }

  /// The ranges of a draft, in the order of the text.
  static func ranges(
    _ draft: ScenarioDraft, _ description: ProtocolDescription,
    _ timers: [DrawNotes.TimerSetting]
  ) -> [Range] {
    let options: DraftPath = ["protocol", .key(description.name)]
    var ranges: [Range] = []
    for option in description.parameters {
      guard case .durationRange = option.kind else { continue }
      let path = options.appending(.key(option.name))
      let places = draft[path]?.entries?.map { path.appending(.key($0.key)) } ?? [path]
      for place in places {
        guard let value = draft[place], value.duration == nil, let range = value.durationRange
        else { continue }
        ranges.append(Self.range(place, range, timers))
      }
    }
    return ranges
  }

  private static func range(
    _ path: DraftPath, _ range: ClosedRange<Int64>, _ timers: [DrawNotes.TimerSetting]
  ) -> Range {
    let drawn = timers.filter { $0.low == range.lowerBound && $0.high == range.upperBound }
    let low = range.lowerBound
    let middle = low + (range.upperBound - low) / 2
    let often = FrozenConstant.best(drawn.map(\.span), near: middle)
    return Range(path: path, range: range, candidates: often == low ? [low] : [low, often])
  }
}
