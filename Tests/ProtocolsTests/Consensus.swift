import SystemModel
import TestSupport

/// What the tests of all consensus protocols share: two scenarios, and what agreement means.
enum Consensus {
  /// Two proposers; the first is cut off right after a majority has answered it once.
  static func duel<Machine: StateMachine>(_ type: Machine.Type) -> TestNetwork<Machine> {
    var network = TestNetwork<Machine>(3, options: ["quorum": .word(1)])
    network.latency = { _, _ in 10...10 }
    network.call(0, at: 0, 7, 1)
    network.cut([0], from: 25, to: 500)
    network.call(2, at: 100, 8, 2)
    return network
  }

  /// Eight calls at some nodes, loss, copies, disorder, two partitions and ten crashes, all drawn.
  static func storm<Machine: StateMachine>(
    _ type: Machine.Type, seed: UInt64, proposers: [Int], keepingDisk: Bool = true,
    options: [String: ParameterValue] = [
      "quorum": .word(1), "timeout": .duration(.milliseconds(400)),
    ], mistake: String? = nil
  ) -> TestNetwork<Machine> {
    var random = RandomSource(state: seed)
    var network = TestNetwork<Machine>(3, options: options, mistake: mistake, seed: seed)
    network.latency = { _, _ in 1...60 }
    network.chances = .init(
      loss: Ratio(1, 5), duplication: Ratio(1, 10), reorders: true)
    for call in 0..<8 {
      let node = proposers[Int(random.below(UInt64(proposers.count)))]
      let at = random.between(0, 800)
      network.call(node, at: at, 100 + Int64(call), WordType.absent)
    }
    for _ in 0..<2 {
      let start = random.between(0, 600)
      network.cut(
        [Int(random.below(3)), Int(random.below(3))], from: start,
        to: start + random.between(50, 400))
    }
    for _ in 0..<10 {
      let at = random.between(0, 800)
      network.crash(
        Int(random.below(3)), at: at, restartAt: at + random.between(1, 60),
        keepingDisk: keepingDisk)
    }
    return network
  }

  /// Every decision of a run, made or learned, in order.
  static func decisions<Machine: StateMachine>(_ network: TestNetwork<Machine>) -> [Int64] {
    network.notes.filter { $0.what == "decided" || $0.what == "learned" }.map(\.value)
  }

  /// Whether there was at most one.
  static func agrees<Machine: StateMachine>(_ network: TestNetwork<Machine>) -> Bool {
    Set(decisions(network)).count <= 1
  }
}
