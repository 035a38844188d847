public import SystemModel

/// How much a check of a history may do, and what registers hold at first.
public struct ConsistencyOptions: Sendable, Hashable {
  /// How many steps are taken at the most before the check gives up, one for each placement of a call
  /// that is tried and for each word beyond three of a state that is remembered; as many again to
  /// narrow a violation down.
  public var budget: Int
  /// The word that every register holds before the first write.
  public var initial: Int64

  /// The budget where the scenario has none.
  public static let defaultBudget = 5_000_000

  /// Options.
  public init(budget: Int = ConsistencyOptions.defaultBudget, initial: Int64 = WordType.absent) {
    self.budget = budget
    self.initial = initial
  }
}

/// Whether the calls of a run have an order that explains what they returned.
struct ConsistencyCheck {
  /// Which orders are good enough.
  enum Model {
    /// Each call at an instant between its invocation and its end.
    case linearizable
    /// The calls of each client in the order in which it made them.
    case sequential
  }

  /// What a check came to.
  enum Outcome: Hashable {
    /// There is an order.
    case holds
    /// There is none for the calls up to this one, which cannot be placed; nor for these alone,
    /// which are in the order of invocation. They are `tight` if there is one for them without any
    /// one of them.
    case broken(at: Int, core: [Int], isTight: Bool = true)
    /// Nobody knows: the budget was spent.
    case exhausted
  }

  let model: Model
  private(set) var options: ConsistencyOptions

  init(model: Model, options: ConsistencyOptions) {
    self.model = model
    self.options = options
  }

  /// Checks calls; of all registers at once, unless each can be looked at by itself.
  ///
  /// What was never there needs no search. An order that is good enough for linearizability is for
  /// sequential consistency too, and quicker to find: it is looked for first, with a budget of its
  /// own.
  func outcome(of operations: [RegisterOperation]) -> Outcome {
    var steps = 0
    return outcome(of: operations, steps: &steps)
  }

  /// The same, with the steps that it took to look for an order.
  func outcome(of operations: [RegisterOperation], steps: inout Int) -> Outcome {
    let words = PossibleWords(operations, initial: options.initial)
    if let call = words.firstImpossible(of: operations) {
      let earlier = outcome(before: call, of: operations, &steps)
      if case .broken = earlier { return earlier }
      return .broken(at: call.call, core: [call.call])
    }
    if model == .sequential, isLinearizable(operations, &steps) { return .holds }
    return placement(of: operations, &steps)
  }

  /// Whether the calls before the end of one that is broken have no order either, of which a look
  /// with a tenth of the budget is taken. Sequential consistency knows no before.
  private func outcome(
    before last: RegisterOperation, of operations: [RegisterOperation], _ steps: inout Int
  ) -> Outcome {
    guard model == .linearizable else { return .holds }
    var check = self
    check.options.budget /= 10
    return check.placement(of: beginning(of: operations, before: last), &steps)
  }

  private func isLinearizable(_ operations: [RegisterOperation], _ steps: inout Int) -> Bool {
    let check = ConsistencyCheck(model: .linearizable, options: options)
    var budget = options.budget
    defer { steps = options.budget - max(budget, 0) }
    return check.parts(operations).allSatisfy { check.search($0, &budget) == .placed }
  }

  private func placement(of operations: [RegisterOperation], _ steps: inout Int) -> Outcome {
    var budget = options.budget
    defer { steps = options.budget - max(budget, 0) }
    var wasExhausted = false
    var found: (part: [RegisterOperation], stuck: [Int], closed: Int)?
    for part in parts(operations) {
      switch search(part, &budget) {
      case .placed: continue
      case .exhausted: wasExhausted = true
      case .stuck(let stuck):
        let calls = Set(stuck)
        let closed = part.filter { calls.contains($0.call) }.map(\.closed).max() ?? 0
        if closed < found?.closed ?? .max { found = (part, stuck, closed) }
      }
    }
    if let found { return broken(found.part, found.stuck) }
    return wasExhausted ? .exhausted : .holds
  }

  /// A history is linearizable if that of each register is (Herlihy and Wing, theorem 1); that of
  /// sequential consistency says nothing about registers one by one.
  private func parts(_ operations: [RegisterOperation]) -> [[RegisterOperation]] {
    guard model == .linearizable else { return [operations] }
    var parts: [[RegisterOperation]] = []
    for operation in operations {
      while parts.count <= operation.key { parts.append([]) }
      parts[operation.key].append(operation.asIfAlone)
    }
    return parts
  }

  private func search(
    _ operations: [RegisterOperation], _ budget: inout Int
  ) -> PlacementSearch.Outcome {
    var search = PlacementSearch(
      operations, keyCount: (operations.map(\.key).max() ?? 0) + 1, initial: options.initial,
      byClient: model == .sequential)
    return search.run(budget: &budget)
  }

