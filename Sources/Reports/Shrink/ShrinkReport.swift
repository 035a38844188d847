import Analysis
import Diagnostics
import SystemModel

/// The report on a scenario that was made smaller, for people: what it has lost, and the proof.
public struct ShrinkReport: Sendable {
  private let shrink: ReportedShrink
  private let width: Int
  private let paint: Paint

  /// A report; whether it is verbose plays no part.
  public init(_ shrink: ReportedShrink, _ options: TerminalReport.Options = .init()) {
    self.shrink = shrink
    width = max(80, options.width)
    paint = Paint(isOn: options.colour)
  }

  /// The whole report; its lines end with line ends.
  public var text: String {
    let sections = [[head], facts, changes, [], ending]
    return sections.filter { !$0.isEmpty }.joined(separator: [""]).map { $0 + "\n" }.joined()
  }

  private var summary: ShrinkSummary { shrink.summary }

  /// Whether anything became less.
  private var isSmaller: Bool { summary.changes.contains { $0.after < $0.before } }

  private var head: String {
    let (sign, part): (String, Paint.Part) =
      !summary.isProven ? ("✗", .error) : isSmaller ? ("✓", .success) : ("=", .warning)
    let word = isSmaller ? "smaller" : "as small as it was"
    let file = FittedText.cut(shrink.file, to: width - word.count - 6)
    return "\(paint(part, "\(sign) \(word)"))  \(paint(.emphasis, file))"
  }

  private var facts: [String] {
    var fields = FieldList(width: width, nameWidth: 13, paint: paint)
    fields.add("violated", summary.fingerprint.assertion)
    fields.add("fingerprint", summary.fingerprint.code)
    let seeds = [summary.before.seed, summary.after.seed]
    fields.add(
      "seed",
      (seeds[0] == seeds[1] ? "\(seeds[0])" : "\(seeds[0]) → \(seeds[1])")
        + (summary.isWithoutChance ? "; nothing depends on it" : ""))
    fields.add(
      "proof",
      summary.isProven
        ? "two more runs did and found the same, event by event"
        : "two more runs did not do the same: a bug in the tool")
    return fields.lines
  }

  private var changes: [String] {
    var table = TextTable([.right, .left, .right, .left])
    for change in summary.changes where change.before != change.after {
      table.add([
        .init(Self.text(change.before, change)), .init("→", .faint),
        .init(Self.text(change.after, change)), .init(change.what),
      ])
    }
    return table.lines(indent: 2, paint)
  }

  private var ending: [String] {
    var lines = ["\(Counted.text(summary.runs, "run")): \(summary.ending.told)"]
    guard let output = shrink.output, output != "-" else { return lines }
    lines.append("kept \(VisibleText.escaped(output))")
    lines.append("replay with: \(RepeatCommand(replayOf: output).text)")
    return lines
  }

  private static func text(_ value: Int64, _ change: ShrinkSummary.Change) -> String {
    change.isTime ? Duration(nanoseconds: value).text : "\(value)"
  }
}
