public import Analysis
public import Diagnostics
import Protocols
import ScenarioSyntax
import SystemModel

/// How a history is written.
public enum HistoryFormat: String, Sendable, CaseIterable {
  /// An event on each line, with `time`, `node` and `event`.
  case events
  /// An operation on each line, with `process`, `type`, `f` and `value`.
  case jepsen
}

/// A history that was read, to be judged in the place of a run; or what is wrong with it.
public struct RecordedRun: Sendable {
  /// What it is judged by: the plan with the words of the history, without what makes runs.
  public let plan: JudgementPlan?
  /// What was found in the history; with an error there is no plan.
  public let diagnostics: DiagnosticBag
  /// The most bytes of a history.
  public static let byteLimit = 256 * 1024 * 1024
  /// The most bytes of a line.
  public static let lineLimit = 64 * 1024

  /// The bounds of a history, for the reference.
  static var limits: [Limit] {
    [
      Limit("a history", byteLimit >> 20, "MiB"),
      Limit("a line of a history", lineLimit >> 10, "KiB"),
      Limit("lists and objects of a line inside each other", LineParser.depthLimit),
      Limit("a time of a history", Int(LimitCatalog.longestTime / 86_400_000_000_000), "days"),
      Limit("mistakes that are told of one history", DiagnosticBag.capacity),
    ]
  }

  private let trace: Trace
  private let end: RunEnd
  private let endedAt: Int64
  private let hash: UInt64
  private let remarks: [String]

  /// Reads a history for a plan.
  ///
  /// `file` is the number of the history among the sources; without a format, that of the first
  /// line is taken.
  public init(
    _ source: SourceFile, file: Int, format: HistoryFormat? = nil, for plan: JudgementPlan
  ) {
    var plan = plan.forRecordedRuns
    var bag = DiagnosticBag()
    var lines = HistoryLines(source, file: file, HistoryBuilder(plan, start: Self.start(plan)))
    lines.read(format, into: &bag)
    let history = lines.history
    trace = history.trace
    end = history.end
    endedAt = history.lastInstant
    hash = source.bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    remarks = lines.remarks
    plan.system.symbols = history.symbols
    plan.recording = Recording(
      history.trace, clients: history.clientNames, lines: source.lines(at: history.places))
    self.plan =
      bag.hasErrors
      ? nil
      : plan.lacking(
        in: history.trace, isWhole: history.isWhole, withoutValue: history.withoutValue)
    diagnostics = bag
  }

  /// Judges the history; nil if there are mistakes in it.
  public func judged() -> RunResult? {
    guard let plan else { return nil }
    var judge = Judge(plan)
    judge.consume(trace)
    var result = judge.finish(
      end: end, at: Instant(nanoseconds: endedAt), traceHash: hash)
    result.remarks += remarks
    return result
  }

  /// The words of the fields with which the protocol starts.
  private static func start(_ plan: JudgementPlan) -> [[Int64]] {
    visitMachine(named: plan.description.name, FirstWords(plan: plan)) ?? []
  }
}

/// The words of the fields of machines that have not started.
private struct FirstWords: MachineVisitor {
  let plan: JudgementPlan

  func visit<Machine: StateMachine>(_ machine: Machine.Type) -> [[Int64]] {
    plan.system.topology.nodes.map { node in
      let machine = Machine(plan.system.context(of: node, Machine.description))
      return Machine.description.fields.enumerated().map { place, field in
        field.type == .nodeList ? 0 : machine.word(ofField: place)
      }
    }
  }
}

/// Reads the lines of one form of histories.
protocol HistoryReader {
  /// What was read.
  var history: HistoryBuilder { get }
  /// What is to be said of it besides the verdicts.
  var remarks: [String] { get }

  /// Reads a line.
  mutating func read(_ members: [LineValue.Member], _ span: SourceSpan) throws(HistoryMistake)
}

extension HistoryReader {
  var remarks: [String] { [] }
}

extension SourceFile {
  /// The numbers of the lines at some places, which do not go back; 0 where there is none.
  fileprivate func lines(at places: [Int32]) -> [Int32] {
    var line = 0
    return places.map { place in
      guard place >= 0 else { return 0 }
      while line + 1 < lineStarts.count, lineStarts[line + 1] <= Int(place) { line += 1 }
      return Int32(clamping: line + 1)
    }
  }
}

