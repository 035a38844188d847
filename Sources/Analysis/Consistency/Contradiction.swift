/// Why calls on one register have no order, as a person would put it: a short argument about two
/// values, which holds whatever else was called.
enum Contradiction: Hashable {
  /// A call found what no call leaves and what was not there at the start.
  case unwritten(RegisterOperation)
  /// A call found what only these others leave, none of which can ever have found what it needs.
  case unreached(RegisterOperation, writers: [RegisterOperation])
  /// A call found what was written later only, by this call first.
  case early(RegisterOperation, writer: RegisterOperation)
  /// A call found what another one, which came before it, had found replaced or has replaced; all
  /// that left it came before that. Without writers it was there at the start only.
  case overwritten(RegisterOperation, by: RegisterOperation, writers: [RegisterOperation])
  /// Two values were there once each, and two pairs of calls, in their order, say of each that it
  /// was there before the other.
  case crossed(Pair, Pair)
  /// More calls replaced a value than ever left it.
  case overdrawn([RegisterOperation], writers: [RegisterOperation], isInitial: Bool)

  /// A call that came before another one, and what each found or left.
  struct Pair: Hashable {
    let first: RegisterOperation
    let second: RegisterOperation
    let words: [Int64]
  }

  /// The calls that the argument names, in the order of invocation.
  var calls: [RegisterOperation] {
    let named =
      switch self {
      case .unwritten(let call): [call]
      case .unreached(let call, let writers): [call] + writers
      case .early(let call, let writer): [call, writer]
      case .overwritten(let call, let other, let writers): [call, other] + writers
      case .crossed(let one, let other): [one.first, one.second, other.first, other.second]
      case .overdrawn(let calls, let writers, _): calls + writers
      }
    var known: Set<Int> = []
    return named.filter { known.insert($0.call).inserted }.sorted { $0.opened < $1.opened }
  }
}

/// Looks for a ``Contradiction`` among a few calls that have no order, in view of all calls.
struct ContradictionSearch {
  let model: ConsistencyCheck.Model
  let initial: Int64
  /// All calls of the history.
  let operations: [RegisterOperation]
  /// Those that have no order, without one of which the others had one.
  let core: [RegisterOperation]
  private let possible: PossibleWords

  init(
    _ model: ConsistencyCheck.Model, initial: Int64, _ operations: [RegisterOperation],
    core: [Int]
  ) {
    self.model = model
    self.initial = initial
    self.operations = operations
    possible = PossibleWords(operations, initial: initial)
    let places = Set(core)
    self.core = operations.filter { places.contains($0.call) && $0.isRequired }
  }

  /// Among how many calls a contradiction is looked for at the most.
  private static let limit = 64
  /// How many calls are named at the most that would have left what was never there.
  private static let shownWriters = 3

  /// The first that is found, the simplest kinds first; nil if it takes a longer argument.
  var first: Contradiction? {
    guard core.count <= Self.limit else { return nil }
    for call in core { if let found = unwritten(call) { return found } }
    for call in core { if let found = overwritten(call) { return found } }
    for call in core { if let found = overdrawn(call) { return found } }
    return crossed
  }

  private func precedes(_ first: RegisterOperation, _ second: RegisterOperation) -> Bool {
    first.closed < second.opened && (model == .linearizable || first.client == second.client)
  }

  /// The calls that leave a word, other than one that found it and left it as it was.
  private func writers(of word: Int64, _ key: Int) -> [RegisterOperation] {
    operations.filter { $0.key == key && $0.left == word && $0.wanted != word }
  }

  private func unwritten(_ call: RegisterOperation) -> Contradiction? {
    guard let word = call.wanted, word != initial else { return nil }
    let writers = writers(of: word, call.key).filter { $0.call != call.call }
    guard let first = writers.min(by: { $0.opened < $1.opened }) else { return .unwritten(call) }
    if !possible.contains(word, in: call.key) {
      return .unreached(call, writers: Array(writers.prefix(Self.shownWriters)))
    }
    return writers.allSatisfy { precedes(call, $0) } ? .early(call, writer: first) : nil
  }

  private func overwritten(_ call: RegisterOperation) -> Contradiction? {
    guard let word = call.wanted else { return nil }
    let writers = writers(of: word, call.key).filter { !precedes(call, $0) }
    let others = core.filter { other in
      other.key == call.key && precedes(other, call) && (other.left ?? other.wanted) != word
        && writers.allSatisfy { precedes($0, other) }
    }
    return others.first.map { .overwritten(call, by: $0, writers: writers) }
  }

  private func overdrawn(_ call: RegisterOperation) -> Contradiction? {
    guard let word = call.wanted, call.left ?? word != word else { return nil }
    let takers = core.filter {
      $0.key == call.key && $0.wanted == word && $0.left ?? word != word
    }
    let writers = writers(of: word, call.key)
    let isInitial = word == initial
    guard takers.count > writers.count + (isInitial ? 1 : 0) else { return nil }
    return .overdrawn(takers, writers: writers, isInitial: isInitial)
  }

  private var crossed: Contradiction? {
    let pairs = pairs
    for (place, pair) in pairs.enumerated() {
      let opposite = pairs[..<place].first {
        $0.first.key == pair.first.key && $0.words == pair.words.reversed()
      }
      if let opposite { return .crossed(opposite, pair) }
    }
    return nil
  }

  /// The pairs of calls, one before the other, about two values that were there once each.
  private var pairs: [Contradiction.Pair] {
    var pairs: [Contradiction.Pair] = []
    for first in core {
      for second in core where first.key == second.key && precedes(first, second) {
        for word in words(of: first) {
          for other in words(of: second) where other != word {
            pairs.append(.init(first: first, second: second, words: [word, other]))
          }
        }
      }
    }
    return pairs
  }

  /// What a call found and what it left, as far as it was there once only.
  private func words(of call: RegisterOperation) -> [Int64] {
    var words: [Int64] = []
    for word in [call.wanted, call.left] {
      guard let word, !words.contains(word),
        writers(of: word, call.key).count + (word == initial ? 1 : 0) == 1
      else { continue }
      words.append(word)
    }
    return words
  }
}
