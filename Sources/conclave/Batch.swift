import Analysis
import ArgumentParser
import Diagnostics
import Interpreter
import Reports
import Search

/// The scenarios of a command line, read and compiled, and the work of running them all.
struct Batch {
  /// A scenario file, compiled or refused.
  private struct File {
    let name: String
    let compilation: CompiledScenario
    /// What was found in it.
    var diagnostics: DiagnosticBag
  }

  private var files: [File] = []
  private let settings: [ParameterSetting]
  /// The assertions whose verdicts are explained.
  private let why: [String]
  private let failFast: Bool
  private let jobs: Int
  private let checksDeterminism: Bool
  /// What two runs of one cell do differently, in the order of the runs.
  private(set) var divergences: [String] = []
  /// What is wrong with the paths themselves.
  private(set) var status = ExitStatus.pass

  /// Reads and compiles; says on standard error what could not be read.
  init(
    paths: [String], settings: [ParameterSetting], seed: UInt64?, isStrict: Bool, tags: [String],
    why: [String], failFast: Bool, jobs: Int, checksDeterminism: Bool = false
  ) throws {
    self.settings = settings
    self.why = why
    self.failFast = failFast
    self.jobs = jobs
    self.checksDeterminism = checksDeterminism
    for entry in ScenarioFiles.read(paths) {
      switch entry {
      case .unreadable(let name, let reason):
        Terminal.complain("error: \(VisibleText.escaped(name)): \(reason)\n")
        status = status.worse(.unreadable)
      case .text(let source):
        let compilation = Self.compiled(
          source, settings: settings, seed: seed, isStrict: isStrict)
        if compilation.isMisused { status = status.worse(.usage) }
        let isChosen = tags.isEmpty || tags.contains { compilation.tags.contains($0) }
        if isChosen || compilation.cells.isEmpty {
          files.append(
            File(
              name: source.name, compilation: compilation, diagnostics: compilation.diagnostics))
          warn(compilation)
        }
      }
    }
    let shared = SharedBases(files.map { ($0.name, $0.compilation) })
    for place in files.indices {
      files[place].diagnostics = shared.diagnostics(files[place].compilation, files[place].name)
    }
    try checkNames()
  }

  /// Refuses names of assertions that no scenario has.
  private func checkNames() throws {
    let plans = files.flatMap { $0.compilation.cells.prefix(1).map(\.plan) }
    guard !plans.isEmpty else { return }
    let known = plans.flatMap { $0.assertions.map(\.name) }
    for name in why where !known.contains(name) {
      var near = Suggestion.nearest(to: name, among: known).map { [$0] } ?? []
      let word = name.lowercased()
      for other in known where !near.contains(other) && other.lowercased().contains(word) {
        near.append(other)
      }
      let shown = near.prefix(3).map { "'\(VisibleText.escaped($0))'" }.joined(separator: " or ")
      let all = known.prefix(8).map { "'\(VisibleText.escaped($0))'" }.joined(separator: ", ")
      let more = known.count > 8 ? ", …" : ""
      throw ValidationError(
        "there is no assertion '\(VisibleText.escaped(name))'"
          + (shown.isEmpty ? "; there are \(all)\(more)" : "; did you mean \(shown)?"))
    }
  }

  /// The plan of a cell, with the assertions that are to be explained.
  private func plan(_ file: Int, _ cell: Int) -> JudgementPlan {
    var plan = files[file].compilation.cells[cell].plan
    plan.explained = plan.assertions.indices.filter { why.contains(plan.assertions[$0].name) }
    return plan
  }

  /// Says on standard error what is probably not meant in a scenario that is run all the same.
  private func warn(_ compilation: CompiledScenario) {
    guard !compilation.cells.isEmpty, !compilation.diagnostics.isEmpty else { return }
    Terminal.complain(
      DiagnosticRenderer(compilation.sources, colour: Terminal.errorHasColour)
        .text(compilation.diagnostics))
  }

  /// Compiles a scenario; a trap meanwhile names its file.
  static func compiled(
    _ source: SourceFile, settings: [ParameterSetting], seed: UInt64?, isStrict: Bool
  ) -> CompiledScenario {
    CrashGuard.whilst("reading \(VisibleText.escaped(source.name))") {
      Interpreter.compile(
        source, settings: settings, seed: seed, isStrict: isStrict,
        resolve: ScenarioFiles.resolver(from: source.name))
    }
  }

  /// What is run, for the words of a trap.
  static func words(_ file: String, _ cell: CompiledScenario.Cell) -> String {
    let values = cell.values.map { " --set \($0.name)=\($0.value)" }.joined()
    return VisibleText.escaped("running \(file) --seed \(cell.seed)\(values)")
  }

  /// Whether there is nothing to run and nothing to say.
  var isEmpty: Bool { files.isEmpty && status == .pass }

