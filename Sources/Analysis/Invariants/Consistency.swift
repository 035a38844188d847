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
    needs: [.calls], readsHistory: true
  ) { Consistency(.linearizable, $0) }

  static let sequential = InvariantDescription(
    "sequentially-consistent", .register,
    "There is an order of all calls that keeps that of each client's own and explains what they"
      + " returned. Judged when the run is over, within `budget`, all registers together.",
    subject: "a call that was `ok`",
    source: "Lamport, \"How to Make a Multiprocessor Computer That Correctly Executes Multiprocess"
      + " Programs\", 1979",
    needs: [.calls], readsHistory: true
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
      return .open(
        "no order of the calls was found within a budget of \(options.budget) steps",
        help: "raise the limit, `{invariant: \(model.word), budget: \(larger)}`, or let fewer calls"
          + " be open at once")
    case .broken(let call, let core, let isTight):
      let contradiction = ContradictionSearch(
        model, initial: options.initial, operations, core: core
      ).first
      let text = ConsistencyText(model, schema, words, world.calls.calls)
      return .broken(text.violation(last: call, core, isTight: isTight, contradiction))
    }
  }

  func account(_ world: borrowing World) -> [Why.Fact] {
    let operations = world.calls.registerOperations(words)
    let check = ConsistencyCheck(model: model, options: options)
    var steps = 0
    _ = check.outcome(of: operations, steps: &steps)
    return [
      .mattered("\(Why.Fact.count(operations.count, "call", "calls")) that had to be put in order"),
      .closest("\(steps) of a budget of \(options.budget) steps taken"),
    ]
  }

  /// A budget that is larger by far.
  private var larger: Int { min(options.budget, 100_000_000) * 10 }
}

extension ConsistencyCheck.Model {
  /// The name of the invariant.
  fileprivate var word: String {
    switch self {
    case .linearizable: "linearizable"
    case .sequential: "sequentially-consistent"
    }
  }
}
