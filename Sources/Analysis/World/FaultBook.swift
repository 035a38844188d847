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
    var ledger = FaultResult.Ledger()
    /// When it fired first; -1 before.
    var firstFired: Int64 = -1
  }

  private(set) var entries: [Entry]
  /// For each node the fault that keeps it down, paused or slow; -1 where none does.
  private var downBy: ContiguousArray<Int32>
  private var pausedBy: ContiguousArray<Int32>
  private var slowedBy: ContiguousArray<Int32>
  private var downSince: ContiguousArray<Int64>
  private var pausedSince: ContiguousArray<Int64>
  /// Since when a slow node handles messages; -1 while it does not.
  private var slowSince: ContiguousArray<Int64>
  /// Whether each fault puts right what others did.
  private let isRepair: [Bool]

  /// How many windows a fault's result keeps.
  static let windowLimit = 1000

  init(_ schema: WorldSchema) {
    entries = schema.faults.map { _ in Entry() }
    isRepair = schema.faults.map {
      switch $0.action {
      case .heal, .restart, .resume: true
      case .cut, .crash, .pause, .slow, .link: false
      }
    }
    // Without faults nobody asks.
    let count = schema.faults.isEmpty ? 0 : schema.nodeCount
    downBy = ContiguousArray(repeating: -1, count: count)
    pausedBy = downBy
    slowedBy = downBy
    downSince = ContiguousArray(repeating: 0, count: count)
    pausedSince = downSince
    slowSince = ContiguousArray(repeating: -1, count: count)
  }

  mutating func reset() {
    for place in entries.indices { entries[place] = Entry() }
    for node in downBy.indices {
      downBy[node] = -1
      pausedBy[node] = -1
      slowedBy[node] = -1
      slowSince[node] = -1
    }
  }

  mutating func start(_ record: TraceRecord, targets: [NodeID]) {
    let fault = Int(record.fault)
    entries[fault].fired += 1
    entries[fault].active += 1
    entries[fault].targets = targets
    if entries[fault].firstFired < 0 { entries[fault].firstFired = record.at }
    guard entries[fault].windows.count < FaultBook.windowLimit else { return }
    entries[fault].open.append((Int(record.id), entries[fault].windows.count))
    entries[fault].windows.append(.init(start: record.instant, end: nil, targets: targets))
  }

  /// A fault ceases to act; `first` of the record is the fault that healed it, if one did.
  mutating func end(_ record: TraceRecord) {
    let fault = Int(record.fault)
    entries[fault].active = max(0, entries[fault].active - 1)
    if let place = entries[fault].open.firstIndex(where: { $0.binding == Int(record.id) }) {
      entries[fault].windows[entries[fault].open[place].window].end = record.instant
      entries[fault].open.remove(at: place)
    }
    if record.first != Int64(fault) { repair(by: Int32(truncatingIfNeeded: record.first)) }
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

  /// A node went down; one that is down already stays with the fault that did it.
  mutating func crash(_ record: TraceRecord) {
    let node = record.from.index
    guard downBy.indices.contains(node), downBy[node] < 0 else { return }
    downBy[node] = record.fault
    downSince[node] = record.at
    stopBusy(node, at: record.at)
  }

  mutating func restart(_ record: TraceRecord) {
    let node = record.from.index
    guard downBy.indices.contains(node) else { return }
    lose(record.at - downSince[node], by: downBy[node])
    if record.fault != downBy[node] { repair(by: record.fault) }
    downBy[node] = -1
  }

  mutating func pause(_ record: TraceRecord) {
    let node = record.from.index
    guard pausedBy.indices.contains(node), pausedBy[node] < 0 else { return }
    pausedBy[node] = record.fault
    pausedSince[node] = record.at
  }

  mutating func resume(_ record: TraceRecord) {
    let node = record.from.index
    guard pausedBy.indices.contains(node), pausedBy[node] >= 0 else { return }
    lose(record.at - pausedSince[node], by: pausedBy[node])
    if record.fault != pausedBy[node] { repair(by: record.fault) }
    pausedBy[node] = -1
  }

  mutating func slow(_ record: TraceRecord, handling: Int) {
    let node = record.from.index
    guard slowedBy.indices.contains(node), slowedBy[node] < 0 else { return }
    slowedBy[node] = record.fault
    if handling > 0 { slowSince[node] = record.at }
  }

  mutating func unslow(_ record: TraceRecord) {
    let node = record.from.index
    guard slowedBy.indices.contains(node), slowedBy[node] == record.fault else { return }
    stopBusy(node, at: record.at)
    slowedBy[node] = -1
  }

  /// The number of messages in handling at a node has changed.
  mutating func handle(_ record: TraceRecord) {
    let node = record.from.index
    guard slowedBy.indices.contains(node), slowedBy[node] >= 0 else { return }
    if record.first == 0 {
      stopBusy(node, at: record.at)
    } else if slowSince[node] < 0 {
      slowSince[node] = record.at
    }
  }

  /// A call ended without `ok`: the fault that keeps its node down has touched it.
  mutating func touchCall(at node: NodeID) {
    guard downBy.indices.contains(node.index), downBy[node.index] >= 0 else { return }
    entries[Int(downBy[node.index])].ledger.callsTouched += 1
  }

  /// Enters the time that nodes are still losing when the run ends.
  mutating func close(at end: Int64) {
    for node in downBy.indices {
      if downBy[node] >= 0 { lose(end - downSince[node], by: downBy[node]) }
      if pausedBy[node] >= 0 { lose(end - pausedSince[node], by: pausedBy[node]) }
      stopBusy(node, at: end)
      downBy[node] = -1
      pausedBy[node] = -1
    }
  }

  private mutating func stopBusy(_ node: Int, at instant: Int64) {
    guard slowSince[node] >= 0, slowedBy[node] >= 0 else { return }
    lose(instant - slowSince[node], by: slowedBy[node])
    slowSince[node] = -1
  }

  private mutating func lose(_ time: Int64, by fault: Int32) {
    guard entries.indices.contains(Int(fault)) else { return }
    entries[Int(fault)].ledger.nodeTimeLost += time
  }

  private mutating func repair(by fault: Int32) {
    guard entries.indices.contains(Int(fault)), isRepair[Int(fault)] else { return }
    entries[Int(fault)].ledger.repaired += 1
  }
}
