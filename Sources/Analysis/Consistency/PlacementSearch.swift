/// Looks for an order of calls in which every read returns what the last write before it wrote.
///
/// The order must keep that of each *lane*: a call that was over before another one of its lane
/// began comes first. With all calls in one lane that is linearizability, with a lane for each
/// client sequential consistency.
///
/// Source: Wing and Gong, "Testing and Verifying Concurrent Objects" (1993), with the memory of
/// Lowe, "Testing for Linearizability" (2017), section 4: a set of placed calls with the same
/// values in the registers is tried once. Two rules cut it short. A read that may come next does,
/// since it changes nothing. A call that need not have happened comes only right before one that
/// finds what it left: another order would do as well without it.
struct PlacementSearch {
  /// What a search came to.
  enum Outcome: Sendable, Hashable {
    /// There is an order.
    case placed
    /// There is none: as far as any order goes, these calls, one a lane, could not follow.
    case stuck([Int])
    /// More steps were needed than there were.
    case exhausted
  }

  /// A placed call, and how to take it back.
  private struct Frame {
    let operation: Int
    /// What was in its register before.
    let word: Int64
    /// Whether nothing else needs to be tried in its place.
    let isForced: Bool
  }

  /// Those that have happened by their invocation, then the others likewise.
  private let operations: [RegisterOperation]
  private let requiredCount: Int
  private let laneCount: Int
  /// The lane of each operation.
  private var laneOf: [Int]
  /// The writes that need not have happened, by what they leave and where, in order of invocation.
  /// They stand in no lane: only where their word is awaited are they of any use.
  private var spares: [Awaited: [Int]] = [:]
  /// For each beginning (twice the operation) and each end (one more), then each lane, which entry
  /// comes next in its lane and which before, of those that are not placed; -1 at the ends.
  private var next: [Int]
  private var previous: [Int]
  /// The words in the registers.
  private var words: [Int64]
  /// Which operations are placed, a bit each.
  private var placed: [UInt64]
  private var placedRequired = 0
  private var frames: [Frame] = []
  private var seen: Set<[UInt64]> = []
  private var candidates: [Int] = []
  /// How often candidates were looked for, and when each spare was last one.
  private var turn = 0
  private var lastTurn: [Int]
  /// What ends next in each lane of what is not placed, by its place among beginnings and ends.
  private var edges: [Int]
  /// The ends that nothing may be placed beyond, one a lane at the most.
  private var blocking: [Int] = []
  /// How far the search has come, and what it could not place there.
  private var furthest = -1
  private var stuck: [Int] = []

  /// A word that a register must hold for some call to come next.
  private struct Awaited: Hashable {
    let key: Int
    let word: Int64
  }

  /// A search; with `byClient` each client has its own lane, else there is one.
  init(_ unordered: [RegisterOperation], keyCount: Int, initial: Int64, byClient: Bool) {
    let required = unordered.filter(\.isRequired).sorted { $0.opened < $1.opened }
    let others = unordered.filter { !$0.isRequired }.sorted { $0.opened < $1.opened }
    operations = required + others
    requiredCount = required.count
    words = Array(repeating: initial, count: keyCount)
    placed = Array(repeating: 0, count: (operations.count + 63) / 64)

    let clients = Set(operations.map(\.client)).sorted()
    laneCount = byClient ? clients.count : 1
    next = Array(repeating: -1, count: 2 * operations.count + laneCount)
    previous = next
    edges = Array(repeating: .max, count: laneCount)
    lastTurn = Array(repeating: 0, count: operations.count)
    var laneOfClient: [Int: Int] = [:]
    for (lane, client) in clients.enumerated() { laneOfClient[client] = byClient ? lane : 0 }
    laneOf = operations.map { laneOfClient[$0.client] ?? 0 }

    var lanes: [[(at: Int, entry: Int)]] = Array(repeating: [], count: laneCount)
    for (place, operation) in operations.enumerated() {
      if isSpare(place), let left = operation.left {
        spares[Awaited(key: operation.key, word: left), default: []].append(place)
        continue
      }
      lanes[laneOf[place]].append((operation.opened, 2 * place))
      if operation.isRequired { lanes[laneOf[place]].append((operation.closed, 2 * place + 1)) }
    }
    for (lane, entries) in lanes.enumerated() {
      var last = 2 * operations.count + lane
      for (_, entry) in entries.sorted(by: { ($0.at, $0.entry) < ($1.at, $1.entry) }) {
        next[last] = entry
        previous[entry] = last
        last = entry
      }
    }
  }

  /// Searches; takes a step of the budget for each call that it looks at, and for what it remembers,
  /// so that the budget bounds time and memory.
  mutating func run(budget: inout Int) -> Outcome {
    var last = -1
    while placedRequired < requiredCount {
      gather()
      budget -= candidates.count + laneCount
      if budget < 0 { return .exhausted }
      if last < 0 {
        note()
        if let read = candidates.first(where: { isRead($0) && isLegal($0) }) {
          place(read, isForced: true)
          continue
        }
      }
      let choice = choose(after: last, &budget)
      if budget < 0 { return .exhausted }
      if let choice {
        place(choice, isForced: false)
        last = -1
      } else if let back = takeBack() {
        last = back
      } else {
        return .stuck(stuck.map { operations[$0].call })
      }
    }
    return .placed
  }

