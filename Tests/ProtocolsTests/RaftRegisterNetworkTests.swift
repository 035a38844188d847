import SystemModel
import TestSupport
import Testing

@testable import Protocols

/// Replicated logs among themselves: figure 3 of the paper over drawn schedules.
struct RaftRegisterNetworkTests {
  /// What stands at an index, as an observation says it.
  struct Entry: Hashable {
    let index: Int64
    let term: Int64
    let value: Int64

    init(_ word: Int64) {
      index = RaftRegister.Observed.index.value(in: word)
      term = RaftRegister.Observed.term.value(in: word)
      value = RaftRegister.Observed.value.value(in: word)
    }
  }

  /// Sixty calls at five nodes, loss, copies, disorder, three partitions and sixteen crashes.
  static func storm(
    seed: Int, mistake: String? = nil, keepingDisk: Bool = true
  ) -> TestNetwork<RaftRegister> {
    var random = RandomSource(state: UInt64(seed))
    var network = TestNetwork<RaftRegister>(
      5, options: ["timeout": .duration(.milliseconds(400))], mistake: mistake, seed: UInt64(seed))
    network.latency = { _, _ in 1...40 }
    network.chances = .init(loss: Ratio(1, 30), duplication: Ratio(1, 10), reorders: true)
    for call in 0..<60 {
      let node = Int(random.below(5))
      let at = random.between(200, 2500)
      network.call(node, at: at, Int64(call), WordType.absent, kind: UInt8(random.below(2)))
    }
    for _ in 0..<3 {
      let start = random.between(200, 2000)
      network.cut(
        [Int(random.below(5)), Int(random.below(5))], from: start,
        to: start + random.between(100, 600))
    }
    for _ in 0..<16 {
      let at = random.between(200, 2400)
      network.crash(
        Int(random.below(5)), at: at, restartAt: at + random.between(1, 80),
        keepingDisk: keepingDisk)
    }
    network.run(to: 4000)
    return network
  }

  /// Which properties of figure 3 a run breaks, from its notes: a twin of the invariants.
  static func broken(_ network: TestNetwork<RaftRegister>) -> Set<String> {
    var broken: Set<String> = []
    var leaders: [Int64: Int] = [:]
    var logs = Array(repeating: [Entry](), count: network.machines.count)
    var prefixes: [[Int64]: [Entry]] = [:]
    var applied: [Int64: Entry] = [:]
    for note in network.notes {
      switch note.what {
      case "became_leader":
        if leaders[note.value, default: note.node] != note.node { broken.insert("election") }
        leaders[note.value] = note.node
      case "truncated", "loaded": logs[note.node] = Array(logs[note.node].prefix(Int(note.value)))
      case "appended":
        let entry = Entry(note.value)
        logs[note.node].append(entry)
        #expect(entry.index == Int64(logs[note.node].count))
        let place = [entry.index, entry.term]
        if prefixes[place, default: logs[note.node]] != logs[note.node] { broken.insert("log") }
        prefixes[place] = logs[note.node]
      case "applied":
        let entry = Entry(note.value)
        if applied[entry.index, default: entry] != entry { broken.insert("machine") }
        applied[entry.index] = entry
      default: break
      }
    }
    return broken
  }

  @Test func `Figure 3 holds in storms`() {
    #expect((1...120).filter { Self.broken(Self.storm(seed: $0)) != [] } == [], "seeds")
  }

  @Test func `After a storm there is one leader, whose log everybody has`() {
    for seed in 1...40 {
      let machines = Self.storm(seed: seed).machines
      let leaders = machines.filter { $0.role == .leader }
      #expect(leaders.count == 1, "seed \(seed)")
      #expect(machines.allSatisfy { $0.log == leaders.first?.log }, "seed \(seed)")
      #expect(machines.allSatisfy { $0.commit == $0.log.count && $0.isSynced }, "seed \(seed)")
      #expect(machines.allSatisfy { $0.registers == leaders.first?.registers }, "seed \(seed)")
    }
  }

  @Test func `Every call ends in storms, and many of them well`() {
    for seed in 1...40 {
      let network = Self.storm(seed: seed)
      let crashes = network.notes.filter { $0.what == "crashed" }
      #expect(network.ended.count <= 60)
      #expect(network.ended.count + 12 * crashes.count >= 60, "seed \(seed)")
      #expect(network.ended.contains { $0.outcome == .ok }, "seed \(seed)")
    }
  }

  // Known mistakes.

  @Test(
    arguments: [
      ("quorum-of-half", "election"), ("vote-forgotten", "election"), ("log-forgotten", "machine"),
      ("vote-unchecked", "machine"), ("append-unchecked", "log"), ("append-truncates", "machine"),
      ("committed-early", "machine"),
    ])
  func `A mistake is found out`(mistake: String, breaks: String) {
    #expect(
      (1...500).contains { Self.broken(Self.storm(seed: $0, mistake: mistake)).contains(breaks) })
  }

  @Test func `Wiped disks lose what was committed`() {
    #expect((1...200).contains { Self.broken(Self.storm(seed: $0, keepingDisk: false)) != [] })
  }
}
