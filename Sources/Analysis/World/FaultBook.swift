import SystemModel

/// What each fault does and did: its windows, its targets, and its ledger.
struct FaultBook: Sendable {
  /// A fault of the plan.
  struct Entry: Sendable {
    /// How many of its bindings act.
    var active = 0
    /// How often it fired.
    var fired = 0
    /// The nodes that it bound last.
    var targets: [NodeID] = []
    var windows: [FaultResult.Window] = []
    /// The bindings of the windows that have not ended, with the places of the windows.
    var open: [(binding: Int, window: Int)] = []
    /// What each binding that acts has bound.
    var bound: [(binding: Int64, nodes: [NodeID])] = []
    var ledger = FaultResult.Ledger()
    /// When it fired first; -1 before.
    var firstFired: Int64 = -1
  }

  /// A node that a fault keeps from working as it should.
  private struct Grip: Sendable {
    enum Kind: Sendable { case down, paused, slow }

    let kind: Kind
    let node: NodeID
    let fault: Int32
    /// Since when the node loses time; -1 for a slow node that handles nothing.
    var since: Int64
  }

  private(set) var entries: [Entry]
  /// The grips of all faults on all nodes, in the order in which they began.
  private var grips: [Grip] = []
  /// Whether each fault puts right what others did.
  private let isRepair: [Bool]

  /// How many windows a fault's result keeps.
  static let windowLimit = 1000

  init(_ schema: WorldSchema) {
    entries = schema.faults.map { _ in Entry() }
    isRepair = schema.faults.map(\.action.isMomentary)
  }

  mutating func reset() {
    for place in entries.indices { entries[place] = Entry() }
    grips.removeAll(keepingCapacity: true)
  }

  mutating func start(_ record: TraceRecord, targets: [NodeID]) {
    let fault = Int(record.fault)
    entries[fault].fired += 1
    entries[fault].active += 1
    entries[fault].targets = targets
    if !targets.isEmpty { entries[fault].bound.append((record.id, targets)) }
    if entries[fault].firstFired < 0 { entries[fault].firstFired = record.at }
    guard entries[fault].windows.count < FaultBook.windowLimit else { return }
    entries[fault].open.append((Int(record.id), entries[fault].windows.count))
    entries[fault].windows.append(.init(start: record.instant, end: nil, targets: targets))
  }

  /// A fault ceases to act; `first` of the record is the fault that healed it, if one did.
  mutating func end(_ record: TraceRecord) {
    let fault = Int(record.fault)
    entries[fault].active = max(0, entries[fault].active - 1)
    unbind(record)
    if let place = entries[fault].open.firstIndex(where: { $0.binding == Int(record.id) }) {
      entries[fault].windows[entries[fault].open[place].window].end = record.instant
      entries[fault].open.remove(at: place)
    }
    if record.first != Int64(fault) { repair(by: Int32(truncatingIfNeeded: record.first)) }
  }

  /// The nodes of a binding are free of its fault, unless another binding of it has them too.
  private mutating func unbind(_ record: TraceRecord) {
    let fault = Int(record.fault)
    guard let place = entries[fault].bound.firstIndex(where: { $0.binding == record.id }) else {
      return
    }
    let nodes = entries[fault].bound.remove(at: place).nodes
    let others = entries[fault].bound
    loosen(at: record.at) { grip in
      grip.fault == record.fault && grip.kind != .slow && nodes.contains(grip.node)
        && !others.contains { $0.nodes.contains(grip.node) }
    }
  }

  /// Enters what happened to a message into the ledger of the fault that did it.
  mutating func touch(_ record: TraceRecord) {
    let fault = Int(record.fault)
    guard entries.indices.contains(fault) else { return }
    switch record.kind {
    case .dropped: entries[fault].ledger.dropped += 1
    case .held: entries[fault].ledger.held += 1
    case .delayed: entries[fault].ledger.delayed += 1
    case .duplicated: entries[fault].ledger.duplicated += 1
    default: break
    }
  }

  mutating func crash(_ record: TraceRecord) { grip(.down, record, since: record.at) }

  mutating func pause(_ record: TraceRecord) { grip(.paused, record, since: record.at) }

  mutating func slow(_ record: TraceRecord, handling: Int64) {
    grip(.slow, record, since: handling > 0 ? record.at : -1)
  }

  /// A node starts again, and no fault keeps it down any more.
  mutating func restart(_ record: TraceRecord) {
    loosen(at: record.at) { $0.node == record.from && $0.kind == .down }
    repair(by: record.fault)
  }

  /// A node goes on, and no fault makes it stand still any more.
  mutating func resume(_ record: TraceRecord) {
    loosen(at: record.at) { $0.node == record.from && $0.kind == .paused }
    repair(by: record.fault)
  }

  mutating func unslow(_ record: TraceRecord) {
    loosen(at: record.at) {
      $0.node == record.from && $0.kind == .slow && $0.fault == record.fault
    }
  }

  /// The number of messages in handling at a node has changed: a slow one loses time meanwhile.
  mutating func handle(_ record: TraceRecord) {
    for place in grips.indices where grips[place].kind == .slow && grips[place].node == record.from
    {
      if record.first > 0, grips[place].since < 0 {
        grips[place].since = record.at
      } else if record.first == 0, grips[place].since >= 0 {
        lose(record.at - grips[place].since, by: grips[place].fault)
        grips[place].since = -1
      }
    }
  }

  /// A call ended without `ok`: the fault that keeps its node down has touched it.
  mutating func touchCall(at node: NodeID) {
    guard let grip = grips.first(where: { $0.kind == .down && $0.node == node }),
      entries.indices.contains(Int(grip.fault))
    else { return }
    entries[Int(grip.fault)].ledger.callsTouched += 1
  }

  /// Enters the time that nodes are still losing when the run ends.
  mutating func close(at end: Int64) { loosen(at: end) { _ in true } }

  private mutating func grip(_ kind: Grip.Kind, _ record: TraceRecord, since: Int64) {
    let isHeld = grips.contains {
      $0.kind == kind && $0.node == record.from && $0.fault == record.fault
    }
    guard !isHeld else { return }
    grips.append(Grip(kind: kind, node: record.from, fault: record.fault, since: since))
  }

  private mutating func loosen(at instant: Int64, where isMeant: (Grip) -> Bool) {
    guard !grips.isEmpty else { return }
    for grip in grips where isMeant(grip) && grip.since >= 0 {
      lose(instant - grip.since, by: grip.fault)
    }
    grips.removeAll(where: isMeant)
  }

  private mutating func lose(_ time: Int64, by fault: Int32) {
    guard entries.indices.contains(Int(fault)) else { return }
    let lost = Duration(nanoseconds: entries[Int(fault)].ledger.nodeTimeLost)
    entries[Int(fault)].ledger.nodeTimeLost = lost.adding(time).nanoseconds
  }

  private mutating func repair(by fault: Int32) {
    guard entries.indices.contains(Int(fault)), isRepair[Int(fault)] else { return }
    entries[Int(fault)].ledger.repaired += 1
  }
}
