import SystemModel

/// How long nodes work, and wait for each other at a barrier.
struct BarrierTimes: Sendable {
  private(set) var releases: Int64 = 0
  /// When the first release was triggered; -1 before.
  private(set) var firstRelease: Int64 = -1
  /// When the last release was triggered; -1 before.
  private(set) var lastRelease: Int64 = -1
  private(set) var leftBehind: Int64 = 0
  /// The time of work and that of waiting, of all nodes together.
  private(set) var workTotal = TimeSum()
  private(set) var waitTotal = TimeSum()
  /// Nanoseconds of waiting, node by node; no more than the run lasts.
  private var waits: ContiguousArray<Int64>
  /// Which nodes have worked or arrived, and so take part in waiting.
  private var takesPart: ContiguousArray<Bool>
  /// The steps of the coordinator's counter.
  private(set) var counter: [StepSeries.Step] = []
  /// How many nodes have registered.
  private(set) var registered: Int64 = 0
  private var workingSince: ContiguousArray<Int64>
  private var waitingSince: ContiguousArray<Int64>
  private let registers: UInt8
  private let starts: UInt8
  private let arrives: UInt8
  private let isReleased: UInt8
  private let triggers: UInt8
  private let isLeftBehind: UInt8
  private let counts: UInt8
  private let counterField: Int

  /// How many steps of the counter are kept.
  static let stepLimit = 10_000

  init(_ schema: WorldSchema) {
    waits = ContiguousArray(repeating: 0, count: schema.nodeCount)
    takesPart = ContiguousArray(repeating: false, count: schema.nodeCount)
    workingSince = ContiguousArray(repeating: -1, count: schema.nodeCount)
    waitingSince = workingSince
    let description = schema.description
    registers = description.place(ofObservation: "registered")
    starts = description.place(ofObservation: "work_started")
    arrives = description.place(ofObservation: "arrived")
    isReleased = description.place(ofObservation: "released")
    triggers = description.place(ofObservation: "triggered")
    isLeftBehind = description.place(ofObservation: "left_behind")
    counts = description.place(ofObservation: "counted")
    counterField = description.place(ofField: "arrived")
  }

  mutating func reset() {
    releases = 0
    firstRelease = -1
    lastRelease = -1
    leftBehind = 0
    workTotal = TimeSum()
    waitTotal = TimeSum()
    registered = 0
    counter.removeAll(keepingCapacity: true)
    for node in waits.indices {
      waits[node] = 0
      takesPart[node] = false
      workingSince[node] = -1
      waitingSince[node] = -1
    }
  }

  /// The share of work in the time that nodes spend working or waiting; nil without either.
  var utilisation: Double? { workTotal.share(beside: waitTotal) }

  /// Nanoseconds of a node's waiting; nil if it never worked, as a coordinator that only counts.
  func wait(of node: Int) -> Int64? { takesPart[node] ? waits[node] : nil }

  mutating func note(_ record: TraceRecord) {
    let node = record.from.index
    switch record.code {
    case registers: registered += 1
    case starts:
      takesPart[node] = true
      workingSince[node] = record.at
    case arrives:
      takesPart[node] = true
      endWork(node, at: record.at)
      waitingSince[node] = record.at
    case isReleased: endWait(node, at: record.at)
    case isLeftBehind:
      leftBehind += 1
      endWait(node, at: record.at)
    case triggers:
      releases += 1
      if firstRelease < 0 { firstRelease = record.at }
      lastRelease = record.at
    case counts: step(to: record.first, at: record.instant)
    default: break
    }
  }

  mutating func change(_ record: TraceRecord) {
    if Int(record.code) == counterField { step(to: record.first, at: record.instant) }
  }

  /// The counter has another value; the last arrival is told by the coordinator alone, as the
  /// counter is 0 again after the same event.
  private mutating func step(to value: Int64, at instant: Instant) {
    guard counter.count < BarrierTimes.stepLimit, value != counter.last?.value ?? 0 else { return }
    counter.append(.init(at: instant, value: value))
  }

  /// A node that crashes neither works nor waits any more.
  mutating func crash(_ record: TraceRecord) {
    endWork(record.from.index, at: record.at)
    endWait(record.from.index, at: record.at)
  }

  /// Who still works or waits when the run ends has done so until then.
  mutating func close(at end: Int64) {
    for node in waits.indices {
      endWork(node, at: end)
      endWait(node, at: end)
    }
  }

  private mutating func endWork(_ node: Int, at instant: Int64) {
    guard workingSince[node] >= 0 else { return }
    workTotal.add(instant - workingSince[node])
    workingSince[node] = -1
  }

  private mutating func endWait(_ node: Int, at instant: Int64) {
    guard waitingSince[node] >= 0 else { return }
    let wait = instant - waitingSince[node]
    waits[node] += wait
    waitTotal.add(wait)
    waitingSince[node] = -1
  }
}
