import SystemModel

/// What each node does, as bars over time.
struct ActivityBars: Sendable {
  /// Things of which a node does one at a time.
  private enum Lane: Int, CaseIterable { case task, handling, state }

  /// The bars, in the order of their starts; at most ``limit``.
  private(set) var bars: [(node: Int32, bar: NodeTimeline.Bar)] = []
  /// The place of the open bar of each lane of each node; -1 where none is open.
  private var open: ContiguousArray<Int32>
  private let requested, entered, exited: UInt8
  private let starts, arrives, isReleased, isLeftBehind: UInt8
  private let roleField: Int
  private let leaderWord, candidateWord: Int64
  private let family: ProtocolFamily
  /// Whether what a node does is its role, which its fields tell even of one that is down.
  private let showsRoles: Bool

  /// How many bars are kept.
  static let limit = 20_000

  init(_ schema: WorldSchema) {
    let description = schema.description
    family = description.family
    showsRoles = description.isOf(.election)
    open = ContiguousArray(repeating: -1, count: Lane.allCases.count * schema.nodeCount)
    requested = description.place(ofObservation: "requested")
    entered = description.place(ofObservation: "entered")
    exited = description.place(ofObservation: "exited")
    starts = description.place(ofObservation: "work_started")
    arrives = description.place(ofObservation: "arrived")
    isReleased = description.place(ofObservation: "released")
    isLeftBehind = description.place(ofObservation: "left_behind")
    roleField = schema.roleField
    leaderWord = schema.leaderWord
    candidateWord = description.word("candidate", ofField: "role") ?? WordType.absent
  }

  mutating func reset() {
    bars.removeAll(keepingCapacity: true)
    for place in open.indices { open[place] = -1 }
  }

  mutating func note(_ record: TraceRecord) {
    let node = record.from.index
    switch record.kind {
    case .observed: observe(record)
    case .handling: turn(.handling, node, record.first > 0 ? .handling : nil, at: record.at)
    case .fieldChanged where Int(record.code) == roleField:
      let activity: NodeTimeline.Activity? =
        record.first == leaderWord ? .leading : record.first == candidateWord ? .candidate : nil
      turn(.task, node, activity, at: record.at)
    case .crashed:
      if !showsRoles { turn(.task, node, nil, at: record.at) }
      turn(.state, node, .down, at: record.at)
    case .paused: turn(.state, node, .paused, at: record.at)
    case .restarted, .resumed: turn(.state, node, nil, at: record.at)
    default: break
    }
  }

  /// Ends all bars; those that did not end themselves are marked as open.
  mutating func close(at end: Int64) {
    for place in open.indices where open[place] >= 0 {
      bars[Int(open[place])].bar.end = Instant(nanoseconds: end)
      bars[Int(open[place])].bar.isOpen = true
      open[place] = -1
    }
  }

  /// The bars node by node, in the order of the topology.
  var timelines: [NodeTimeline] {
    var places: [Int32: Int] = [:]
    var result: [NodeTimeline] = []
    for (node, bar) in bars where bar.start < bar.end || bar.isOpen {
      if let place = places[node] {
        result[place].bars.append(bar)
      } else {
        places[node] = result.count
        result.append(NodeTimeline(node: NodeID(Int(node)), bars: [bar]))
      }
    }
    return result.sorted { $0.node < $1.node }
  }

  private mutating func observe(_ record: TraceRecord) {
    let node = record.from.index
    switch family {
    case .mutex:
      if record.code == requested { turn(.task, node, .waiting, at: record.at) }
      if record.code == entered { turn(.task, node, .inside, at: record.at) }
      if record.code == exited { turn(.task, node, nil, at: record.at) }
    case .barrier:
      if record.code == starts { turn(.task, node, .working, at: record.at) }
      if record.code == arrives { turn(.task, node, .waiting, at: record.at) }
      if record.code == isReleased || record.code == isLeftBehind {
        turn(.task, node, nil, at: record.at)
      }
    case .consensus, .election, .register, .log: break
    }
  }

  /// The open bar of a lane ends, if it shows something else, and another begins.
  private mutating func turn(
    _ lane: Lane, _ node: Int, _ activity: NodeTimeline.Activity?, at instant: Int64
  ) {
    let place = Lane.allCases.count * node + lane.rawValue
    if open[place] >= 0 {
      if bars[Int(open[place])].bar.activity == activity { return }
      bars[Int(open[place])].bar.end = Instant(nanoseconds: instant)
      open[place] = -1
    }
    guard let activity, bars.count < ActivityBars.limit else { return }
    open[place] = Int32(bars.count)
    let start = Instant(nanoseconds: instant)
    bars.append((Int32(node), .init(activity: activity, start: start, end: start)))
  }
}
