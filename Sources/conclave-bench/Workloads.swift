import Simulation
import SystemModel

/// The reference workloads, as the page on speed defines them.
enum Workload {
  /// Heartbeats: nodes, and messages after which it stops.
  case ring(nodes: Int, messages: Int)
  /// Lamport's mutex: nodes, entries after which it stops, and the seed.
  case mutex(nodes: Int, entries: Int, seed: UInt64)
  /// Many small runs of two rounds: how many.
  case rounds(runs: Int)

  /// Those that are measured when nothing else is asked for.
  static let all: [Workload] = [
    .ring(nodes: 5, messages: 2_000_000), .ring(nodes: 100, messages: 2_000_000),
    .ring(nodes: 1000, messages: 2_000_000), .mutex(nodes: 5, entries: 100_000, seed: 1),
    .mutex(nodes: 50, entries: 20_000, seed: 1), .rounds(runs: 1_000_000),
  ]

  /// The workload that some words name, such as `w2 5 20000 1`; nil if they name none.
  init?(_ words: [String]) {
    let numbers = words.dropFirst().compactMap { Int($0) }
    guard numbers.count == words.count - 1, numbers.allSatisfy({ $0 > 0 }) else { return nil }
    switch (words.first, numbers.count) {
    case ("w1", 2): self = .ring(nodes: numbers[0], messages: numbers[1])
    case ("w2", 3): self = .mutex(nodes: numbers[0], entries: numbers[1], seed: UInt64(numbers[2]))
    case ("w3", 1): self = .rounds(runs: numbers[0])
    default: return nil
    }
  }

  /// The words that name it, which the C++ loop takes too (with a queue after the first).
  var words: [String] {
    switch self {
    case .ring(let nodes, let messages): ["w1", "\(nodes)", "\(messages)"]
    case .mutex(let nodes, let entries, let seed): ["w2", "\(nodes)", "\(entries)", "\(seed)"]
    case .rounds(let runs): ["w3", "\(runs)"]
    }
  }

  /// Carries it out.
  func measure(recording: Bool) -> Measurement {
    switch self {
    case .ring(let nodes, let messages): measureRing(nodes, messages, recording: recording)
    case .mutex(let nodes, let entries, let seed):
      measureMutex(nodes, entries, seed: seed, recording: recording)
    case .rounds(let runs): measureRounds(runs, recording: recording)
    }
  }
}

/// Exact counts of the reference; a run that differs has a bug or other semantics.
struct Reference {
  let messages: Int
  let checksum: UInt64
  let counts: [(name: String, value: Int64)]

  /// The reference of a workload, if it has one.
  static func of(_ workload: Workload) -> Reference? {
    switch workload {
    case .ring(5, 200_000): ring(200_000, 100_003, 50_003_778_352, 5_000_765_539_010_944)
    case .ring(5, 2_000_000): ring(2_000_000, 1_000_003, 500_003_778_352, 500_007_655_452_290_944)
    case .ring(100, 2_000_000): ring(2_000_000, 1_001_478, 1_014_535_319, 1_018_959_383_241_015)
    case .ring(1000, 2_000_000): ring(2_000_000, 1_149_943, 14_502_998, 18_573_921_633_803)
    case .mutex(5, 20_000, 1):
      mutex(240_016, sent: 240_019, 38_863_934_030, 4_675_297_104_061_487)
    case .mutex(5, 100_000, 1):
      mutex(1_200_000, sent: 1_200_012, 193_679_307_104, 116_352_236_078_770_257)
    case .mutex(50, 20_000, 1):
      mutex(2_944_497, sent: 2_944_553, 32_166_861_435, 47_346_223_070_980_461)
    case .rounds(20_000): Reference(messages: 240_000, checksum: 134_025_323_792, counts: [])
    case .rounds(1_000_000):
      Reference(messages: 12_000_000, checksum: 6_699_247_915_577, counts: [])
    default: nil
    }
  }

  private static func ring(
    _ messages: Int, _ heartbeats: Int64, _ end: Int64, _ checksum: UInt64
  ) -> Reference {
    Reference(
      messages: messages, checksum: checksum,
      counts: [("hb", heartbeats), ("ack", Int64(messages) - heartbeats), ("end", end)])
  }

  private static func mutex(
    _ messages: Int, sent: Int64, _ end: Int64, _ checksum: UInt64
  ) -> Reference {
    Reference(messages: messages, checksum: checksum, counts: [("sent", sent), ("end", end)])
  }

  /// What differs from the reference, one line each; empty if nothing does.
  func differences(from found: Measurement) -> [String] {
    var lines: [String] = []
    func compare(_ name: String, _ wanted: some Equatable, _ found: some Equatable) {
      if "\(wanted)" != "\(found)" { lines.append("\(name): \(found), not \(wanted)") }
    }
    compare("messages", messages, found.messages)
    compare("checksum", checksum, found.checksum)
    for (name, wanted) in counts {
      compare(name, wanted, found.counts.first { $0.name == name }?.value ?? -1)
    }
    return lines
  }
}

extension SystemPlan {
  /// Nodes without anything else: the benchmark brings latencies of its own.
  static func bare(_ nodeCount: Int, timeLimit: Instant = .never) -> SystemPlan {
    SystemPlan(
      timeLimit: timeLimit, eventLimit: .max,
      topology: Topology(names: (0..<nodeCount).map { "node\($0)" }),
      links: LinkPolicies(policies: [], nodeCount: nodeCount), parameterRows: [[]],
      parameterRow: Array(repeating: 0, count: nodeCount), watchedFields: [])
  }
}
