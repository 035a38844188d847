import SystemModel

/// How long nodes wait for the lock and hold it.
struct LockTimes: Sendable {
  /// Two nodes that are in their critical sections at once.
  struct Overlap: Sendable {
    let first: NodeID
    let second: NodeID
    let start: Int64
    /// -1 while both are inside.
    var end: Int64 = -1
  }

  /// How many overlaps are kept.
  static let overlapLimit = 64

  /// The first overlaps, in the order of their starts.
  private(set) var overlaps: [Overlap] = []
  private(set) var entries: Int64 = 0
  /// The time in critical sections and that of waiting, of all nodes together.
  private(set) var serial = TimeSum()
  private(set) var waitTotal = TimeSum()
  private(set) var waitMax: Int64?
  /// Nanoseconds of waiting, node by node; each waits for one entry at a time, so no more than the
  /// run lasts.
  private(set) var waits: ContiguousArray<Int64>
  /// Since when each node waits, or is inside; -1 if it does not, or is not.
  private var waitingSince: ContiguousArray<Int64>
  private var insideSince: ContiguousArray<Int64>
  private var firstRequest: Int64 = -1
  private var lastExit: Int64 = -1
  private let requested: UInt8
  private let entered: UInt8
  private let exited: UInt8

  init(_ schema: WorldSchema) {
    waits = ContiguousArray(repeating: 0, count: schema.nodeCount)
    waitingSince = ContiguousArray(repeating: -1, count: schema.nodeCount)
    insideSince = waitingSince
    requested = schema.description.place(ofObservation: "requested")
    entered = schema.description.place(ofObservation: "entered")
    exited = schema.description.place(ofObservation: "exited")
  }

  /// From the first request to the last exit; nil before the first exit.
  var makespan: Int64? { lastExit < 0 || firstRequest < 0 ? nil : lastExit - firstRequest }

  mutating func reset() {
    entries = 0
    serial = TimeSum()
    waitTotal = TimeSum()
    waitMax = nil
    firstRequest = -1
    lastExit = -1
    overlaps.removeAll(keepingCapacity: true)
    for node in waits.indices {
      waits[node] = 0
      waitingSince[node] = -1
      insideSince[node] = -1
    }
  }

  mutating func note(_ record: TraceRecord) {
    let node = record.from.index
    if record.code == requested {
      waitingSince[node] = record.at
      if firstRequest < 0 { firstRequest = record.at }
    } else if record.code == entered {
      entries += 1
      meet(record.from, at: record.at)
      endWait(node, at: record.at)
      insideSince[node] = record.at
    } else if record.code == exited {
      leave(node, at: record.at)
    }
  }

  /// A node that crashes waits no more, and is not inside any more.
  mutating func crash(_ record: TraceRecord) {
    let node = record.from.index
    waitingSince[node] = -1
    leave(node, at: record.at)
  }

  /// Who still waits when the run ends has waited until then.
  mutating func close(at end: Int64) {
    for node in waits.indices {
      endWait(node, at: end)
      if insideSince[node] >= 0 { serial.add(end - insideSince[node]) }
      insideSince[node] = -1
    }
  }

  /// A node enters: those that are inside are there together with it from now on.
  private mutating func meet(_ node: NodeID, at instant: Int64) {
    for other in insideSince.indices where insideSince[other] >= 0 && other != node.index {
      guard overlaps.count < LockTimes.overlapLimit else { return }
      overlaps.append(Overlap(first: NodeID(other), second: node, start: instant))
    }
  }

  private mutating func part(_ node: Int, at instant: Int64) {
    for place in overlaps.indices where overlaps[place].end < 0 {
      let overlap = overlaps[place]
      if overlap.first.index == node || overlap.second.index == node {
        overlaps[place].end = instant
      }
    }
  }

  private mutating func endWait(_ node: Int, at instant: Int64) {
    guard waitingSince[node] >= 0 else { return }
    let wait = instant - waitingSince[node]
    waits[node] += wait
    waitTotal.add(wait)
    waitMax = max(waitMax ?? 0, wait)
    waitingSince[node] = -1
  }

  private mutating func leave(_ node: Int, at instant: Int64) {
    guard insideSince[node] >= 0 else { return }
    part(node, at: instant)
    serial.add(instant - insideSince[node])
    insideSince[node] = -1
    lastExit = instant
  }
}
