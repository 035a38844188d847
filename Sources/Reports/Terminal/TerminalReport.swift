import Analysis
import Diagnostics

/// The report for people: a line per scenario, what was not a pass in detail, and a summary.
///
/// The same runs give the same text: no clock is read and nothing of the machine is shown.
public struct TerminalReport: Sendable {
  /// How the report is printed.
  public struct Options: Sendable, Hashable {
    /// The columns of the terminal; at least 80 are used.
    public var width: Int
    /// Whether terminal colours are used.
    public var colour: Bool
    /// Whether metrics, faults, calls and charts of every run are shown.
    public var isVerbose: Bool

    /// Options; by default 100 columns, no colours, not verbose.
    public init(width: Int = 100, colour: Bool = false, isVerbose: Bool = false) {
      self.width = width
      self.colour = colour
      self.isVerbose = isVerbose
    }
  }

  private let width: Int
  private let paint: Paint
  private let isVerbose: Bool

  /// A report.
  public init(_ options: Options = Options()) {
    width = max(80, options.width)
    paint = Paint(isOn: options.colour)
    isVerbose = options.isVerbose
  }

  /// The whole report, without what ``Explanations`` say; its lines end with line ends.
  public func text(_ runs: [ReportedRun]) -> String {
    let groups = RunGroup.groups(runs)
    var lines = Overview(groups, width: width, paint: paint).lines
    for group in groups {
      if isVerbose {
        for run in group.runs { lines += block(run, .everything) }
      } else {
        for row in group.rows where !isExplained(row, of: group) {
          lines += block(row, of: group)
        }
      }
    }
    lines += ["", summary(runs)]
    return lines.map { $0 + "\n" }.joined()
  }

  /// Whether a verdict of the runs is explained: who asked for that wants to read nothing else.
  private func isExplained(_ row: CellRow, of group: RunGroup) -> Bool {
    group.runs[row.places[0]].result?.assertions.contains { $0.why != nil } ?? false
  }

  /// How many runs ended how, in one line without a line end.
  public func summary(_ runs: [ReportedRun]) -> String {
    let groups = RunGroup.groups(runs).count
    var head = Counted.text(groups, "scenario")
    if runs.count != groups { head += ", " + Counted.text(runs.count, "run") }
    let counts = RunStatus.allCases.reversed().compactMap { status -> String? in
      let count = runs.count { $0.status == status }
      return count == 0 ? nil : paint(status.part, "\(count) \(status.rawValue)")
    }
    return paint(.emphasis, head) + (counts.isEmpty ? "" : ": " + counts.joined(separator: ", "))
  }
}

// MARK: - A block per run that has something to say

extension TerminalReport {
  /// What is shown of a run besides its line.
  private enum RunBlock {
    /// What was not a pass.
    case findings
    /// All that is known.
    case everything
  }

  /// What was found in cells of equal outcome: that of the first; empty for a pass.
  private func block(_ row: CellRow, of group: RunGroup) -> [String] {
    let run = group.runs[row.places[0]]
    guard row.places.count > 1 else { return block(run, .findings) }
    let note = "\(row.places.count) of equal outcome, \(row.text); the first is shown"
    return block(run, .findings, cells: note)
  }

  private func block(_ run: ReportedRun, _ content: RunBlock, cells: String = "") -> [String] {
    var lines: [String] = []
    if content == .everything, let result = run.result {
      lines += RunSections(run, result, width: width, paint: paint).lines
    }
    let withExpected = content == .everything
    let findings = Findings(run, width: width, paint: paint, withExpected: withExpected).lines
    if !lines.isEmpty, !findings.isEmpty { lines.append("") }
    lines += findings
    guard !lines.isEmpty else { return [] }
    if run.status != .invalid {
      var fields = FieldList(width: width, paint: paint)
      fields.add("cells", cells)
      fields.add("drawn", run.result?.drawn?.text ?? "")
      fields.add(whole: "repeat", run.command.text)
      lines += [""] + fields.lines
    }
    return ["", heading(run), ""] + lines
  }

  /// A line that opens what is said of a run.
  private func heading(_ run: ReportedRun) -> String {
    let word = "\(run.status.sign) \(run.status.rawValue)"
    var title = VisibleText.escaped(run.name)
    if !run.cell.isEmpty { title += "  \(VisibleText.escaped(run.cellText))" }
    title = FittedText.cut(title, to: width - word.count - 10)
    let used = word.count + VisibleText.width(title) + 6
    let rule = String(repeating: "─", count: max(3, width - used))
    return paint(.frame, "──") + " " + paint(run.status.part, word) + "  "
      + paint(.emphasis, title) + " " + paint(.frame, rule)
  }
}
