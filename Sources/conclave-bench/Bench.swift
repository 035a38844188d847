/// Measures the engine on the reference workloads, and the tool where users feel its speed.
///
///     conclave-bench [w1 N M | w2 N K SEED | w3 R] [--record] [--compare LIMIT] [--rounds N]
///     conclave-bench users | large N | crowd N M | folder PATH | cores R | pending N M
///     conclave-bench sweep SCENARIO RUNS | judge SCENARIO RUNS | judged SCENARIO RUNS
///     conclave-bench always MESSAGES | why MESSAGES
///     conclave-bench --curve
///
/// Without a workload it measures all six of the reference, each in a process of its own; `users`
/// stands for all that is behind it. `sweep` carries a scenario out with many seeds on one thread,
/// `judge` without using a judgement again, `judged` without a sweep around it, `always` with and
/// without ten assertions, `why` with these explained and not. `--record` writes the binary trace,
/// part by part. `--compare` runs the given C++ loop in turn and prints the share of its best rate,
/// medians of some rounds.
/// `--curve` measures four sizes of everything that may grow.
@main struct Bench {
  private static let usage = """
    usage: conclave-bench [w1 N M | w2 N K SEED | w3 R] [--record] [--compare LIMIT] [--rounds N]
           conclave-bench users | large N | crowd N M | folder PATH | cores R | pending N M
           conclave-bench sweep SCENARIO RUNS | judge SCENARIO RUNS | judged SCENARIO RUNS
           conclave-bench always MESSAGES | why MESSAGES
           conclave-bench --curve
    """

  /// The words of the command line that no option has taken.
  private var words: [String]

  static func main() async {
    var bench = Bench(words: Array(CommandLine.arguments.dropFirst()))
    if let workload = UserWorkload(bench.words) {
      print(await workload.measure())
      return
    }
    if let figures = bench.figures {
      measure(figures)
      return
    }
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

  /// The figures that are asked for, if it is not a workload of the reference.
  private var figures: [Figure]? {
    switch words {
    case ["users"]: Figure.all
    case ["--curve"]: Figure.curve
    default: Figure(words).map { [$0] }
    }
  }

  private static func measure(_ figures: [Figure]) {
    if figures.count == 1 {
      print(figures[0].measure())
    } else {
      for figure in figures { print(runSelf(figure)) }
      if figures.count == Figure.all.count {
        for workload in UserWorkload.all { print(runSelf(workload.words)) }
      }
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
