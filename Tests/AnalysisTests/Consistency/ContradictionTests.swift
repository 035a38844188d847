import SystemModel
import Testing

@testable import Analysis

@Suite("Why a history has no order")
struct ContradictionTests {
  private static func search(
    _ model: ConsistencyCheck.Model, _ operations: [RegisterOperation]
  ) -> (core: [Int], found: Contradiction?)? {
    let options = ConsistencyOptions()
    let check = ConsistencyCheck(model: model, options: options)
    guard case .broken(_, let core, _) = check.outcome(of: operations) else { return nil }
    let search = ContradictionSearch(model, initial: options.initial, operations, core: core)
    return (core, search.first)
  }

  struct Row: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let calls: [Int]
    let kind: String
    let write: @Sendable (inout RegisterHistory) -> Void

    init(
      _ name: String, _ kind: String, naming calls: [Int],
      write: @escaping @Sendable (inout RegisterHistory) -> Void
    ) {
      testDescription = name
      self.kind = kind
      self.calls = calls
      self.write = write
    }
  }

  static let rows: [Row] = [
    Row("a word that nobody wrote", "unwritten", naming: [1]) {
      $0.add(.write(1), client: 0, from: 0, to: 1)
      $0.add(.read(9), client: 1, from: 2, to: 3)
    },
    Row("a word that only a swap leaves which never found its own", "unreached", naming: [0, 1]) {
      $0.add(.swap(2, 3), client: 0, from: 0)
      $0.add(.read(3), client: 1, from: 2, to: 3)
    },
    Row("a word of the future", "early", naming: [0, 1]) {
      $0.add(.read(1), client: 1, from: 0, to: 1)
      $0.add(.write(1), client: 0, from: 2, to: 3)
    },
    Row("a stale read of the start", "overwritten", naming: [0, 1]) {
      $0.add(.write(1), client: 0, from: 0, to: 1)
      $0.add(.read(RegisterHistory.absent), client: 1, from: 2, to: 3)
    },
    Row("a lost write, with the one it replaced", "overwritten", naming: [0, 1, 2]) {
      $0.add(.write(1), client: 0, from: 0, to: 1)
      $0.add(.write(2), client: 1, from: 2, to: 3)
      $0.add(.read(1), client: 2, from: 4, to: 5)
    },
    Row("the new value, then the old one, of a write that is open", "overwritten", naming: [1, 2]) {
      $0.add(.write(1), client: 0, from: 0)
      $0.add(.read(1), client: 1, from: 1, to: 2)
      $0.add(.read(RegisterHistory.absent), client: 2, from: 3, to: 4)
    },
    Row("a word that came back", "crossed", naming: [1, 2, 3]) {
      $0.add(.write(1), client: 0, from: 0)
      $0.add(.read(1), client: 1, from: 1, to: 2)
      $0.add(.write(2), client: 1, from: 3, to: 4)
      $0.add(.read(1), client: 1, from: 5, to: 6)
    },
    Row("two swaps of one word", "overdrawn", naming: [0, 1, 2]) {
      $0.add(.write(1), client: 0, from: 0, to: 1)
      $0.add(.swap(1, 2), client: 1, from: 2, to: 5)
      $0.add(.swap(1, 3), client: 2, from: 3, to: 6)
    },
  ]

  @Test("has a kind and names the calls that it takes", arguments: rows)
  func kinds(_ row: Row) throws {
    var history = RegisterHistory()
    row.write(&history)
    let found = try #require(Self.search(.linearizable, history.operations)?.found)
    #expect("\(found)".hasPrefix(row.kind))
    #expect(found.calls.map(\.call) == row.calls)
  }

  /// What is said to contradict each other does so whatever else was called: it is impossible with
  /// all other writes at the time of their choice, or never.
  @Test("is true, and there is one for most histories", arguments: [false, true], [1, 2])
  func twin(_ isSequential: Bool, _ keys: Int) {
    let naive = NaiveCheck(isByClient: isSequential)
    var broken = 0
    var explained = 0
    for seed in 0..<4000 {
      let operations = RegisterHistory.drawn(2 + seed % 6, seed: seed, keys: keys).operations
      guard let (_, found) = Self.search(isSequential ? .sequential : .linearizable, operations)
      else { continue }
      broken += 1
      guard let found else { continue }
      explained += 1
      let named = Set(found.calls.map(\.call))
      let part = operations.compactMap { operation -> RegisterOperation? in
        if named.contains(operation.call) { return operation }
        guard operation.left != nil else { return nil }
        return RegisterOperation(
          call: operation.call, action: operation.action, key: operation.key,
          client: operation.client, opened: operation.opened, closed: .max)
      }
      #expect(!naive.holds(part), "seed \(seed): \(found)")
    }
    #expect(explained * 10 > broken * 9, "\(explained) of \(broken)")
  }
}
