import Diagnostics
import Interpreter
import ScenarioSyntax

/// What may put a failing scenario right, though all else stays as it is.
enum Remedy: CaseIterable, Sendable {
  /// The machines make no mistake.
  case mistake
  /// No fault acts, and no message is lost or arrives twice.
  case faults

  /// A draft that has it; the same draft if there is nothing to put right.
  func applied(to draft: ScenarioDraft) -> ScenarioDraft {
    switch self {
    case .mistake: Self.withoutMistake(draft)
    case .faults: Self.withoutFaults(draft)
    }
  }

  private static func withoutMistake(_ draft: ScenarioDraft) -> ScenarioDraft {
    guard let machine = draft[["protocol"]]?.entries?.first else { return draft }
    let path: DraftPath = ["protocol", .key(machine.key), "mistake"]
    return draft[path] == nil ? draft : draft.replacing(path, by: .text("none"))
  }

  private static func withoutFaults(_ draft: ScenarioDraft) -> ScenarioDraft {
    var draft = draft
    draft.remove(["faults"])
    let deliveries = draft[["deliveries"]]?.items ?? []
    draft = draft.removing(
      deliveries.indices.filter { deliveries[$0]["fate"] != nil }, of: ["deliveries"])
    for path in draft.places(below: ["latencies"])
    where [.key("loss"), .key("duplicate")].contains(path.steps.last) {
      draft[path] = .text("0%")
    }
    return draft.repaired()
  }
}
