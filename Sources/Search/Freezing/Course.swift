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
    course = reader.course
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

  init(steps: CourseSteps, keepsRecords: Bool) {
    self.steps = steps
    self.keepsRecords = keepsRecords
  }

  mutating func read(_ part: Trace) {
    bindings = part.bindings
    isFull = isFull || course.records.count > Self.limit
    guard !isFull else { return }
    for record in part.records {
      if let step = steps.step(record) { course.records.append(step) }
    }
    if keepsRecords { records += part.records }
  }
}
