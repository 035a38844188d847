/// Measures the engine on the reference workloads.
///
///     conclave-bench [w1 N M | w2 N K SEED | w3 R] [--record] [--compare LIMIT] [--rounds N]
///
/// Without a workload it measures all six of the reference, each in a process of its own.
/// `--record` writes the binary trace, part by part. `--compare` runs the given C++ loop in turn
/// and prints the share of its best rate, medians of some rounds.
@main struct Bench {
  private static let usage =
    "usage: conclave-bench [w1 N M | w2 N K SEED | w3 R] [--record] [--compare LIMIT] [--rounds N]"

  /// The words of the command line that no option has taken.
  private var words: [String]

  static func main() {
    var bench = Bench(words: Array(CommandLine.arguments.dropFirst()))
    let limit = bench.takeValue(of: "--compare")
    let rounds = bench.takeValue(of: "--rounds") ?? "5"
    let isRecording = bench.words.contains("--record")
    bench.words.removeAll { $0 == "--record" }
    let workloads = bench.words.isEmpty ? Workload.all : Workload(bench.words).map { [$0] }
    guard let workloads, let rounds = Int(rounds), rounds > 0 else { complain(usage) }
    if let limit {
      for workload in workloads { print(compare(workload, with: limit, rounds: rounds)) }
    } else if workloads.count > 1 {
      for workload in workloads { print(runSelf(workload, recording: isRecording)) }
    } else {
      print(measure(workloads[0], recording: isRecording))
    }
  }

  /// The line of a workload that is measured here; leaves if it differs from its reference.
  private static func measure(_ workload: Workload, recording: Bool) -> String {
    let measurement = workload.measure(recording: recording)
    let differences = Reference.of(workload)?.differences(from: measurement) ?? []
    guard differences.isEmpty else {
      complain(
        "\(measurement.workload) differs from its reference: "
          + differences.joined(separator: ", "))
    }
    return measurement.line
  }

  /// Takes an option with a value out of the words.
  private mutating func takeValue(of option: String) -> String? {
    guard let place = words.firstIndex(of: option), place + 1 < words.count else { return nil }
    defer { words.removeSubrange(place...place + 1) }
    return words[place + 1]
  }
}