  /// Finds the calls that may come next, and what blocks all others.
  private mutating func gather() {
    candidates.removeAll(keepingCapacity: true)
    blocking.removeAll(keepingCapacity: true)
    turn += 1
    for lane in 0..<laneCount {
      var entry = next[2 * operations.count + lane]
      while entry >= 0, entry & 1 == 0 {
        candidates.append(entry >> 1)
        entry = next[entry]
      }
      if entry >= 0 { blocking.append(entry >> 1) }
      edges[lane] = entry >= 0 ? operations[entry >> 1].closed : .max
    }
    for index in candidates.indices { gatherSpare(for: candidates[index]) }
    candidates.sort()
  }

  /// Finds a write that need not have happened and leaves what a call awaits. Of several that do,
  /// one is as good as another from now on.
  private mutating func gatherSpare(for place: Int) {
    let operation = operations[place]
    guard let wanted = operation.wanted, wanted != words[operation.key],
      let writes = spares[Awaited(key: operation.key, word: wanted)],
      let spare = writes.first(where: {
        !isPlaced($0) && operations[$0].opened < edges[laneOf[$0]]
      }), lastTurn[spare] != turn
    else { return }
    lastTurn[spare] = turn
    candidates.append(spare)
  }

  /// Whether an operation is a write that need not have happened.
  private func isSpare(_ place: Int) -> Bool {
    place >= requiredCount && operations[place].wanted == nil
  }

  private func isPlaced(_ place: Int) -> Bool {
    placed[place >> 6] & 1 << UInt64(place & 63) != 0
  }

  /// Remembers what is blocked if the search has never come so far.
  private mutating func note() {
    let reached =
      laneCount == 1 ? blocking.first.map { operations[$0].closed } ?? 0 : placedRequired
    guard reached > furthest else { return }
    furthest = reached
    stuck = blocking
  }

  private func isRead(_ place: Int) -> Bool { operations[place].left == nil }

  private func isLegal(_ place: Int) -> Bool {
    let operation = operations[place]
    return operation.wanted == nil || operation.wanted == words[operation.key]
  }

  /// The next call to try that leads to what was not tried before.
  private mutating func choose(after last: Int, _ budget: inout Int) -> Int? {
    for place in candidates where place > last && !isRead(place) && isLegal(place) {
      if place >= requiredCount, !isAwaited(place) { continue }
      if budget < 0 { return nil }
      if isNew(with: place, &budget) { return place }
    }
    return nil
  }

  /// Whether some call that may come next finds what a call leaves.
  private func isAwaited(_ place: Int) -> Bool {
    let (key, left) = (operations[place].key, operations[place].left)
    return candidates.contains {
      $0 != place && operations[$0].key == key && operations[$0].wanted == left
    }
  }

  /// How many words of a state are remembered without a charge of their own: those of one register
  /// and of calls that are close to each other.
  private static let freeWords = 3

  /// Whether what comes of placing a call was not tried before; from now on it was.
  private mutating func isNew(with place: Int, _ budget: inout Int) -> Bool {
    let operation = operations[place]
    placed[place >> 6] |= 1 << UInt64(place & 63)
    defer { placed[place >> 6] &= ~(1 << UInt64(place & 63)) }
    // What is placed is mostly a beginning of all: only what differs from that is kept.
    let full = placed.firstIndex { $0 != .max } ?? placed.count
    let end = (placed.lastIndex { $0 != 0 } ?? -1) + 1
    var key: [UInt64] = [UInt64(full)]
    key.reserveCapacity(1 + words.count + max(end - full, 0))
    for (register, word) in words.enumerated() {
      let now = register == operation.key ? operation.left ?? word : word
      key.append(UInt64(bitPattern: now))
    }
    if full < end { key += placed[full..<end] }
    budget -= max(0, key.count - Self.freeWords)
    return seen.insert(key).inserted
  }

  private mutating func place(_ place: Int, isForced: Bool) {
    let operation = operations[place]
    frames.append(Frame(operation: place, word: words[operation.key], isForced: isForced))
    if let left = operation.left { words[operation.key] = left }
    placed[place >> 6] |= 1 << UInt64(place & 63)
    if !isSpare(place) { unlink(2 * place) }
    if operation.isRequired {
      placedRequired += 1
      unlink(2 * place + 1)
    }
  }

  /// Takes back the last call in whose place another may be tried, with all after it.
  private mutating func takeBack() -> Int? {
    while let frame = frames.popLast() {
      let operation = operations[frame.operation]
      if operation.isRequired {
        placedRequired -= 1
        link(2 * frame.operation + 1)
      }
      if !isSpare(frame.operation) { link(2 * frame.operation) }
      placed[frame.operation >> 6] &= ~(1 << UInt64(frame.operation & 63))
      words[operation.key] = frame.word
      if !frame.isForced { return frame.operation }
    }
    return nil
  }

  private mutating func unlink(_ entry: Int) {
    next[previous[entry]] = next[entry]
    if next[entry] >= 0 { previous[next[entry]] = previous[entry] }
  }

  private mutating func link(_ entry: Int) {
    next[previous[entry]] = entry
    if next[entry] >= 0 { previous[next[entry]] = entry }
  }
}
