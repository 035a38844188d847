import Analysis
import Diagnostics
import Interpreter

/// Runs of a scenario that are judged one by one on one thread, by the same runner as a sweep's and
/// nothing around it, without metrics for a report: callgrind can count their instructions.
///
/// It is run from the top of the checkout, where `scenarios` is.
func measureJudged(_ path: String, runs: Int) -> Fields {
  guard let text = contents(of: path) else { complain("cannot read \(path)") }
  let compiled = Interpreter.compile(SourceFile(name: path, text: text))
  guard let cell = compiled.cells.first else {
    complain(DiagnosticRenderer(compiled.sources).text(compiled.diagnostics))
  }
  let runner = PlanRunner(cell.plan)
  var tally = RunTally(measuring: [])
  let before = Usage.current.seconds
  var events = 0
  for seed in 1...UInt64(runs) {
    guard runner.run(seed: seed, tally: &tally), tally.outcome == .pass else {
      complain("\(path): the run with seed \(seed) does not pass")
    }
    events += tally.events
  }
  let seconds = Usage.current.seconds - before
  return [
    ("events", "\(events)"), ("cpu_s", seconds.text(6)),
    ("runs_per_cpu_s", "\(Int(Double(runs) / seconds))"),
    ("peak_rss_mb", Usage.current.peakMegabytes.text(1)),
  ]
}
