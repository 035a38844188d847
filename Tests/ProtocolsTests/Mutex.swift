import SystemModel
import TestSupport
import Testing

/// What the tests of both mutual exclusion protocols share.
enum Mutex {
  /// The inputs of the documented diagram.
  static func documented<Machine: StateMachine>(_ type: Machine.Type) -> TestNetwork<Machine> {
    let latencies: [[Int64]] = [
      [0, 10, 10, 20, 18], [8, 0, 8, 15, 18], [12, 12, 0, 25, 23], [38, 20, 5, 0, 10],
      [30, 20, 5, 10, 0],
    ]
    var network = TestNetwork<Machine>(5)
    network.latency = { from, to in latencies[from][to]...latencies[from][to] }
    network.handling = { node, _ in node == 3 ? 2 : node == 4 ? 3 : 0 }
    for (node, at, hold) in [(0, Int64(0), Int64(100)), (1, 10, 80), (2, 25, 60)] {
      network.call(node, at: at, hold * 1_000_000)
    }
    return network
  }

  /// Twenty calls at four nodes, all drawn.
  static func storm<Machine: StateMachine>(
    _ type: Machine.Type, seed: UInt64, chances: TestNetwork<Machine>.Chances = .init(),
    crashes: Int = 0, mistake: String? = nil
  ) -> TestNetwork<Machine> {
    var random = RandomSource(state: seed)
    var network = TestNetwork<Machine>(4, mistake: mistake, seed: seed)
    network.latency = { _, _ in 1...40 }
    network.chances = chances
    for _ in 0..<20 {
      network.call(
        Int(random.below(4)), at: random.between(0, 1500), random.between(0, 30) * 1_000_000)
    }
    for _ in 0..<crashes {
      let at = random.between(0, 1500)
      network.crash(Int(random.below(4)), at: at, restartAt: at + random.between(1, 50))
    }
    return network
  }

  /// Whether never two nodes were inside at once; a crash leads out.
  static func excludes<Machine: StateMachine>(_ network: TestNetwork<Machine>) -> Bool {
    var inside: Set<Int> = []
    for note in network.notes {
      switch note.what {
      case "entered":
        inside.insert(note.node)
        if inside.count > 1 { return false }
      case "exited", "crashed": inside.remove(note.node)
      default: break
      }
    }
    return true
  }

  /// Whether nodes entered in the order of their timestamps, and of equal ones in that of the
  /// topology.
  static func isOrdered<Machine: StateMachine>(_ network: TestNetwork<Machine>) -> Bool {
    let entries = network.notes.filter { $0.what == "entered" }
    return zip(entries, entries.dropFirst()).allSatisfy {
      ($0.value, $0.node) < ($1.value, $1.node)
    }
  }

  /// Whether a condition does not hold in a storm.
  static func fails<Machine: StateMachine>(
    _ type: Machine.Type, seed: Int, chances: TestNetwork<Machine>.Chances = .init(),
    crashes: Int = 0, mistake: String? = nil,
    _ condition: (TestNetwork<Machine>) -> Bool = { excludes($0) }
  ) -> Bool {
    var network = storm(
      type, seed: UInt64(seed), chances: chances, crashes: crashes, mistake: mistake)
    network.run(to: 100_000)
    return !condition(network)
  }

  /// Whether some storm shows that a machine does not exclude.
  static func isFoundOut<Machine: StateMachine>(
    _ type: Machine.Type, chances: TestNetwork<Machine>.Chances = .init(), mistake: String? = nil
  ) -> Bool {
    (1...500).contains { fails(type, seed: $0, chances: chances, mistake: mistake) }
  }
}
