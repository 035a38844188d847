import Analysis
import Interpreter
import SystemModel

/// Which metrics a sweep measures.
enum MetricChoice {
  /// The metrics of a cell by their names; without names the default ones of its family.
  static func metrics(
    of plan: JudgementPlan, _ names: [String], in scenario: CompiledScenario
  ) throws(UnknownMetric) -> [Metric] {
    let available = plan.environment.metrics
    guard !names.isEmpty else {
      return defaults(plan.description.families).compactMap { name in
        available.first { $0.name == name }
      }
    }
    var chosen: [Metric] = []
    for name in names where !chosen.contains(where: { $0.name == name }) {
      if let metric = available.first(where: { $0.name == name }) {
        chosen.append(metric)
      } else if !scenario.cells.contains(where: { has(name, $0.plan) }) {
        throw UnknownMetric(name: name, known: available.map(\.name))
      }
    }
    return chosen
  }

  private static func has(_ name: String, _ plan: JudgementPlan) -> Bool {
    plan.environment.metrics.contains { $0.name == name }
  }

  /// What most people want to know of the protocols of some families.
  private static func defaults(_ families: [ProtocolFamily]) -> [String] {
    let own = families.flatMap { family -> [String] in
      switch family {
      case .consensus: ["consensus.decision_time", "consensus.completion_time"]
      case .election: ["election.terms", "election.leaders", "unavailability.total"]
      case .mutex: ["mutex.entries", "mutex.wait.total", "mutex.wait.max", "mutex.makespan"]
      case .barrier: ["barrier.releases", "barrier.last_release_time", "barrier.wait.total"]
      case .register: ["calls.ok", "calls.info", "call.read.latency.max", "call.write.latency.max"]
      case .log: []
      }
    }
    return own + ["messages.wire", "messages.dropped", "run.duration"]
  }
}
