import Simulation
import SystemModel

/// Milliseconds as an instant, a length and a law.
func at(_ milliseconds: Int64) -> Instant { Instant(nanoseconds: milliseconds * 1_000_000) }
func ms(_ milliseconds: Int64) -> Duration { .milliseconds(milliseconds) }

extension Law {
  static func ms(_ milliseconds: Int64) -> Law { .constant(.milliseconds(milliseconds)) }
}

extension FaultTrigger {
  static func ms(_ milliseconds: Int64) -> FaultTrigger {
    .at(Instant(nanoseconds: milliseconds * 1_000_000))
  }
}

extension FaultEnding {
  static func lasting(_ milliseconds: Int64) -> FaultEnding { .after(.milliseconds(milliseconds)) }
}

/// Nodes by their numbers, counted from 1.
func node(_ number: Int) -> NodeID { NodeID(number - 1) }
func nodes(_ numbers: Int...) -> NodeSelector { .nodes(numbers.map { node($0) }) }
func group(_ numbers: Int...) -> NodeSet { NodeSet(numbers.map { node($0) }) }

/// A run of probes, told step by step; nodes are counted from 1, and every link takes 10 ms unless
/// said otherwise.
struct Story {
  var nodeCount: Int
  var seed: UInt64 = 1
  var timeLimit = at(1000)
  var eventLimit = 100_000
  var policies = [LinkPolicy(latency: [.ms(10)])]
  var pairs: [(from: NodeID, to: NodeID, policy: Int)] = []
  var processing = Processing()
  var faults: [Fault] = []
  var workloads: [Workload] = []
  var predicates: [MessagePredicate] = []
  var order: DeliveryOrder?
  var deliveries: [ExplicitDelivery] = []
  var timers: [ExplicitTimer] = []
  var greets: Set<Int> = []
  var ticks: (low: Duration, high: Duration)?
  var initial: [NodeID: [Int64?]] = [:]
  var isRecording = true
  var partLength = 8192
  var notes = false

  init(_ nodeCount: Int = 3, latency: Law = .ms(10)) {
    self.nodeCount = nodeCount
    policies = [LinkPolicy(latency: [latency])]
  }

  /// One direction between two nodes gets a policy of its own.
  mutating func link(_ from: Int, _ to: Int, _ policy: LinkPolicy) {
    pairs.append((node(from), node(to), policies.count))
    policies.append(policy)
  }

  mutating func link(_ from: Int, _ to: Int, _ latency: Law) {
    link(from, to, LinkPolicy(latency: [latency]))
  }

  /// A call at some milliseconds of one node.
  mutating func call(
    _ milliseconds: Int64, _ number: Int, _ call: Probe.Call, _ arguments: Int64...
  ) {
    workload(
      .at([at(milliseconds)]), nodes(number), .init(call: call.rawValue, arguments: arguments))
  }

  /// A ping with a number from one node to another.
  mutating func ping(_ milliseconds: Int64, _ from: Int, _ to: Int, _ number: Int64 = 0) {
    call(milliseconds, from, .ping, Int64(to - 1), number)
  }

  mutating func workload(
    _ arrival: Workload.Arrival, _ nodes: NodeSelector, _ choices: Workload.Choice...,
    count: Int? = nil, until: Instant = .never
  ) {
    let key = UInt64(workloads.count + 100)
    workloads.append(
      Workload(
        name: "load\(key)", key: key, arrival: arrival, nodes: nodes, choices: choices,
        count: count, until: until))
  }

  /// A fault; named after its place unless said otherwise. Returns its place.
  @discardableResult mutating func fault(
    _ action: FaultAction, _ trigger: FaultTrigger, _ ending: FaultEnding = .never,
    name: String? = nil, messages: MessageFilter? = nil, key: UInt64? = nil
  ) -> Int {
    faults.append(
      Fault(
        name: name ?? "fault\(faults.count)", key: key ?? UInt64(faults.count), action: action,
        trigger: trigger, ending: ending, messages: messages))
    return faults.count - 1
  }

  /// A partition that drops, at some milliseconds, for some.
  @discardableResult mutating func cut(
    _ groups: [NodeSet], from start: Int64, for span: Int64? = nil,
    mode: CutMode = .drop(sparingInFlight: false), oneWay: Bool = false, name: String = "cut",
    messages: MessageFilter? = nil
  ) -> Int {
    fault(
      .cut(.groups(groups), oneWay: oneWay, mode), .ms(start),
      span.map { .lasting($0) } ?? .never, name: name, messages: messages)
  }

  var plan: SystemPlan {
    let greeting = (0..<nodeCount).map { ParameterValue.bool(greets.contains($0 + 1)) }
    return SystemPlan(
      seed: seed, timeLimit: timeLimit, eventLimit: eventLimit,
      topology: Topology(names: (1...nodeCount).map { "node\($0)" }),
      links: LinkPolicies(policies: policies, pairs: pairs, nodeCount: nodeCount),
      processing: processing, faults: faults, workloads: workloads,
      parameterRows: greeting.map { [$0, ticks.map { .duration($0.low, to: $0.high) }] },
      parameterRow: Array(0..<nodeCount), initial: initial,
      watchedFields: [true, true, true, true], predicates: predicates,
      deliveries: deliveries, timers: timers, order: order)
  }

  /// Runs to the end; `firing` is asked after each event which faults' conditions came true.
  func run(firing: ([TraceRecord]) -> [Int] = { _ in [] }) -> Tale {
    let plan = self.plan
    var simulator = Simulator<Probe, Fabric>(
      plan, draws: Fabric(plan.links, seed: plan.seed, order: plan.order), recording: isRecording,
      noting: notes,
      partLength: partLength)
    var tale = Tale(faults: faults.map(\.name))
    while true {
      let pause = simulator.run()
      let part = Array(simulator.trace.records)
      tale.parts.append(part.count)
      tale.records += part
      for fault in firing(part) { simulator.fire(fault) }
      simulator.trace.records.removeAll(keepingCapacity: true)
      guard case .ended(let end) = pause else { continue }
      tale.bindings = simulator.trace.bindings
      tale.hash = simulator.traceHash
      tale.counts = simulator.messageCounts
      tale.end = end
      tale.endInstant = simulator.instant
      tale.eventCount = simulator.eventCount
      tale.entriesLeft = simulator.entriesLeft
      tale.notes = simulator.notes
      tale.failedFilter = simulator.failedFilter?.fault
      tale.machines = (1...nodeCount).map { simulator.machine(of: node($0)) }
      return tale
    }
  }
}
