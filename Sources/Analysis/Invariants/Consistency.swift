import Expressions
import SystemModel

/// There is an order of all calls that explains what each returned; looked for when the run is
/// over.
struct Consistency: InvariantMonitor {
  static let linearizable = InvariantDescription(
    "linearizable", .register,
    "Each call takes effect at one instant between its invocation and its end; one that is `info`"
      + " at some time or never, one that is `fail` never. Judged when the run is over, within"
      + " `budget`, each register by itself.",
    subject: "a call that was `ok`",
    source: "Herlihy and Wing, \"Linearizability\", 1990; checked as in Lowe, \"Testing for"
      + " Linearizability\", 2017",
    topics: .calls, readsHistory: true, readsValues: false
  ) { Consistency(.linearizable, $0) }

  static let sequential = InvariantDescription(
    "sequentially-consistent", .register,
    "There is an order of all calls that keeps that of each client's own and explains what they"
      + " returned. Judged when the run is over, within `budget`, all registers together.",
    subject: "a call that was `ok`",
    source: "Lamport, \"How to Make a Multiprocessor Computer That Correctly Executes Multiprocess"
      + " Programs\", 1979",
    topics: .calls, readsHistory: true, readsValues: false
  ) { Consistency(.sequential, $0) }

  private(set) var subjects = 0
  private let model: ConsistencyCheck.Model
  private let schema: WorldSchema
  private let words: RegisterWords
  private var options = ConsistencyOptions()

  private init(_ model: ConsistencyCheck.Model, _ schema: WorldSchema) {
    self.model = model
    self.schema = schema
    words = RegisterWords(schema.description)
  }

  mutating func configure(_ options: ConsistencyOptions) { self.options = options }

  mutating func reset() { subjects = 0 }

  mutating func judge(_ event: ArraySlice<TraceRecord>, _ world: borrowing World) -> Violation? {
    for record in event
    where record.kind == .callCompleted && record.code == CallOutcome.ok.rawValue {
      subjects += 1
    }
    return nil
  }

  func conclude(_ end: RunEnd, _ world: borrowing World) -> InvariantEnd {
    let operations = world.calls.registerOperations(words)
    switch ConsistencyCheck(model: model, options: options).outcome(of: operations) {
    case .holds: return .holds
    case .exhausted:
      return .open("no order of the calls was found within a budget of \(options.budget) steps")
    case .broken(let call, let core): return .broken(violation(call, core, world))
    }
  }

  private func violation(_ last: Int, _ core: [Int], _ world: borrowing World) -> Violation {
    let history = world.calls.calls
    let text = RecordText(schema)
    let at = history[last].completed
    let name = place(of: history[last], text)
    let others =
      core.count > 1 ? " together with the calls below, of which none can be left out" : ""
    let reason =
      switch model {
      case .linearizable:
        "\(name), over at \(DurationText.format(at)), cannot take effect at any time between its"
          + " invocation and its end\(others)"
      case .sequential:
        "\(name) cannot be placed in any order that keeps that of each client's own calls\(others)"
      }
    let shown = core.suffix(Self.shown)
    var readings = shown.map { place in
      Evidence.Reading(
        name: "calls[\(place)] of client \(history[place].client)",
        value: description(of: history[place], text))
    }
    if shown.count < core.count {
      readings.insert(
        .init(name: "calls", value: "\(core.count - shown.count) earlier ones, and"), at: 0)
    }
    return Violation(
      text: reason, nodes: shown.map { history[$0].node }, at: at,
      event: "call \(last) at \(schema.topology.names[history[last].node.index]) ends: ok",
      readings: readings)
  }

  /// How many calls a violation shows at the most.
  private static let shown = 12

  private func place(of call: CallHistory.Call, _ text: RecordText) -> String {
    "\(name(of: call, text)) at \(schema.topology.names[call.node.index])"
  }

  private func name(of call: CallHistory.Call, _ text: RecordText) -> String {
    let name = text.call(call.invocation)
    guard let type = schema.description.calls[Int(call.kind)].result else { return name }
    return "\(name) = \(text.value(call.value, type))"
  }

  private func description(of call: CallHistory.Call, _ text: RecordText) -> String {
    let span = "\(DurationText.format(call.invoked))..\(DurationText.format(call.completed))"
    return "\(span) \(schema.topology.names[call.node.index]) \(name(of: call, text))"
  }
}
