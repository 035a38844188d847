import Analysis
import Diagnostics
import SystemModel

/// A Gantt chart in text: a row of bars for each node, below them the windows of faults and the
/// values that changed in steps, all over one axis of virtual time.
struct TimelineChart {
  /// The most nodes that get a row; more of them are counted.
  static let shownNodes = 40
  private static let longestLabel = 24
  private static let levels: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// A row before it is drawn.
  private struct Row {
    let label: String
    let bars: [(glyph: Character, part: Paint.Part, start: Instant, end: Instant)]
  }

  private let result: RunResult
  private let paint: Paint
  private let width: Int
  private let rows: [Row]
  private let axis: TimeAxis
  private let labelWidth: Int

  init(_ result: RunResult, width: Int, paint: Paint) {
    self.result = result
    self.paint = paint
    self.width = width
    rows = Self.nodeRows(result) + Self.faultRows(result)
    let labels = rows.map(\.label) + result.series.map { Self.label($0.name) }
    labelWidth = labels.map(VisibleText.width).max() ?? 0
    // The last label of the ruler may stand out by a few columns.
    axis = TimeAxis(end: result.endedAt, columns: width - labelWidth - 6)
  }

  var lines: [String] {
    guard !rows.isEmpty || !result.series.isEmpty, result.endedAt > .start else { return [] }
    let margin = String(repeating: " ", count: labelWidth + 2)
    var lines = axis.ruler.map { margin + paint(.frame, $0) }
    lines += rows.map(line)
    let more = result.timeline.count - Self.shownNodes
    if more > 0 { lines.append("… and \(Counted.text(more, "more node"))") }
    for series in result.series { lines += draw(series) }
    let legend = legend.map { margin + $0 }
    return legend.isEmpty ? lines : lines + [""] + legend
  }

  // MARK: Rows

  /// A row for what each node is, and one for what it handles if that would cover the first.
  private static func nodeRows(_ result: RunResult) -> [Row] {
    result.timeline.prefix(shownNodes).flatMap { timeline -> [Row] in
      let name = label(result.topology.names[timeline.node.index])
      let handling = timeline.bars.filter { $0.activity == .handling }
      let states = timeline.bars.filter { $0.activity != .handling }
      if states.isEmpty || handling.isEmpty { return [Row(label: name, bars: bars(timeline.bars))] }
      return [Row(label: name, bars: bars(states)), Row(label: "· handling", bars: bars(handling))]
    }
  }

  /// Longer bars first, so that short ones are drawn over them.
  private static func bars(
    _ bars: [NodeTimeline.Bar]
  ) -> [(glyph: Character, part: Paint.Part, start: Instant, end: Instant)] {
    bars.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      if a.activity.covers != b.activity.covers { return b.activity.covers }
      let (first, second) = (a.end - a.start, b.end - b.start)
      return first == second ? left.offset < right.offset : first > second
    }.map {
      ($0.element.activity.glyph, $0.element.activity.part, $0.element.start, $0.element.end)
    }
  }

  private static func faultRows(_ result: RunResult) -> [Row] {
    result.faults.compactMap { fault in
      guard !fault.windows.isEmpty else { return nil }
      let bars = fault.windows.map {
        (Character("╳"), Paint.Part.error, $0.start, $0.end ?? result.endedAt)
      }
      return Row(label: label(fault.name), bars: bars)
    }
  }

  private static func label(_ text: String) -> String { FittedText.cut(text, to: longestLabel) }

  private func line(_ row: Row) -> String {
    var columns = [(glyph: Character, part: Paint.Part)](
      repeating: (" ", .plain), count: axis.columns)
    for bar in row.bars {
      for column in axis.columns(from: bar.start, to: bar.end) {
        columns[column] = (bar.glyph, bar.part)
      }
    }
    return labelled(row.label, painted(columns))
  }

  private func labelled(_ label: String, _ text: String) -> String {
    let filler = String(repeating: " ", count: labelWidth - VisibleText.width(label))
    return text.isEmpty ? label : label + filler + "  " + text
  }

  /// Neighbours of one colour are painted together; spaces at the end are left out.
  private func painted(_ columns: [(glyph: Character, part: Paint.Part)]) -> String {
    let end = columns.lastIndex { $0.glyph != " " }.map { $0 + 1 } ?? 0
    let columns = columns.prefix(end)
    var text = ""
    var piece = ""
    for (place, column) in columns.enumerated() {
      piece.append(column.glyph)
      if place + 1 == columns.count || columns[place + 1].part != column.part {
        text += paint(column.part, piece)
        piece = ""
      }
    }
    return text
  }

  // MARK: Series

  /// The greatest value in each column as a block of that height, and the steps in words.
  private func draw(_ series: StepSeries) -> [String] {
    guard let last = series.steps.last else { return [] }
    let top = max(1, series.limit ?? 0, series.steps.map(\.value).max() ?? 0)
    var heights = [Int64](repeating: 0, count: axis.columns)
    for (place, step) in series.steps.enumerated() {
      let isLast = place + 1 == series.steps.count
      let end = isLast ? max(last.at, result.endedAt) : series.steps[place + 1].at
      for column in axis.columns(from: step.at, to: end) {
        heights[column] = max(heights[column], step.value)
      }
    }
    let columns = heights.map { height -> (Character, Paint.Part) in
      guard height > 0 else { return (" ", .plain) }
      let level = Int((Double(height) / Double(top) * 8).rounded(.up)) - 1
      return (Self.levels[min(max(level, 0), 7)], .success)
    }
    let limit = series.limit.map { "/\($0)" } ?? ""
    let steps = series.steps.prefix(24).map { "\($0.value)\(limit) at \($0.at.text)" }
    let words = steps.joined(separator: ", ") + (series.steps.count > 24 ? ", …" : "")
    let margin = String(repeating: " ", count: labelWidth + 2)
    return [labelled(Self.label(series.name), painted(columns))]
      + FittedText.wrap(words, to: width - labelWidth - 2).map { margin + paint(.faint, $0) }
  }

  // MARK: Legend

  /// The glyphs that are used with their meanings, in as many lines as it takes.
  private var legend: [String] {
    var entries = NodeTimeline.Activity.allCases.filter { activity in
      result.timeline.contains { $0.bars.contains { $0.activity == activity } }
    }.map { "\($0.glyph) \($0.rawValue)" }
    if result.faults.contains(where: { !$0.windows.isEmpty }) { entries.append("╳ fault") }
    var lines: [String] = []
    for entry in entries {
      if let line = lines.last, line.count + 3 + entry.count <= axis.columns {
        lines[lines.count - 1] += "   " + entry
      } else {
        lines.append(entry)
      }
    }
    return lines
  }
}

