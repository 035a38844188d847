import Analysis
import Interpreter
import SystemModel

/// Leaves out again lines of messages that were written out of caution: a message that waits on its
/// link, or that a partition takes, may go its way without one.
struct FrozenLines {
  /// How many runs are made at the most, and how many records they have together.
  private static let limit = (runs: 400, records: 20_000_000)

  private let plan: JudgementPlan
  private let first: JudgementPlan
  private let course: Course
  private let traceHash: UInt64
  /// The places of the messages that have a line, in order.
  private let lines: [Int]
  private var runsLeft: Int
  private var left: [Int]

  /// `lines` are the messages of a frozen scenario that is proven, of which those in `certain` are
  /// known to be needed; `run` is what it was made from, with its plan.
  init(
    _ lines: [Int], certain: [Int], of frozen: CompiledScenario, _ run: ObservedRun,
    _ first: JudgementPlan
  ) {
    self.lines = lines
    self.first = first
    plan = frozen.cells[0].plan
    course = run.course
    traceHash = Interpreter.run(plan).traceHash
    left = lines
    runsLeft = min(Self.limit.runs, Self.limit.records / max(1, course.records.count))
    let isCertain = Set(certain)
    let doubtful = lines.filter { !isCertain.contains($0) }
    var count = left.count + 1
    while left.count < count, runsLeft > 0 {
      count = left.count
      let open = Set(left)
      leaveOut(doubtful.filter { open.contains($0) })
    }
  }

  /// The places of the messages without whose lines the trace would be another.
  var needed: [Int] { left }

  /// Leaves out as many of some lines as it can: all at once, or else those of each half.
  private mutating func leaveOut(_ part: [Int]) {
    guard !part.isEmpty, runsLeft > 0 else { return }
    let parts = Set(part)
    let rest = left.filter { !parts.contains($0) }
    if isSame(with: rest) {
      left = rest
    } else if part.count > 1 {
      leaveOut(Array(part[..<(part.count / 2)]))
      leaveOut(Array(part[(part.count / 2)...]))
    }
  }

  /// Whether the trace is the same if only some messages have a line.
  private mutating func isSame(with rest: [Int]) -> Bool {
    runsLeft -= 1
    let wanted = Set(rest)
    let kept = lines.indices.filter { wanted.contains(lines[$0]) }
    var tried = plan
    tried.system.deliveries = kept.map { plan.system.deliveries[$0] }
    tried.entries = kept.map { plan.entries[$0] } + plan.entries[lines.count...]
    guard let found = ObservedRun(tried, like: first) else { return false }
    return found.course == course && found.result.traceHash == traceHash
  }
}
