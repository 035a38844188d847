internal import Diagnostics

// The mistakes that are found in what is drawn.

extension DiagnosticCode {
  static let idleSwarm = DiagnosticCode(
    "E0343", "a swarm without a fault to draw",
    explanation: """
      `faults: swarm` leaves faults out by chance. Faults of which an assertion, an expression or \
      a metric speaks by their names are always there, and `heal`, `restart` and `resume` are there \
      with what they put right; so nothing may be left to draw.
      """,
    wrong: """
      faults: [{name: split, at: 10ms, for: 20ms, partition: halves}]
      vary: {faults: swarm}
      assertions: [{always: node1.up, during: split}]
      """,
    right: """
      faults: [{at: 10ms, for: 20ms, partition: halves}]
      vary: {faults: swarm}
      assertions: [{always: node1.up}]
      """)
}

extension Diagnostic {
  static func idleSwarm(_ span: SourceSpan, hasFaults: Bool) -> Diagnostic {
    Diagnostic(
      .idleSwarm, "there is no fault that could be left out", at: span,
      notes: hasFaults
        ? ["a fault is always there if an assertion, an expression or a metric has its name"] : [],
      help: hasFaults
        ? "remove this, or add a fault of which nothing else speaks"
        : "remove this, or add `faults`")
  }
}
