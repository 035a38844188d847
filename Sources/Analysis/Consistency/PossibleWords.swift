/// The words that registers may ever hold, whatever the order of the calls: what is there at the
/// start, what a write leaves, and what a swap leaves that finds such a word.
struct PossibleWords {
  private struct Held: Hashable {
    let key: Int
    let word: Int64
  }

  private let initial: Int64
  private var held: Set<Held> = []

  /// The words of some calls; each call is looked at once.
  init(_ operations: [RegisterOperation], initial: Int64) {
    self.initial = initial
    var fresh: [Held] = []
    var swaps: [Held: [Held]] = [:]
    for operation in operations {
      guard let left = operation.left else { continue }
      let next = Held(key: operation.key, word: left)
      if let wanted = operation.wanted, wanted != initial {
        swaps[Held(key: operation.key, word: wanted), default: []].append(next)
      } else {
        fresh.append(next)
      }
    }
    while let next = fresh.popLast() {
      guard held.insert(next).inserted else { continue }
      fresh += swaps.removeValue(forKey: next) ?? []
    }
  }

  /// Whether a register may hold a word at some time.
  func contains(_ word: Int64, in key: Int) -> Bool {
    word == initial || held.contains(Held(key: key, word: word))
  }

  /// Of the calls that have happened and found what was never there, the one that ended first.
  func firstImpossible(of operations: [RegisterOperation]) -> RegisterOperation? {
    var first: RegisterOperation?
    for operation in operations where operation.isRequired {
      guard let wanted = operation.wanted, !contains(wanted, in: operation.key),
        operation.closed < first?.closed ?? .max
      else { continue }
      first = operation
    }
    return first
  }
}
