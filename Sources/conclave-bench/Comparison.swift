#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Prints a complaint and leaves with status 1.
func complain(_ text: String) -> Never {
  print("conclave-bench: \(text)")
  exit(1)
}

/// What a command prints; leaves if it fails.
func output(of command: [String]) -> String {
  let quoted = command.map { word in
    "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
  guard let pipe = popen(quoted.joined(separator: " "), "r") else {
    complain("cannot run \(command[0])")
  }
  var bytes: [UInt8] = []
  while case let byte = fgetc(pipe), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
  guard pclose(pipe) == 0 else { complain("\(command.joined(separator: " ")) failed") }
  while bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
  return String(decoding: bytes, as: UTF8.self)
}

/// The line of a workload, measured in a process of its own.
func runSelf(_ workload: Workload, recording: Bool) -> String {
  runSelf(workload.words + (recording ? ["--record"] : []))
}

/// What this program prints in a process of its own.
func runSelf(_ words: [String]) -> String { output(of: [CommandLine.arguments[0]] + words) }

/// The text of a file; nil if it cannot be read.
func contents(of path: String) -> String? {
  guard let file = fopen(path, "r") else { return nil }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
  return String(decoding: bytes, as: UTF8.self)
}

/// The line of a figure, measured in a process of its own.
func runSelf(_ figure: Figure) -> String {
  output(of: [CommandLine.arguments[0]] + figure.words)
}

/// The number behind a name in a line of either program.
private func number(_ name: String, in line: String) -> Double {
  for separator in ["\"\(name)\": ", "\(name)="] {
    guard let start = line.firstRange(of: separator)?.upperBound else { continue }
    let digits = line[start...].prefix { $0.isNumber || $0 == "." || $0 == "-" }
    if let value = Double(digits) { return value }
  }
  complain("no \(name) in \(line)")
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// Runs a workload and the C++ loop in turn, and says what share of the loop's rate it has:
/// medians, the loop with the queue that serves it best; and what share is left with a trace.
func compare(_ workload: Workload, with limit: String, rounds: Int) -> String {
  let queues = ["heap4", "bucket"]
  var own: [Double] = []
  var recorded: [Double] = []
  var loops = queues.map { _ in [Double]() }
  for _ in 0..<rounds {
    own.append(number("per_cpu_s", in: runSelf(workload, recording: false)))
    for (place, queue) in queues.enumerated() {
      let line = output(of: [limit, workload.words[0], queue] + workload.words.dropFirst())
      loops[place].append(number("msgs_per_cpu_s", in: line))
    }
    recorded.append(number("per_cpu_s", in: runSelf(workload, recording: true)))
  }
  let best = loops.map(median).max() ?? 1
  return """
    {"workload": "\(workload.words.joined(separator: " "))", "per_cpu_s": \(Int(median(own))), \
    "limit_per_cpu_s": \(Int(best)), "share": \((median(own) / best).rounded(places: 3)), \
    "recorded_share": \((median(recorded) / median(own)).rounded(places: 3))}
    """
}
