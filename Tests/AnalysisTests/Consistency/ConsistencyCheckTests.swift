import SystemModel
import TestSupport
import Testing

@testable import Analysis

@Suite("The check of a history")
struct ConsistencyCheckTests {
  typealias Outcome = ConsistencyCheck.Outcome

  private static let absent = WordType.absent

  static func check(
    _ model: ConsistencyCheck.Model, _ history: RegisterHistory, budget: Int = 100_000,
    initial: Int64 = WordType.absent
  ) -> Outcome {
    ConsistencyCheck(
      model: model, options: ConsistencyOptions(budget: budget, initial: initial)
    ).outcome(of: history.operations)
  }

  /// A history with its known verdicts.
  struct Row: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let linearizable: Outcome
    let sequential: Outcome
    let write: @Sendable (inout RegisterHistory) -> Void

    init(
      _ name: String, _ linearizable: Outcome, _ sequential: Outcome,
      write: @escaping @Sendable (inout RegisterHistory) -> Void
    ) {
      testDescription = name
      self.linearizable = linearizable
      self.sequential = sequential
      self.write = write
    }
  }

  static let rows: [Row] = [
    Row("nothing", .holds, .holds) { _ in },
    Row("a register is empty at first", .holds, .holds) { $0.add(.read(absent), from: 0, to: 1) },
    Row("a stale read by another client", .broken(at: 1, core: [0, 1]), .holds) {
      $0.add(.write(1), client: 0, from: 0, to: 1)
      $0.add(.read(absent), client: 1, from: 2, to: 3)
    },
    Row(
      "a stale read by the same client", .broken(at: 1, core: [0, 1]),
      .broken(at: 1, core: [0, 1])
    ) {
      $0.add(.write(1), client: 0, from: 0, to: 1)
      $0.add(.read(absent), client: 0, from: 2, to: 3)
    },
    Row("a lost write", .broken(at: 2, core: [0, 1, 2]), .holds) {
      $0.add(.write(1), client: 0, from: 0, to: 1)
      $0.add(.write(2), client: 1, from: 2, to: 3)
      $0.add(.read(1), client: 2, from: 4, to: 5)
    },
    Row("the new value, then the old one", .broken(at: 2, core: [1, 2]), .holds) {
      $0.add(.write(1), client: 0, from: 0, to: 9)
      $0.add(.read(1), client: 1, from: 1, to: 2)
      $0.add(.read(absent), client: 2, from: 3, to: 4)
    },
    Row("concurrent writes come in either order", .holds, .holds) {
      $0.add(.write(1), client: 0, from: 0, to: 3)
      $0.add(.write(2), client: 1, from: 1, to: 2)
      $0.add(.read(2), client: 1, from: 4, to: 5)
      $0.add(.read(2), client: 0, from: 6, to: 7)
    },
    Row(
      "but not in both", .broken(at: 3, core: [1, 2, 3]), .broken(at: 4, core: [2, 3, 4])
    ) {
      $0.add(.write(1), client: 0, from: 0, to: 3)
      $0.add(.write(2), client: 1, from: 1, to: 2)
      $0.add(.read(1), client: 2, from: 4, to: 5)
      $0.add(.read(2), client: 2, from: 6, to: 7)
      $0.add(.read(1), client: 2, from: 8, to: 9)
    },
    Row("a write of which nobody knows may have happened", .holds, .holds) {
      $0.add(.write(1), client: 0, from: 0)
      $0.add(.read(absent), client: 1, from: 1, to: 2)
      $0.add(.read(1), client: 1, from: 3, to: 4)
    },
    Row("or not", .holds, .holds) {
      $0.add(.write(1), client: 0, from: 0)
      $0.add(.read(absent), client: 1, from: 1, to: 2)
    },
    Row(
      "but once only", .broken(at: 3, core: [1, 2, 3]), .broken(at: 3, core: [1, 2, 3])
    ) {
      $0.add(.write(1), client: 0, from: 0)
      $0.add(.read(1), client: 1, from: 1, to: 2)
      $0.add(.write(2), client: 1, from: 3, to: 4)
      $0.add(.read(1), client: 1, from: 5, to: 6)
    },
    Row(
      "and not before it was asked for", .broken(at: 0, core: [0]), .holds
    ) {
      $0.add(.read(1), client: 1, from: 0, to: 1)
      $0.add(.write(1), client: 0, from: 2)
    },
    Row("a swap finds what is there", .holds, .holds) {
      $0.add(.write(1), client: 0, from: 0, to: 1)
      $0.add(.swap(1, 2), client: 1, from: 2, to: 3)
      $0.add(.read(2), client: 0, from: 4, to: 5)
    },
    Row(
      "two swaps from one value", .broken(at: 2, core: [1, 2]),
      .broken(at: 2, core: [1, 2])
    ) {
      $0.add(.write(1), client: 0, from: 0, to: 1)
      $0.add(.swap(1, 2), client: 1, from: 2, to: 5)
      $0.add(.swap(1, 3), client: 2, from: 3, to: 6)
    },
    Row("a swap of which nobody knows explains a read", .holds, .holds) {
      $0.add(.write(1), client: 0, from: 0, to: 1)
      $0.add(.swap(1, 2), client: 1, from: 2)
      $0.add(.read(2), client: 0, from: 4, to: 5)
    },
    Row("registers do not mix", .holds, .holds) {
      $0.add(.write(1), client: 0, key: 0, from: 0, to: 1)
      $0.add(.read(absent), client: 0, key: 1, from: 2, to: 3)
    },
    Row(
      "each client misses the other's write: no register shows it alone",
      .broken(at: 2, core: [1, 2]), .broken(at: 3, core: [0, 1, 2, 3])
    ) {
      $0.add(.write(1), client: 0, key: 0, from: 0, to: 2)
      $0.add(.write(1), client: 1, key: 1, from: 1, to: 3)
      $0.add(.read(absent), client: 0, key: 1, from: 4, to: 6)
      $0.add(.read(absent), client: 1, key: 0, from: 5, to: 7)
    },
  ]

  @Test("knows the verdict of", arguments: rows)
  func row(_ row: Row) {
    var history = RegisterHistory()
    row.write(&history)
    #expect(Self.check(.linearizable, history) == row.linearizable)
    #expect(Self.check(.sequential, history) == row.sequential)
  }

  @Test("takes what registers hold at first from its options")
  func initial() {
    var history = RegisterHistory()
    history.add(.read(7), from: 0, to: 1)
    #expect(Self.check(.linearizable, history) == .broken(at: 0, core: [0]))
    #expect(Self.check(.linearizable, history, initial: 7) == .holds)
  }

  @Test("agrees with the obvious check on small histories", arguments: [1, 2])
  func twin(_ keys: Int) {
    var broken = 0
    for seed in 0..<4000 {
      let history = RegisterHistory.drawn(2 + seed % 6, seed: seed, keys: keys)
      let linearizable = NaiveCheck(isByClient: false).holds(history.operations)
      let sequential = NaiveCheck(isByClient: true).holds(history.operations)
      #expect((Self.check(.linearizable, history) == .holds) == linearizable, "seed \(seed)")
      #expect((Self.check(.sequential, history) == .holds) == sequential, "seed \(seed)")
      #expect(!linearizable || sequential, "seed \(seed)")
      if !sequential { broken += 1 }
    }
    #expect(broken > 400 && broken < 3600)
  }

  /// What is named as impossible is so by itself, and nothing in it is superfluous.
  @Test("names calls that cannot be placed, and no more than it takes", arguments: [false, true])
  func core(_ isSequential: Bool) {
    let naive = NaiveCheck(isByClient: isSequential)
    var found = 0
    for seed in 0..<3000 {
      let operations = RegisterHistory.drawn(6, seed: seed, keys: 1).operations
      let check = ConsistencyCheck(
        model: isSequential ? .sequential : .linearizable, options: ConsistencyOptions())
      guard case .broken(let last, let core, _) = check.outcome(of: operations) else { continue }
      found += 1
      let closed = operations.first { $0.call == last }?.closed ?? 0
      let part =
        isSequential
        ? operations
        : operations.filter { $0.opened < closed }.map { $0.upTo(closed) }
      func holds(keeping kept: [Int]) -> Bool {
        naive.holds(part.compactMap { kept.contains($0.call) ? $0 : $0.free })
      }
      #expect(core.contains(last), "seed \(seed)")
      #expect(!holds(keeping: core), "seed \(seed)")
      if isSequential {
        for call in core {
          #expect(holds(keeping: core.filter { $0 != call }), "seed \(seed), call \(call)")
        }
      } else {
        let ends = operations.filter { $0.closed != .max }.sorted { $0.closed < $1.closed }
        let before = ends.prefix { $0.call != last }.map(\.closed).max() ?? -1
        let earlier = operations.filter { $0.opened <= before }.map { $0.upTo(before) }
        #expect(naive.holds(earlier), "seed \(seed): a shorter beginning fails already")
      }
    }
    #expect(found > 500)
  }

  @Test("gives up at its budget, at the same step each time")
  func budget() {
    var history = RegisterHistory()
    for call in 0..<12 {
      history.add(.write(Int64(call)), client: call, from: call, to: 100 + call)
    }
    history.add(.read(0), client: 20, from: 200, to: 201)
    history.add(.read(1), client: 20, from: 202, to: 203)
    #expect(Self.check(.linearizable, history, budget: 1000) == .exhausted)
    #expect(
      Self.check(.linearizable, history, budget: 10_000_000)
        == .broken(at: 13, core: [1, 12, 13]))
  }

  /// Without a search, so within no budget at all: what is there at first, what is written by a call
  /// that may have happened, and what is swapped for such a word can be found, and nothing else.
  @Test("knows without a search what was never there")
  func impossible() {
    for model in [ConsistencyCheck.Model.linearizable, .sequential] {
      var history = RegisterHistory()
      for call in 0..<12 {
        history.add(.write(Int64(call)), client: call, from: call, to: 100 + call)
      }
      history.add(.write(50), client: 13, from: 40)
      history.add(.swap(50, 51), client: 14, from: 41)
      history.add(.swap(51, 52), client: 15, from: 42)
      history.add(.swap(60, 61), client: 16, from: 43)
      history.add(.swap(61, 60), client: 17, from: 44)
      history.add(.read(52), client: 20, from: 50, to: 99)
      #expect(Self.check(model, history, budget: 1_000_000) == .holds)
      #expect(Self.check(model, history, budget: 0) == .exhausted)
      history.add(.read(50), client: 21, key: 1, from: 120, to: 130)
      #expect(Self.check(model, history, budget: 0) == .broken(at: 18, core: [18]))
      #expect(Self.check(model, history, budget: 0, initial: 50) == .exhausted)
      history.add(.swap(60, 1), client: 22, from: 51, to: 90)
      #expect(Self.check(model, history, budget: 0) == .broken(at: 19, core: [19]))
    }
  }

  /// Many registers: one by one they are quickly put in order, all together they are not.
  @Test("finds sequential consistency where there is linearizability, within the same budget")
  func witness() {
    var history = RegisterHistory()
    var turn = 0
    for round in 0..<30 {
      for key in 0..<6 {
        history.add(
          .write(Int64(round % 3)), client: key, key: key, from: turn + key, to: turn + 20 + key)
        history.add(
          .read(Int64(round % 3)), client: 6 + key, key: key, from: turn + 10 + key,
          to: turn + 30 + key)
      }
      turn += 40
    }
    let budget = 20_000
    #expect(Self.check(.linearizable, history, budget: budget) == .holds)
    #expect(Self.check(.sequential, history, budget: budget) == .holds)
  }

  /// A write of each of some registers, then a read, by clients in turn.
  private static func registers(_ count: Int) -> RegisterHistory {
    var history = RegisterHistory()
    for key in 0..<count {
      history.add(.write(1), client: key % 7, key: key, from: 4 * key, to: 4 * key + 1)
      history.add(.read(1), client: key % 5, key: key, from: 4 * key + 2, to: 4 * key + 3)
    }
    return history
  }

  @Test("takes a time that grows with the number of registers, each by itself")
  func manyRegisters() {
    let growth = growth(from: 500, by: 4) { count in
      #expect(Self.check(.linearizable, Self.registers(count), budget: 5 * count + 9) == .holds)
    }
    #expect(growth < 8)
  }

  @Test("names the calls of the register that is wrong, whichever it is")
  func wrongRegister() {
    var history = Self.registers(20)
    history.add(.read(9), client: 1, key: 17, from: 100, to: 101)
    #expect(Self.check(.linearizable, history) == .broken(at: 40, core: [40]))
  }

  @Test("charges what it remembers of many registers at once")
  func memory() {
    var history = Self.registers(300)
    // Without a stale read a linearization would be the witness.
    history.add(.write(1), client: 50, key: 300, from: 5000, to: 5001)
    history.add(.write(2), client: 50, key: 300, from: 5002, to: 5003)
    history.add(.read(1), client: 51, key: 300, from: 5004, to: 5005)
    #expect(Self.check(.sequential, history, budget: 10_000) == .exhausted)
    #expect(Self.check(.sequential, history, budget: 200_000) == .holds)
  }

  @Test("passes long histories with calls of which nobody knows", .timeLimit(.minutes(10)))
  func long() {
    var history = RegisterHistory()
    var random = RandomSource(state: 5)
    var word = Self.absent
    var turn = 0
    for call in 0..<4000 {
      turn += 2
      switch random.below(20) {
      case 0: history.add(.write(Int64(10_000 + call)), client: call, from: turn)
      case 1...6:
        word = Int64(call)
        history.add(.write(word), client: call % 5, from: turn, to: turn + 1)
      default: history.add(.read(word), client: call % 5, from: turn, to: turn + 1)
      }
    }
    #expect(Self.check(.linearizable, history) == .holds)
    history.add(.read(-1), client: 1, from: turn + 2, to: turn + 3)
    let last = history.operations.count - 1
    #expect(
      Self.check(.linearizable, history, budget: 1_000_000) == .broken(at: last, core: [last]))
  }
}

extension RegisterOperation {
  /// The call as one that may have had its effect at any time; nothing if it has none.
  fileprivate var free: RegisterOperation? {
    if closed == .max { return self }
    return relaxed
  }

  /// The call as it was known at a turn.
  fileprivate func upTo(_ turn: Int) -> RegisterOperation {
    guard closed > turn, closed != .max else { return self }
    return RegisterOperation(
      call: call, action: action, key: key, client: client, opened: opened, closed: .max)
  }
}
