import SystemModel

/// Which faults that separate nodes act, and so who cannot reach whom.
struct Reachability: Sendable {
  private var cuts: [(binding: Int64, pattern: CutPattern)] = []

  mutating func reset() { cuts.removeAll(keepingCapacity: true) }

  /// A fault begins to act: a partition that drops or holds every message separates nodes, and so
  /// does a loss of 100 %; what only slows messages, or chooses some, does not.
  mutating func start(_ binding: FaultBinding, number: Int64, of fault: Fault) {
    guard let pattern = binding.cut, fault.messages == nil else { return }
    if case .cut(_, _, .slow) = fault.action { return }
    cuts.append((number, pattern))
  }

  mutating func end(binding: Int64) { cuts.removeAll { $0.binding == binding } }

  /// Whether messages from one node can reach another now.
  func reaches(_ from: NodeID, _ to: NodeID) -> Bool {
    for cut in cuts where cut.pattern.cuts(from, to) { return false }
    return true
  }
}
