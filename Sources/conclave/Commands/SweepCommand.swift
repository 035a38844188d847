import Analysis
import ArgumentParser
import Diagnostics
import Interpreter
import Reports
import Search
import SystemModel

/// `conclave sweep FILE`: run a scenario with many seeds.
struct SweepCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Run a scenario with many seeds, on all processors, and look for failures.",
    discussion: """
      Every cell of the matrix is run with every seed. What counts is the outcome before `expect`. \
      The report depends on the scenario and the seeds alone: an interrupted sweep reports what \
      --seeds up to its last seed would.

      EXAMPLES:
        conclave sweep lossy.yaml --seeds 1..100000       until the first failure
        conclave sweep lossy.yaml --for 60s --failures 5  until five different failures
        conclave sweep lossy.yaml --seeds 1..10000 --failures all --csv lossy.csv
        conclave sweep lossy.yaml --for 60s --capsules failures
        conclave sweep lossy.yaml --seeds 1..5000 --failures all --baseline lossy.json
        conclave sweep lossy.yaml --for 10s --metric messages.wire --metric run.duration
      """)

  @Argument(help: "A file, or - for standard input.")
  var path: String

  @Option(
    help: "The seeds to run: a range such as 1..100000, both ends included, or a single one.",
    transform: SeedRange.init)
  var seeds: SeedRange?

  @Option(
    name: .customLong("for"), help: ArgumentHelp("How long to run, such as 60s.", valueName: "time")
  )
  var time: String?

  @Option(help: "After how many different failures to stop: a number, or all for never.")
  var failures = FailureLimit.some(1)

  @Option(
    name: .customLong("metric"),
    help: ArgumentHelp(
      "Measure this metric instead of the usual ones; may be repeated.", valueName: "name"))
  var metrics: [String] = []

  @OptionGroup var scenario: ScenarioOptions

  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: "How many runs at once; by default one a processor.")
  var jobs: Int?

  @Option(help: ArgumentHelp("Write a JSON report; - for standard output.", valueName: "file"))
  var json: String?

  @Option(
    help: ArgumentHelp("Write a table of all metrics; - for standard output.", valueName: "file"))
  var csv: String?

  @Option(help: ArgumentHelp("Write a JUnit report; - for standard output.", valueName: "file"))
  var junit: String?

  @Option(
    help: ArgumentHelp(
      "Compare with the JSON report of an earlier sweep, and fail if figures got worse.",
      valueName: "file"))
  var baseline: String?

  @Option(
    name: .customLong("tolerance"),
    help: ArgumentHelp(
      "How far figures may move from those of the baseline: 5%, or messages.wire=10%, "
        + "messages.dropped=3 or run.duration=20ms for one metric; may be repeated.",
      valueName: "amount"))
  var tolerances: [ToleranceArgument] = []

  @Flag(help: "Compare with the baseline even if it is one of a scenario of another name.")
  var otherBaseline = false

  @Option(help: "How to print the report: text, or github for text with lines that GitHub shows.")
  var format = RunFormat.text

  @OptionGroup var capsules: CapsuleOptions

  func validate() throws {
    try JobsArgument.check(jobs)
    if format == .github, [json, csv, junit].contains("-") {
      throw ValidationError("--format github needs standard output for itself")
    }
    if seeds == nil, time == nil {
      throw ValidationError("say how much to run: --seeds 1..1000, or --for 60s")
    }
    try ReportPaths.check(
      [("--json", json), ("--csv", csv), ("--junit", junit)],
      against: [path], [("the baseline", baseline)])
    if baseline == nil, otherBaseline {
      throw ValidationError("--other-baseline says of which scenario a --baseline may be")
    }
    if baseline == nil, !tolerances.isEmpty {
      throw ValidationError("--tolerance says how far figures may move from those of a --baseline")
    }
    _ = try TimeArgument.limit(time)
  }

  func run() async throws {
    let former = try readBaseline()
    try expectFolders()
    let settings = try scenario.parsedSettings()
    let (name, compilation) = try OneScenario.compiled(path, scenario, seed: nil)
    try checkScenario(former, compilation)
    let result = try await swept(compilation)
    var reported = ReportedSweep(
      file: name, description: compilation.description ?? "",
      settings: settings.map { .init(name: $0.name, value: $0.value) },
      cells: compilation.cells.map { $0.values.map { .init(name: $0.name, value: $0.value) } },
      sources: compilation.sources, result: result)
    if let former {
      reported.comparison = ReportedComparison(
        file: baseline ?? "",
        SweepComparison(former, result.cells, labels: reported.labels, tolerance))
    }
    complain(of: result.refused, compilation.sources)
    let kept = keepFailures(of: &reported, compilation, settings)
    let status = report(reported, kept).worse(kept?.status ?? .pass)
    if status != .pass { throw status.code }
  }

  /// Says what is wrong with what a seed draws.
  private func complain(of refused: RefusedDraw?, _ sources: SourceMap) {
    guard let refused else { return }
    let renderer = DiagnosticRenderer(sources, colour: Terminal.errorHasColour)
    let found = refused.diagnostics.map(renderer.text).joined(separator: "\n")
    Terminal.complain("\(found)\nerror: with seed \(refused.seed) this is drawn\n")
  }

  private func readBaseline() throws -> SweepBaseline? {
    guard let baseline else { return nil }
    let former: SweepBaseline
    do throws(BaselineFile.Refusal) {
      former = try BaselineFile.read(baseline)
    } catch {
      Terminal.complain("error: \(VisibleText.escaped(baseline)): \(error.reason)\n")
      throw error.status.code
    }
    try checkTolerances(former)
    return former
  }

  /// Refuses what could not be written in the end, before anything runs.
  private func expectFolders() throws {
    try OutputFile.attempt { () throws(OutputFile.WriteError) in
      for case let file? in [json, csv, junit] { try OutputFile.expectFree(file, force: true) }
      if let folder = capsules.capsules { try OutputFile.expectNoFile(at: folder) }
    }
  }

  /// Refuses the baseline of another scenario, which is a wrong file more often than a new name.
  private func checkScenario(_ former: SweepBaseline?, _ scenario: CompiledScenario) throws {
    guard let former, !otherBaseline, former.name != scenario.name ?? "" else { return }
    Terminal.complain(
      "error: \(VisibleText.escaped(baseline ?? "")): it is the baseline of another scenario, "
        + "`\(VisibleText.escaped(former.name))`; name one of "
        + "`\(VisibleText.escaped(scenario.name ?? ""))`, or say --other-baseline\n")
    throw ExitStatus.invalid.code
  }

  /// Refuses a tolerance of what the baseline does not have.
  private func checkTolerances(_ baseline: SweepBaseline) throws {
    let known = baseline.cells.flatMap { $0.figures.map(\.subject) }
    for tolerance in tolerances { try checkUnit(tolerance, baseline) }
    for name in tolerances.compactMap(\.metric) where !known.contains(name) {
      let near = Suggestion.nearest(to: name, among: known)
      let help = near.map { "; did you mean \($0)?" } ?? ""
      Terminal.complain(
        "error: the baseline has no metric '\(VisibleText.escaped(name))'\(help)\n")
      throw ExitStatus.usage.code
    }
  }

  /// Refuses an amount of another unit than the values of the metric have.
  private func checkUnit(_ tolerance: ToleranceArgument, _ baseline: SweepBaseline) throws {
    guard let name = tolerance.metric, tolerance.reach.amount != nil else { return }
    let figures = baseline.cells.flatMap(\.figures).filter { $0.subject == name }
    let values = figures.filter { $0.statistic != .share }.map(\.value)
    let isOfTime = values.contains { if case .duration = $0 { true } else { false } }
    guard !figures.isEmpty, isOfTime != tolerance.isTime else { return }
    let example = isOfTime ? "a length of time: \(name)=20ms" : "no length of time: \(name)=3"
    Terminal.complain("error: \(VisibleText.escaped(name)) is \(VisibleText.escaped(example))\n")
    throw ExitStatus.usage.code
  }

  /// What the figures of a baseline may differ by; without a word 5 %.
  private var tolerance: SweepTolerance {
    SweepTolerance(
      tolerances.last { $0.metric == nil }?.reach.share ?? 0.05,
      exceptions: tolerances.compactMap { given in given.metric.map { .init($0, given.reach) } },
      chosen: metrics)
  }

  /// Keeps the first run of each failure, and notes where.
  private func keepFailures(
    of sweep: inout ReportedSweep, _ compilation: CompiledScenario, _ settings: [ParameterSetting]
  ) -> CapsuleFolder? {
    guard var folder = capsules.folder else { return nil }
    for (place, failure) in sweep.result.failures.enumerated() {
      let capsule = Capsule(
        of: failure.result, cell: failure.cell, compilation, file: sweep.file, settings: settings)
      sweep.capsules[place] = capsule.flatMap { folder.keep($0) }
    }
    return folder
  }

  private func swept(_ compilation: CompiledScenario) async throws -> SweepResult {
    let meter = ProgressMeter(limit: try TimeArgument.limit(time))
    let sweep = try sweep(compilation)
    Interruption.watch()
    let file = VisibleText.escaped(path)
    let result = await sweep.run(jobs: jobs ?? Terminal.processors) {
      if Interruption.hasOccurred { return .interruption }
      return meter.isOver ? .time : nil
    } progress: {
      meter.show($0.text(elapsed:limit:))
    } watch: { seeds, runs in
      CrashGuard.whilst(
        "sweeping \(file) --seeds \(seeds.lowerBound)..\(seeds.upperBound)", runs)
    }
    meter.clear()
    return result
  }

  private func sweep(_ compilation: CompiledScenario) throws -> Sweep {
    do throws(UnknownMetric) {
      return try Sweep(
        compilation, seeds: seeds?.seeds ?? 1...UInt64.max, failureLimit: failures.count,
        metrics: metrics)
    } catch {
      let near = Suggestion.nearest(to: error.name, among: error.known)
      let help = near.map { "; did you mean \($0)?" } ?? ""
      Terminal.complain("error: there is no metric '\(VisibleText.escaped(error.name))'\(help)\n")
      throw ExitStatus.usage.code
    }
  }

  /// Writes all reports that were asked for; the report for people gives way to one on standard
  /// output.
  private func report(_ sweep: ReportedSweep, _ kept: CapsuleFolder?) -> ExitStatus {
    var status = ExitStatus(sweep.status)
    let files: [(String?, (ReportedSweep) -> String)] = [
      (json, SweepJSON.text), (csv, SweepCSV.text), (junit, SweepJUnit.text),
    ]
    if !files.contains(where: { $0.0 == "-" }) {
      let options = TerminalReport.Options(width: Terminal.width, colour: Terminal.hasColour)
      Terminal.print(SweepReport(sweep, options).text + (kept?.summary ?? ""))
      if format == .github { Terminal.print(GitHubAnnotations.text(sweep)) }
    }
    for (path, text) in files {
      guard let path else { continue }
      do throws(OutputFile.WriteError) {
        try OutputFile.write(text(sweep), to: path)
      } catch {
        Terminal.complain("error: \(VisibleText.escaped(error.path)): \(error.reason)\n")
        status = status.worse(.unreadable)
      }
    }
    return status
  }
}
