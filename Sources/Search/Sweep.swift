public import Analysis
public import Interpreter
import SystemModel

/// Many runs of a scenario, each cell of its matrix with each of many seeds.
///
/// The result depends on the scenario and the seeds alone, not on the number of jobs or on which
/// run ended first: it is that of the runs in the order of their seeds, all cells of one seed after
/// another, up to the seed with the last failure that was asked for.
public struct Sweep: Sendable {
  /// The scenario.
  public let scenario: CompiledScenario
  /// The seeds that are asked for.
  public let seeds: ClosedRange<UInt64>
  /// After how many distinct failures to stop; nil for never.
  public let failureLimit: Int?
  /// The metrics of each cell that are measured, in the order of the choice.
  public let metrics: [[Metric]]
  /// Whether a run whose trace has been met before is not judged again; what a sweep says does not
  /// depend on it.
  public let reusesJudgements: Bool

  /// A sweep over seeds, of a scenario that was not refused.
  ///
  /// `metrics` are names; those that no cell has are refused. Without any, the default ones of the
  /// protocol's family are measured.
  public init(
    _ scenario: CompiledScenario, seeds: ClosedRange<UInt64>, failureLimit: Int? = 1,
    metrics names: [String] = [], reusingJudgements: Bool = true
  ) throws(UnknownMetric) {
    precondition(!scenario.cells.isEmpty, "a scenario that was refused cannot be swept")
    self.scenario = scenario
    self.seeds = seeds
    self.failureLimit = failureLimit
    reusesJudgements = reusingJudgements
    metrics = try scenario.cells.map { cell throws(UnknownMetric) in
      try MetricChoice.metrics(of: cell.plan, names, in: scenario)
    }
  }

  /// Does the runs of some seeds, and may note which they are while they last.
  public typealias Watch = @Sendable (_ seeds: ClosedRange<UInt64>, _ runs: () -> Void) -> Void

  /// Carries out the runs on some threads.
  ///
  /// `halt` is asked often, by all threads: once it gives a reason, the runs that are going on are
  /// given up, and the result is that of the seeds that have run without a gap. `progress` is told
  /// now and then, by one thread at a time. `watch` is called by each thread for what it runs.
  public func run(
    jobs: Int, halt: @escaping @Sendable () -> SweepHalt? = { nil },
    progress: @escaping @Sendable (SweepProgress) -> Void = { _ in },
    watch: @escaping Watch = { _, runs in runs() }
  ) async -> SweepResult {
    let schedule = SweepSchedule(self, halt: halt, progress: progress)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<max(1, jobs) {
        group.addTask {
          var worker = SweepWorker(self, schedule)
          worker.work(watch)
        }
      }
    }
    return schedule.result
  }
}

/// Why a sweep is to end before all seeds have run.
public enum SweepHalt: Sendable, Hashable {
  /// The time that was given is over.
  case time
  /// Somebody interrupted it.
  case interruption
}

/// How far a sweep has come.
public struct SweepProgress: Sendable {
  /// How many runs count so far.
  public let runs: Int
  /// How many runs there are to be; nil if that does not fit a number.
  public let total: Int?
  /// How many distinct failures were found.
  public let failures: Int
}

/// A metric that no cell of a scenario has.
public struct UnknownMetric: Error, Hashable {
  /// The name that was given.
  public let name: String
  /// The names of the metrics that there are.
  public let known: [String]
}