/// The lines of a history, one after another.
private struct HistoryLines {
  private let source: SourceFile
  private let file: Int
  private let builder: HistoryBuilder
  /// Used in its place, so that what it has read is not copied for each line; nil before the first.
  private var reader: (any HistoryReader)?
  private var doubts = HistoryDoubts()
  /// The line that is read, as far as it is one.
  private var members: [LineValue.Member]?

  init(_ source: SourceFile, file: Int, _ builder: HistoryBuilder) {
    self.source = source
    self.file = file
    self.builder = builder
  }

  var history: HistoryBuilder { reader?.history ?? builder }

  /// What is to be said of a history besides the verdicts.
  var remarks: [String] { reader?.remarks ?? [] }

  /// Reads all lines and reports what is wrong with each.
  mutating func read(_ format: HistoryFormat?, into bag: inout DiagnosticBag) {
    if source.bytes.count > RecordedRun.byteLimit {
      bag.report(
        Diagnostic(
          .historyTooLarge, "the history is larger than 256 MiB",
          at: SourceSpan(file: file, start: 0, end: 1)))
      return
    }
    let hasMark = source.bytes.starts(with: [0xEF, 0xBB, 0xBF])
    var mistakes = 0
    for line in source.lineStarts.indices where mistakes < DiagnosticBag.capacity {
      let content = source.line(line)
      let start = line == 0 && hasMark ? 3 : content.startIndex
      let range = start..<max(content.endIndex, start)
      guard !source.bytes[range].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { continue }
      members = nil
      do throws(HistoryMistake) {
        try read(range, format)
      } catch {
        guard doubts.admit(error, in: members) else { continue }
        bag.report(error.diagnostic)
        mistakes += 1
      }
    }
    if !bag.hasErrors, history.trace.records.isEmpty {
      bag.report(
        Diagnostic(
          .emptyHistory, "nothing happens in this history",
          at: SourceSpan(file: file, start: 0, end: 0)))
    }
  }

  private mutating func read(_ range: Range<Int>, _ format: HistoryFormat?) throws(HistoryMistake) {
    let span = SourceSpan(file: file, start: range.lowerBound, end: range.upperBound)
    guard range.count <= RecordedRun.lineLimit else {
      throw HistoryMistake(
        .historyTooLarge, "a line is longer than 64 KiB",
        SourceSpan(file: file, start: range.lowerBound, end: range.lowerBound + 1))
    }
    var parser = LineParser(source.bytes, range, file: file)
    let value: LineValue
    do throws(LineParser.Mistake) {
      value = try parser.line()
    } catch {
      throw HistoryMistake(.notJSON, error.message, error.span)
    }
    guard let members = value.members else {
      throw HistoryMistake(.notJSON, "\(value.kind) stands where an object is wanted", span)
    }
    self.members = members
    if reader == nil { reader = first(members, format) }
    try reader?.read(members, value.span)
  }

  private func first(
    _ members: [LineValue.Member], _ format: HistoryFormat?
  ) -> any HistoryReader {
    let isOperation = members.contains { $0.key == "process" }
    switch format ?? (isOperation ? .jepsen : .events) {
    case .events: return EventLogReader(builder)
    case .jepsen: return OperationLogReader(builder)
    }
  }
}

extension JudgementPlan {
  /// The plan for a history: what happened is what the history says, so faults need touch nothing
  /// and wait for nothing, and registers may have been swapped as well.
  fileprivate var forRecordedRuns: JudgementPlan {
    var plan = self
    for place in plan.faults.indices {
      plan.faults[place].condition = nil
      plan.faults[place].mayBeIdle =
        plan.faults[place].mayBeIdle ?? "a recorded history says what happened"
    }
    if description.family == .register, !description.calls.contains(where: { $0.name == "cas" }) {
      plan.description = description.with(
        CallDeclaration(
          "cas",
          [
            .init("from", .symbol, default: WordType.absent, "The value that must be there."),
            .init("to", .symbol, "The value that replaces it."),
            .init("key", .symbol, default: WordType.absent, "Which register."),
          ], "Replaces a value by another if it is there; in recorded histories only."))
    }
    return plan
  }
}

extension ProtocolDescription {
  /// The same with one more call.
  fileprivate func with(_ call: CallDeclaration) -> ProtocolDescription {
    ProtocolDescription(
      name: name, summary: summary, source: source, assumptions: assumptions,
      guarantees: guarantees, family: family, also: Array(families.dropFirst()), messages: messages,
      timers: timers, fields: fields,
      parameters: parameters, calls: calls + [call], observations: observations,
      selectors: selectors)
  }
}