  /// The calls that were made before the end of one of them, without it; what is open then may
  /// happen.
  private func beginning(
    of operations: [RegisterOperation], before last: RegisterOperation
  ) -> [RegisterOperation] {
    operations.filter { $0.opened < last.closed && $0.call != last.call }
      .map { $0.closed < last.closed ? $0 : $0.reopened }
      .filter { $0.isRequired || $0.left != nil }
  }

  /// Narrows a violation down: which calls can be let off without making the rest possible.
  private func broken(_ part: [RegisterOperation], _ stuck: [Int]) -> Outcome {
    var calls = part
    if model == .linearizable, let last = part.first(where: { $0.call == stuck.first }) {
      // The shortest beginning of the history that fails already; what is open then may happen.
      calls = part.filter { $0.opened < last.closed }.map { call in
        call.closed <= last.closed ? call : call.reopened
      }.filter { $0.isRequired || $0.left != nil }
    }
    var budget = options.budget
    let core = core(of: calls, keeping: model == .linearizable ? stuck : [], &budget)
    let last = core.max { $0.closed < $1.closed }
    return .broken(
      at: last?.call ?? stuck.first ?? 0, core: core.map(\.call), isTight: budget >= 0)
  }

  /// The calls of which none can be let off, found by letting off halves, quarters and so on.
  private func core(
    of calls: [RegisterOperation], keeping kept: [Int], _ budget: inout Int
  ) -> [RegisterOperation] {
    var core = calls.filter(\.isRequired).sorted { $0.opened < $1.opened }
    var others = calls.filter { !$0.isRequired }
    var size = max(core.count / 2, 1)
    while true {
      var start = 0
      while start < core.count {
        let end = min(start + size, core.count)
        let letOff = core[start..<end].filter { !kept.contains($0.call) }
        let stays = core[start..<end].filter { kept.contains($0.call) }
        let rest = core[..<start] + stays + core[end...]
        let relaxed = others + letOff.compactMap(\.relaxed)
        if letOff.isEmpty {
          start = end
        } else if case .stuck = search(rest + relaxed, &budget) {
          core = Array(rest)
          others = relaxed
          start += stays.count
        } else if budget < 0 {
          return core
        } else {
          start = end
        }
      }
      if size == 1 { return core }
      size = max(size / 2, 1)
    }
  }
}

extension RegisterOperation {
  /// The call as it was before it was over.
  fileprivate var reopened: RegisterOperation {
    RegisterOperation(
      call: call, action: action, key: key, client: client, opened: opened, closed: .max)
  }

  /// The call as it is where there is no other register: a search is as large as their number.
  fileprivate var asIfAlone: RegisterOperation {
    RegisterOperation(
      call: call, action: action, key: 0, client: client, opened: opened, closed: closed)
  }
}

extension CallHistory {
  /// The calls on registers that matter to an order: those that happened, and those that may have
  /// and changed something.
  func registerOperations(_ words: RegisterWords) -> [RegisterOperation] {
    var keys: [Int64: Int] = [:]
    var operations: [RegisterOperation] = []
    for (place, call) in calls.enumerated() {
      guard let (key, action) = words.action(of: call), call.outcome != .fail else { continue }
      let isKnown = call.outcome == .ok
      if case .read = action, !isKnown { continue }
      let number = keys[key] ?? keys.count
      keys[key] = number
      operations.append(
        RegisterOperation(
          call: place, action: action, key: number, client: Int(call.client),
          opened: call.opened, closed: isKnown ? call.closed : .max))
    }
    return operations
  }
}

/// Where the calls of a protocol of registers say what they do.
struct RegisterWords: Sendable {
  private let read, write, swap: Int?
  /// The places of their arguments, -1 where there is none: `key` of each, then the values.
  private let readKey, writeKey, swapKey, written, expected, replacing: Int

  init(_ description: ProtocolDescription) {
    func place(_ name: String) -> Int? { description.calls.firstIndex { $0.name == name } }
    func argument(_ name: String, of call: Int?) -> Int {
      guard let call else { return -1 }
      return description.calls[call].arguments.firstIndex { $0.name == name } ?? -1
    }
    read = place("read")
    write = place("write")
    swap = place("cas")
    readKey = argument("key", of: read)
    writeKey = argument("key", of: write)
    swapKey = argument("key", of: swap)
    written = argument("value", of: write)
    expected = argument("from", of: swap)
    replacing = argument("to", of: swap)
  }

  /// The register of a call and what it does to it; nil if it is about something else.
  func action(of call: CallHistory.Call) -> (key: Int64, action: RegisterOperation.Action)? {
    func word(_ place: Int) -> Int64 {
      switch place {
      case 0: call.arguments.0
      case 1: call.arguments.1
      case 2: call.arguments.2
      default: WordType.absent
      }
    }
    switch Int(call.kind) {
    case read: return (word(readKey), .read(call.value))
    case write: return (word(writeKey), .write(word(written)))
    case swap: return (word(swapKey), .swap(word(expected), word(replacing)))
    default: return nil
    }
  }
}
