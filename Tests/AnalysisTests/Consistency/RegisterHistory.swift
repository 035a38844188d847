import SystemModel

@testable import Analysis

/// Calls on registers, written by hand or drawn.
struct RegisterHistory {
  private(set) var operations: [RegisterOperation] = []

  static let absent = WordType.absent

  /// Adds a call of a client from one turn to another; without an end nobody knows whether it
  /// happened.
  mutating func add(
    _ action: RegisterOperation.Action, client: Int = 0, key: Int = 0, from opened: Int,
    to closed: Int = .max
  ) {
    operations.append(
      RegisterOperation(
        call: operations.count, action: action, key: key, client: client, opened: opened,
        closed: closed))
  }

  /// A history of up to so many calls of a few values by a few clients, one call a client at once.
  static func drawn(_ count: Int, seed: Int, keys: Int) -> RegisterHistory {
    var random = RandomSource(state: UInt64(seed))
    var history = RegisterHistory()
    var open: [(client: Int, action: RegisterOperation.Action, key: Int, at: Int)] = []
    var turn = 0
    func word() -> Int64 { Int64(random.below(3)) }
    while history.operations.count + open.count < count || !open.isEmpty {
      turn += 1
      let client = Int(random.below(3))
      if let place = open.firstIndex(where: { $0.client == client }) {
        let call = open.remove(at: place)
        let isKnown = random.below(5) > 0
        if case .read = call.action, !isKnown { continue }
        history.add(
          call.action, client: client, key: call.key, from: call.at, to: isKnown ? turn : .max)
      } else if history.operations.count + open.count < count {
        let key = Int(random.below(UInt64(keys)))
        let action: RegisterOperation.Action =
          switch random.below(5) {
          case 0, 1: .write(word())
          case 2: .swap(word(), word())
          default: .read(random.below(6) == 0 ? absent : word())
          }
        open.append((client, action, key, turn))
      } else {
        continue
      }
    }
    return history
  }
}

/// The obvious check: every order of every choice of calls.
struct NaiveCheck {
  let isByClient: Bool

  func holds(_ operations: [RegisterOperation]) -> Bool {
    extends([:], operations)
  }

  private func extends(_ words: [Int: Int64], _ rest: [RegisterOperation]) -> Bool {
    if rest.allSatisfy({ $0.closed == .max }) { return true }
    for (place, next) in rest.enumerated() {
      let mustWait = rest.contains {
        $0.closed < next.opened && (!isByClient || $0.client == next.client)
      }
      let word = words[next.key] ?? WordType.absent
      if mustWait || next.wanted.map({ $0 != word }) ?? false { continue }
      var after = words
      after[next.key] = next.left ?? word
      var others = rest
      others.remove(at: place)
      if extends(after, others) { return true }
    }
    return false
  }
}
