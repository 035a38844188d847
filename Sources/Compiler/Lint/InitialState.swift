internal import Analysis
internal import Protocols
internal import SystemModel

/// What machines are before anything has happened.
enum InitialState {
  /// The words of the first state: every machine has started, and nothing it asked for has
  /// happened.
  static func words(of plan: JudgementPlan) -> InitialWords {
    visitMachine(named: plan.description.name, Starting(plan: plan)) ?? []
  }

  /// Whether some words of `initial` make a node start otherwise than some others.
  static func differs(
    _ node: NodeID, _ plan: JudgementPlan, _ words: [Int64?], from others: [Int64?]
  ) -> Bool {
    let comparison = Comparison(node: node, plan: plan, words: words, others: others)
    return visitMachine(named: plan.description.name, comparison) ?? true
  }

  private struct Starting: MachineVisitor {
    let plan: JudgementPlan

    func visit<Machine: StateMachine>(_ machine: Machine.Type) -> InitialWords {
      let fields = plan.description.fields
      return plan.system.topology.nodes.map { node in
        var machine = Machine(plan.system.context(of: node, plan.description))
        var effects = Effects<Machine>()
        machine.start(&effects)
        return fields.enumerated().map { place, field in
          field.type == .nodeList ? nil : machine.word(ofField: place)
        }
      }
    }
  }

  private struct Comparison: MachineVisitor {
    let node: NodeID
    let plan: JudgementPlan
    let words: [Int64?]
    let others: [Int64?]

    func visit<Machine: StateMachine>(_ machine: Machine.Type) -> Bool {
      func start(_ words: [Int64?]) -> Machine {
        var system = plan.system
        system.initial[node] = words
        return Machine(system.context(of: node, plan.description))
      }
      return start(words) != start(others)
    }
  }
}
