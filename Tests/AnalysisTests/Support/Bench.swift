import Diagnostics
import Expressions
import SystemModel

@testable import Analysis

/// A plan made by hand, and runs of traces under it.
struct Bench {
  let description: ProtocolDescription
  var system: SystemPlan
  let environment: WorldEnvironment
  var assertions: [AssertionPlan] = []
  var faults: [FaultJudgement]
  var expectation = Expectation.pass
  var predicates: [Condition] = []

  init(
    _ description: ProtocolDescription, nodes: [String] = ["a", "b", "c"],
    groups: [(String, [Int])] = [], faults: [Fault] = [], symbols: [String] = [],
    parameters: [WorldEnvironment.Parameter] = []
  ) {
    self.description = description
    let topology = Topology(
      names: nodes,
      groups: groups.map { .init(name: $0.0, nodes: NodeSet($0.1.map { NodeID($0) })) })
    var table = SymbolTable()
    for symbol in symbols { _ = table.number(of: symbol) }
    system = SystemPlan(
      timeLimit: Instant(nanoseconds: 10_000_000_000), topology: topology,
      links: LinkPolicies(
        policies: [LinkPolicy(latency: [.constant(.milliseconds(1))])], nodeCount: nodes.count),
      faults: faults,
      // The last node counts at a barrier; there is no other option.
      parameterRows: [description.parameters.map { _ in .node(NodeID(nodes.count - 1)) }],
      parameterRow: nodes.map { _ in 0 }, symbols: table,
      watchedFields: description.fields.map { _ in true })
    environment = WorldEnvironment(
      description: description, topology: topology, faults: faults.map(\.name),
      parameters: parameters)
    self.faults = faults.map { _ in FaultJudgement(mayBeIdle: "not looked at here") }
  }

  /// A condition over every state, checked.
  func condition(_ text: String, atEnd: Bool = false) -> Condition {
    let names = atEnd ? environment.end : environment.states
    switch Expression.check(text, in: names, expecting: .bool) {
    case .success(let checked):
      return Condition(checked.compiled()) { range in
        SourceSpan(start: range.lowerBound, end: range.upperBound)
      }
    case .failure(let mistakes): preconditionFailure("\(text): \(mistakes.all)")
    }
  }

  /// A condition over messages, checked; gives its place among the predicates of the plan.
  mutating func predicate(_ text: String) -> Int {
    switch Expression.check(text, in: environment.message, expecting: .bool) {
    case .success(let checked):
      let expression = checked.compiled()
      predicates.append(
        Condition(expression) { SourceSpan(start: $0.lowerBound, end: $0.upperBound) })
      system.predicates.append(
        environment.predicate(
          expression, description: description, topology: system.topology,
          symbols: system.symbols))
      return predicates.count - 1
    case .failure(let mistakes): preconditionFailure("\(text): \(mistakes.all)")
    }
  }

  mutating func add(_ form: AssertionForm, _ scope: AssertionScope = .run, name: String = "it") {
    assertions.append(AssertionPlan(name: name, form: form, scope: scope))
  }

  /// The same with one more assertion.
  func with(_ form: AssertionForm) -> Bench {
    var bench = self
    bench.add(form)
    return bench
  }

  var plan: JudgementPlan {
    var plan = JudgementPlan(
      name: "bench", description: description, system: system, environment: environment,
      assertions: assertions, faults: faults, expectation: expectation)
    plan.messageConditions = predicates
    return plan
  }

  /// Judges a trace that ends at an instant in milliseconds.
  func judge(
    _ writer: TraceWriter, _ end: RunEnd = .quiescence, at milliseconds: Int64,
    detail: Judge.Detail = .full
  ) -> RunResult {
    var judge = Judge(plan, detail: detail)
    judge.consume(writer.trace)
    return judge.finish(
      end: end, at: Instant(nanoseconds: milliseconds * 1_000_000), traceHash: 0)
  }

  /// A fault of a kind that no test looks into.
  static func fault(_ name: String, _ action: FaultAction, messages: MessageFilter? = nil) -> Fault
  {
    Fault(
      name: name, key: 0, action: action, trigger: .at(.start), ending: .never,
      messages: messages)
  }

  /// A partition that drops messages.
  static func split(_ name: String = "split") -> Fault {
    fault(name, .cut(.halves, oneWay: false, .drop(sparingInFlight: false)))
  }
}

extension Instant {
  init(milliseconds: Int64) { self.init(nanoseconds: milliseconds * 1_000_000) }
}
