import Analysis
import Diagnostics
import SystemModel

/// The report on what matters of a failing scenario, for people: what becomes of the failure without
/// each part, and by another chance from each of some instants on.
public struct BlameReport: Sendable {
  private let blame: ReportedBlame
  private let width: Int
  private let paint: Paint

  /// A report; whether it is verbose plays no part.
  public init(_ blame: ReportedBlame, _ options: TerminalReport.Options = .init()) {
    self.blame = blame
    width = max(80, options.width)
    paint = Paint(isOn: options.colour)
  }

  /// The whole report; its lines end with line ends.
  public var text: String {
    let sections = [head, parts, chance, noReturn, interruption]
    return sections.filter { !$0.isEmpty }.joined(separator: [""]).map { $0 + "\n" }.joined()
  }

  private var summary: BlameSummary { blame.summary }

  private var head: [String] {
    var fields = FieldList(width: width, nameWidth: 13, paint: paint)
    fields.add("violated", summary.fingerprint.assertion)
    fields.add("fingerprint", summary.fingerprint.code)
    fields.add("seed", "\(summary.failure.seed)")
    fields.add("time", summary.instant.text)
    let status = RunStatus(summary.failure.outcome)
    let word = "\(status.sign) \(status.rawValue)"
    let file = FittedText.cut(blame.file, to: width - word.count - 4)
    return ["\(paint(status.part, word))  \(paint(.emphasis, file))", ""] + fields.lines
  }

  // MARK: Without each part

  private var parts: [String] {
    guard !summary.counterfactuals.isEmpty else {
      return ["there is no fault, call or link that could be left out"]
    }
    var table = TextTable([.left, .left, .left, .left, .left, .right, .left])
    table.add(
      [.init("")]
        + ["without", "the failure", "assertion", "run", "first", "difference"].map {
          .init($0, .faint)
        })
    for part in summary.counterfactuals { table.add(row(part)) }
    return table.lines(indent: 2, paint)
  }

  private func row(_ part: BlameSummary.Counterfactual) -> [TextTable.Cell] {
    let (sign, colour) = Self.mark(part.answer)
    let verdicts = [part.verdict, part.outcome].map { verdict -> TextTable.Cell in
      guard let status = verdict.map({ RunStatus($0) }) else { return .init("–", .faint) }
      return .init(status.rawValue, status.part)
    }
    return [
      .init(sign, colour), .init(FittedText.cut(part.what, to: width / 2)),
      .init(Self.words(part.answer), colour),
    ] + verdicts + [
      .init(part.difference?.at.text ?? "–", .faint),
      .init(difference(part.difference)),
    ]
  }

  private func difference(_ difference: BlameSummary.Difference?) -> String {
    guard let difference else { return "" }
    return FittedText.cut(difference.before ?? difference.after ?? "", to: width / 3)
  }

  private static func words(_ answer: ReplayAnswer?) -> String {
    switch answer {
    case .sameTrace: "is the same"
    case .sameFailure: "is the same"
    case .otherFailure: "is another one"
    case .noFailure: "is gone"
    case nil: "cannot be left out"
    }
  }

  /// What matters is marked.
  private static func mark(_ answer: ReplayAnswer?) -> (String, Paint.Part) {
    switch answer {
    case .sameTrace, .sameFailure: (" ", .faint)
    case .otherFailure: ("≠", .warning)
    case .noFailure: ("!", .error)
    case nil: ("–", .faint)
    }
  }

  // MARK: By another chance

  private var chance: [String] {
    guard !summary.reseedings.isEmpty else {
      return blame.ending == .complete
        ? ["nothing is drawn: the failure does not depend on chance"] : []
    }
    var table = TextTable([.left, .right, .right, .left])
    table.add(
      ["another chance after", "fails alike", "otherwise", ""].map { .init($0, .faint) })
    for row in summary.reseedings {
      table.add([
        .init(row.after?.text ?? "the beginning"), .init("\(row.same) of \(row.runs)"),
        .init("\(row.other)", row.other == 0 ? .faint : .warning), .init(bar(row), .error),
      ])
    }
    return table.lines(indent: 2, paint)
  }

  /// The share of runs that fail alike, in twenty parts.
  private func bar(_ row: BlameSummary.Reseeding) -> String {
    let parts = row.runs > 0 ? row.same * 20 / row.runs : 0
    return String(repeating: "█", count: parts)
  }

  private var noReturn: [String] {
    guard !summary.reseedings.isEmpty else { return [] }
    guard let instant = summary.noReturn else {
      return ["no moment of no return was found before the failure"]
    }
    return [
      "no return after \(instant.text): by any chance that was tried from then on, it fails alike"
    ]
  }

  private var interruption: [String] {
    switch blame.ending {
    case .complete: []
    case .time: ["the time was over; some runs are missing"]
    case .interruption: ["interrupted; some runs are missing"]
    }
  }
}

extension Instant {
  /// The instant as a length of time since T0.
  fileprivate var text: String { Duration(nanoseconds: nanoseconds).text }
}
