import Analysis
import Interpreter
import SystemModel

/// What happened in a run, without what hangs on how the scenario says it: numbers of messages,
/// places of faults and callers, and the firings of faults themselves.
///
/// Two runs with the same course send, lose and deliver the same messages at the same instants; timers
/// run out, nodes crash and calls begin and end alike, and all fields change alike.
struct Course: Sendable, Equatable {
  /// What happened, in order.
  fileprivate(set) var records: [TraceRecord] = []

  /// The first thing in which another course differs, in each of the two; nil if they are the same.
  func difference(from other: Course) -> (here: TraceRecord?, there: TraceRecord?)? {
    guard self != other else { return nil }
    let common = zip(records, other.records).prefix { $0 == $1 }.count
    return (
      common < records.count ? records[common] : nil,
      common < other.records.count ? other.records[common] : nil
    )
  }

}

/// A run with all that is needed to freeze it.
struct ObservedRun {
  /// The course, and all records as they are.
  let course: Course
  let records: [TraceRecord]
  let bindings: [FaultBinding]
  let notes: DrawNotes
  let result: RunResult

  /// Carries out a plan; nil if more happens than can be frozen. `like` is the plan of the run that
  /// is frozen, in whose numbers texts are told.
  init?(_ plan: JudgementPlan, like first: JudgementPlan, keepingRecords: Bool = false) {
    var reader = CourseReader(
      steps: CourseSteps(plan, like: first), keepsRecords: keepingRecords)
    let (result, notes) = Interpreter.runNoting(plan, reading: &reader)
    guard !reader.isFull else { return nil }
    course = reader.finished
    records = reader.records
    bindings = reader.bindings
    self.notes = notes
    self.result = result
  }
}

/// Reads a course out of a trace.
private struct CourseReader: TraceReader {
  /// How many records are kept at the most.
  private static let limit = 2_000_000

  let steps: CourseSteps
  let keepsRecords: Bool
  var course = Course()
  var records: [TraceRecord] = []
  var bindings: [FaultBinding] = []
  var isFull = false
  /// Where messages begin that a fault holds, or loses behind another that held them, at once.
  private var block: Int?
  private var wasHeld: Set<Int64> = []

  init(steps: CourseSteps, keepsRecords: Bool) {
    self.steps = steps
    self.keepsRecords = keepsRecords
  }

  mutating func read(_ part: Trace) {
    bindings = part.bindings
    isFull = isFull || course.records.count > Self.limit
    guard !isFull else { return }
    for record in part.records {
      guard let step = steps.step(record) else { continue }
      if record.kind == .held { wasHeld.insert(record.id) }
      let isInBlock =
        record.kind == .held || record.kind == .dropped && wasHeld.contains(record.id)
      if let start = block {
        let first = course.records[start]
        if !isInBlock || first.kind != step.kind || first.at != step.at { settleBlock() }
      }
      if isInBlock, block == nil { block = course.records.count }
      course.records.append(step)
    }
    if keepsRecords { records += part.records }
  }

  /// The course of the whole run.
  var finished: Course {
    var reader = self
    reader.settleBlock()
    return reader.course
  }

  /// Messages that a fault holds at one instant come in the order of their links: that in which they
  /// would have arrived means nothing.
  private mutating func settleBlock() {
    guard let start = block else { return }
    block = nil
    guard course.records.count - start > 1 else { return }
    course.records[start...].sort { first, second in
      let (one, other) = (first.from.index, second.from.index)
      guard one == other else { return one < other }
      guard first.to == second.to else { return first.to.index < second.to.index }
      return (first.code, first.first, first.second, first.third)
        < (second.code, second.first, second.second, second.third)
    }
  }
}
