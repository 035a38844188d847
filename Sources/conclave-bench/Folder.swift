/// The processor time of `conclave run` for a folder, start-up and compilation included: the medians
/// of some runs of the executable that stands beside this one.
func measureFolder(_ path: String) -> Fields {
  let own = CommandLine.arguments[0]
  let conclave = own.lastIndex(of: "/").map { own[...$0] + "conclave" } ?? "conclave"
  var times: [Double] = []
  var report = ""
  for _ in 0..<11 {
    let start = Usage.ofChildren.seconds
    report = output(of: [String(conclave), "run", path])
    times.append(Usage.ofChildren.seconds - start)
  }
  let files = Int(output(of: ["sh", "-c", "find \(path) -name '*.yaml' | wc -l"])) ?? 0
  guard files > 0 else { complain("no scenarios in \(path)") }
  let runs = report.split(separator: "\n").count { $0.hasPrefix("✓") }
  let milliseconds = median(times) * 1000
  return [
    ("files", "\(files)"), ("runs", "\(runs)"), ("cpu_ms", milliseconds.text(2)),
    ("cpu_ms_per_file", (milliseconds / Double(files)).text(2)),
    ("cpu_ms_per_run", (milliseconds / Double(max(runs, 1))).text(2)),
  ]
}
