public import Analysis
public import Diagnostics

/// A comparison with an earlier sweep.
public struct ReportedComparison: Sendable {
  /// The path of the earlier report, as its user gave it.
  public let file: String
  /// What came of it.
  public let comparison: SweepComparison

  /// A comparison with the sweep of a report.
  public init(file: String, _ comparison: SweepComparison) {
    self.file = file
    self.comparison = comparison
  }
}

/// A sweep of a scenario with all that a report says besides.
public struct ReportedSweep: Sendable {
  /// The path of the scenario's file, as its user gave it.
  public var file: String
  /// The description in the scenario; empty if it has none.
  public var description: String
  /// What the command line gave the scenario's parameters.
  public var settings: [ReportedRun.Setting]
  /// The cells of the matrix; one without settings if there is no matrix.
  public var cells: [[ReportedRun.Setting]]
  /// The texts that the spans of results point into.
  public var sources: SourceMap
  /// What became of it.
  public var result: SweepResult
  /// The paths of the capsules in which the failures were kept, one for each failure; nil if it was
  /// not.
  public var capsules: [String?]
  /// An earlier sweep that it is compared with; nil if none was given.
  public var comparison: ReportedComparison?

  /// Describes a sweep.
  public init(
    file: String, description: String = "", settings: [ReportedRun.Setting] = [],
    cells: [[ReportedRun.Setting]], sources: SourceMap, result: SweepResult
  ) {
    precondition(
      cells.count == result.cells.count, "\(result.cells.count) results of \(cells.count) cells")
    self.file = file
    self.description = description
    self.settings = settings
    self.cells = cells
    self.sources = sources
    self.result = result
    capsules = result.failures.map { _ in nil }
  }

  /// How it ended, in a word; a regression is a failure.
  public var status: RunStatus {
    let isWorse = comparison?.comparison.isRegression == true
    return RunStatus(isWorse ? max(result.verdict, .fail) : result.verdict)
  }

  /// The cells as baselines know them: what tells each from others, in the order of the names.
  public var labels: [String] {
    cells.map { cell in
      let sorted = cell.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      return sorted.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
    }
  }

  /// The command that repeats a run of a cell.
  func command(cell: Int, seed: UInt64) -> RepeatCommand {
    RepeatCommand(file: file, seed: seed, settings: settings + cells[cell])
  }

  /// A cell in words, such as `mode=drop cut_at=80ms`; empty if there is no matrix.
  func text(ofCell cell: Int) -> String {
    cells[cell].map { "\($0.name)=\($0.value)" }.joined(separator: " ")
  }

  /// The first run with a failure, as a report on single runs shows it: before `expect`, and without
  /// the `sometimes` that it did not reach.
  func run(_ failure: SweepFailure) -> ReportedRun {
    var result = failure.result
    result.verdict = result.outcome
    result.assertions.removeAll { $0.form == "sometimes" && $0.verdict != .error }
    for place in result.assertions.indices { result.assertions[place].isExpectedToFail = false }
    return ReportedRun(
      file: file, name: result.name, description: description, cell: cells[failure.cell],
      seed: result.seed, command: command(cell: failure.cell, seed: result.seed),
      sources: sources, ending: .judged(result))
  }

  /// Which seeds ran and why no more, such as `seeds 1 to 412, stopped at the first failure`.
  var course: String {
    guard let last = result.last else {
      if let refused = result.refused {
        return "seed \(refused.seed) draws a scenario with a mistake"
      }
      return "interrupted before the first seed had run in all cells"
    }
    let first = result.asked.lowerBound
    let seeds = first == last ? "seed \(first)" : "seeds \(first) to \(last)"
    switch result.ending {
    case .complete: return seeds
    case .failures where result.failures.count == 1:
      return "\(seeds), stopped at the first failure"
    case .failures: return "\(seeds), stopped at \(result.failures.count) distinct failures"
    case .time: return "\(seeds), until the time was over"
    case .interruption: return "\(seeds), then interrupted"
    case .refusal: return "\(seeds), and the next draws a mistake"
    }
  }
}
