/// The scenario that `conclave init` writes.
public enum StarterScenario {
  /// A small election with a partition; it runs and passes.
  public static let text = """
    # A scenario says who takes part, how far apart they are, what they run, what goes wrong, and what
    # must hold. Run it with `conclave run FILE`; the same file and seed give the same bytes out.
    version: 1
    name: my first scenario
    description: Three nodes elect a leader, lose it to a partition, and elect another.
    seed: 1                       # where all chance comes from; `--seed 2` runs another case
    limits: {time: 5s}            # the planned end, in virtual time

    topology:
      nodes: [node1, node2, node3]

    latencies:
      default: 5ms..15ms          # drawn for each message; units are always written

    protocol:                     # `conclave protocols` lists them, with their options
      leader-election:
        heartbeat: 50ms
        election_timeout: 150ms..300ms

    faults:
      - name: leader-cut-off      # a named fault is also a window of time
        at: 2s
        for: 1s
        partition: {isolate: leader}

    assertions:
      - election-safety           # a named invariant of the protocol
      - name: a leader soon after the start
        eventually: leader != null
        within: 1s
      - name: a new leader while the old one, cut off, still believes that it leads
        sometimes: nodes.filter(n, n.role == "leader").size() == 2
        during: leader-cut-off
      - name: one leader at the end
        at_end: nodes.filter(n, n.role == "leader").size() == 1

    """
}