  /// Runs every cell of every scenario, several at once; the order of the results does not depend
  /// on which ended first.
  mutating func run() async -> [ReportedRun] {
    let work = work
    let progress = Progress(total: work.count)
    var results: [RunResult?] = Array(repeating: nil, count: work.count)
    var differences: [String?] = Array(repeating: nil, count: work.count)
    let (checks, stops) = (checksDeterminism, failFast)
    var isOver = false
    let chunk = max(1, min(64, work.count / (jobs * 4)))
    await withTaskGroup(of: (Int, [(RunResult, String?)]).self) { group in
      var next = 0
      func start() {
        let range = next..<min(next + chunk, work.count)
        next = range.upperBound
        let cells = range.map { place in
          let file = files[work[place].file]
          return (
            name: file.name, cell: file.compilation.cells[work[place].cell],
            plan: plan(work[place].file, work[place].cell)
          )
        }
        group.addTask {
          var finished: [(RunResult, String?)] = []
          for entry in cells where !stops || finished.last.map(Self.passes) ?? true {
            finished.append(
              CrashGuard.whilst(Self.words(entry.name, entry.cell)) {
                checks ? Self.runTwice(entry.plan) : (Interpreter.run(entry.plan), nil)
              })
          }
          return (range.lowerBound, finished)
        }
      }
      while next < work.count, next < chunk * jobs { start() }
      for await (first, finished) in group {
        for (offset, run) in finished.enumerated() {
          results[first + offset] = run.0
          differences[first + offset] = run.1
        }
        progress.advance(by: finished.count)
        // All that come before what has failed are under way.
        isOver = isOver || stops && !finished.allSatisfy(Self.passes)
        if next < work.count, !isOver { start() }
      }
    }
    progress.clear()
    let last = failFast ? results.firstIndex { $0.map { $0.verdict != .pass } ?? false } : nil
    for (place, difference) in differences.enumerated() where place <= last ?? place {
      guard let difference else { continue }
      let (file, cell) = (files[work[place].file], work[place].cell)
      let values = file.compilation.cells[cell].values.map { " \($0.name)=\($0.value)" }.joined()
      divergences.append("\(VisibleText.escaped(file.name + values)): \(difference)")
    }
    return reported(results)
  }

  /// What is run: each cell of each file, with `--fail-fast` up to the first file that was refused.
  private var work: [(file: Int, cell: Int)] {
    let refused = failFast ? files.firstIndex { $0.compilation.cells.isEmpty } : nil
    return files.indices.prefix(refused ?? files.count).flatMap { file in
      files[file].compilation.cells.indices.map { (file: file, cell: $0) }
    }
  }

  private static func passes(_ run: (RunResult, String?)) -> Bool { run.0.verdict == .pass }

  /// Runs a plan twice; what differs is said in words.
  private static func runTwice(_ plan: JudgementPlan) -> (RunResult, String?) {
    let (result, repetition) = Interpreter.runTwice(plan)
    switch repetition {
    case .same: return (result, nil)
    case .otherJudgement:
      return (result, "two runs of it differ in what was found, not in events\n")
    case .otherTrace(let difference):
      let report = DivergenceReport.text(
        event: difference.event, first: difference.first, second: difference.second, plan.system,
        plan.description)
      return (result, "two runs of it differ\n\(report)")
    }
  }

  private func reported(_ results: [RunResult?]) -> [ReportedRun] {
    var runs: [ReportedRun] = []
    var place = 0
    var hasFailed = false
    for file in files {
      if file.compilation.cells.isEmpty {
        runs.append(reportedRun(file, cell: nil, ending: .refused))
        hasFailed = true
        continue
      }
      for cell in file.compilation.cells {
        let result = place < results.count ? results[place] : nil
        place += 1
        let isSkipped = failFast && hasFailed
        let ending = isSkipped ? nil : result.map { ReportedRun.Ending.judged($0) }
        let skipped = ReportedRun.Ending.skipped("an earlier scenario did not pass (--fail-fast)")
        runs.append(reportedRun(file, cell: cell, ending: ending ?? skipped))
        if let result, result.verdict != .pass { hasFailed = true }
      }
    }
    return runs
  }

  /// Keeps the runs that fail, and notes where. What counts is the outcome before `expect`.
  func keepFailures(of runs: inout [ReportedRun], in folder: inout CapsuleFolder) {
    var place = 0
    for file in files {
      let compilation = file.compilation
      for cell in compilation.cells.indices {
        if let result = runs[place + cell].result,
          let capsule = Capsule(
            of: result, cell: cell, compilation, file: file.name, settings: settings)
        {
          runs[place + cell].capsule = folder.keep(capsule)
        }
      }
      place += max(1, compilation.cells.count)
    }
  }

  private func reportedRun(
    _ file: File, cell: CompiledScenario.Cell?, ending: ReportedRun.Ending
  ) -> ReportedRun {
    let compilation = file.compilation
    let values = cell?.values ?? []
    let seed = cell?.seed
    return ReportedRun(
      file: file.name, name: compilation.name ?? file.name,
      description: compilation.description ?? "", tags: compilation.tags,
      cell: values.map { .init(name: $0.name, value: $0.value) }, seed: seed,
      command: RepeatCommand(
        file: file.name, seed: seed,
        settings: (settings + values).map { .init(name: $0.name, value: $0.value) }),
      sources: compilation.sources, diagnostics: file.diagnostics, ending: ending)
  }
}
