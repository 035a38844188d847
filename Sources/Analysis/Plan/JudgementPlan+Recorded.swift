public import SystemModel

extension Topics {
  /// Messages that did not arrive as they were sent.
  fileprivate static let lost: Topics = [.dropped, .disturbed]
}

extension AssertionScope {
  /// Whether its windows open or close with calls of a workload.
  fileprivate var usesWorkloads: Bool {
    switch self {
    case .run, .during: false
    case .after(let point), .before(let point): point.isOfWorkload
    case .between(let first, let second): first.isOfWorkload || second.isOfWorkload
    }
  }
}

extension Point {
  fileprivate var isOfWorkload: Bool {
    switch self {
    case .workloadStart, .workloadEnd: true
    case .faultStart, .faultEnd, .instant, .message, .condition: false
    }
  }
}

extension JudgementPlan {
  /// The plan with the assertions marked that cannot be judged by a recorded history, since it does
  /// not say what they read.
  ///
  /// What a history never speaks of has no value: a count of messages in a history without messages
  /// is not 0. Only whether nodes are up and go on is taken for granted, and everything if the
  /// history is whole. With `valuesMissing` some observations lack their values.
  public func lacking(in trace: Trace, isWhole: Bool, valuesMissing: Bool) -> JudgementPlan {
    let unsaid: Topics = [.reach, .available]
    let said = isWhole ? Topics(rawValue: .max).subtracting(unsaid) : said(by: trace)
    var plan = self
    for place in assertions.indices {
      let assertion = assertions[place]
      var reads = Topics()
      for condition in assertion.form.conditions + assertion.scope.conditions {
        let read = self.reads(of: condition)
        // Those in flight are known if it is said what was sent and what has arrived.
        reads.formUnion(read.usesMessages ? read.all.subtracting(.lost) : read.all)
      }
      switch assertion.form {
      case .metric(let metric, _): reads.formUnion(metric.topics)
      case .invariant(let name):
        guard let invariant = InvariantCatalog.invariant(name) else { continue }
        reads.formUnion(topics(of: invariant))
        if valuesMissing, invariant.readsValues, topics(of: invariant).contains(.observed) {
          plan.assertions[place].lacks = "the values of all observations"
        }
      default: break
      }
      var missing = what(reads.subtracting(said))
      if !isWhole, assertion.scope.usesWorkloads {
        missing.append("whose calls are which workload's")
      }
      if !missing.isEmpty { plan.assertions[place].lacks = missing.joined(separator: ", ") }
    }
    return plan
  }

  /// What an invariant cannot do without: its fields, and observations or calls.
  private func topics(of invariant: InvariantDescription) -> Topics {
    let schema = WorldSchema(
      description: description, topology: system.topology, symbols: system.symbols,
      faults: system.faults, tracksMessages: false)
    return invariant.topics(schema)
  }

  /// What some records say, and what goes without saying.
  private func said(by trace: Trace) -> Topics {
    var said: Topics = [.event, .now, .up, .paused, .faults]
    var isStart = false
    for record in trace.records {
      if record.beginsEvent { isStart = record.kind == .started }
      switch record.kind {
      case .sent: said.insert(.sent)
      case .delivered: said.insert(.delivered)
      case .dropped: said.insert(.dropped)
      case .held, .delayed, .duplicated: said.insert(.disturbed)
      case .handling: said.insert(.handling)
      case .observed: said.insert(.observed)
      case .callInvoked: said.insert(.calls)
      case .fieldChanged, .listChanged:
        // The start is made up where a history lacks it, so that it says nothing.
        if !isStart { said.insert(.field(Int(record.code))) }
      default: break
      }
    }
    return said
  }

  /// What some topics are about, for a person.
  private func what(_ topics: Topics) -> [String] {
    let words: [(Topics, String)] = [
      (.sent, "messages `sent`"), (.delivered, "messages `delivered`"),
      (.dropped, "messages `dropped`"), (.disturbed, "messages `held`, `delayed` or `duplicated`"),
      (.handling, "`handling`"), (.observed, "observations"), (.calls, "calls"),
      (.reach, "which nodes reach each other"), (.available, "which nodes are available"),
    ]
    var found = words.filter { !topics.isDisjoint(with: $0.0) }.map(\.1)
    for (place, field) in description.fields.enumerated()
    where !topics.isDisjoint(with: .field(place)) {
      found.append("`\(field.name)`")
    }
    return found
  }
}