extension NodeTimeline.Activity {
  /// How its bars are drawn.
  ///
  /// To lead and to be inside look alike; no protocol has both.
  var glyph: Character {
    switch self {
    case .handling: "•"
    case .working: "▓"
    case .waiting: "░"
    case .inside, .leading: "█"
    case .candidate: "▒"
    case .down: "×"
    case .paused: "="
    }
  }

  /// Whether its bars are drawn over all others.
  var covers: Bool { self == .down || self == .paused }

  var part: Paint.Part {
    switch self {
    case .inside, .leading: .success
    case .waiting, .candidate: .warning
    case .down, .paused: .error
    case .handling, .working: .frame
    }
  }
}

/// How many wire messages the logical messages of each kind became.
struct AmplificationChart {
  private let result: RunResult
  private let width: Int
  private let paint: Paint

  init(_ result: RunResult, width: Int, paint: Paint) {
    self.result = result
    self.width = width
    self.paint = paint
  }

  /// A row for each kind, and one for all; empty if there were no messages.
  var lines: [String] {
    let prefix = "messages.kind."
    var table = TextTable([.left, .right, .left, .right, .left, .left])
    let kinds = result.metrics.compactMap { metric -> String? in
      guard metric.name.hasPrefix(prefix), metric.name.hasSuffix(".wire") else { return nil }
      return String(metric.name.dropFirst(prefix.count).dropLast(".wire".count))
    }
    let counts = kinds.map { kind in
      (kind, count("\(prefix)\(kind).logical"), count("\(prefix)\(kind).wire"))
    }.filter { $0.2 > 0 }
    guard !counts.isEmpty else { return [] }
    let most = counts.map { max($0.1, $0.2) }.max() ?? 1
    for (kind, logical, wire) in counts {
      table.add(row(kind, logical, wire) + [.init(bar(min(logical, wire), wire, of: most), .frame)])
    }
    table.add(row("all", count("messages.logical"), count("messages.wire")))
    return table.lines(paint)
  }

  private func row(_ name: String, _ logical: Int64, _ wire: Int64) -> [TextTable.Cell] {
    let factor = logical > 0 && wire != logical ? "×\(Self.tenths(wire, over: logical))" : ""
    return [
      .init(name), .init("\(logical)"), .init("→", .frame), .init("\(wire)"),
      .init(factor, .faint),
    ]
  }

  /// The logical messages filled, the further copies shaded.
  private func bar(_ logical: Int64, _ wire: Int64, of most: Int64) -> String {
    let room = Int64(max(10, width - 50))
    let scale = most <= room ? 1 : Double(room) / Double(most)
    let filled = Int((Double(logical) * scale).rounded(.up))
    let all = max(filled, Int((Double(wire) * scale).rounded(.up)))
    return String(repeating: "█", count: filled) + String(repeating: "░", count: all - filled)
  }

  /// A ratio with one decimal where it is not whole.
  private static func tenths(_ count: Int64, over other: Int64) -> String {
    let tenths = Int64(min(Double(count) / Double(other) * 10, 1e15).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  private func count(_ name: String) -> Int64 {
    if case .count(let value)? = result.metric(name) { return value }
    return 0
  }
}
