public import SystemModel

/// Every named invariant, in the order of the reference.
public enum InvariantCatalog {
  /// The descriptions.
  public static let all: [InvariantDescription] = [
    Agreement.description,
    Validity.description,
    Integrity.description,
    ElectionSafety.description,
    OneVotePerTerm.description,
    MonotonicTerms.description,
    MutualExclusion.description,
    FifoByTimestamp.description,
    NoStarvation.description,
    NoEarlyRelease.description,
    NoStragglerLeft.description,
    OneReleasePerGeneration.description,
    Consistency.linearizable,
    Consistency.sequential,
    LogMatching.description,
    LeaderCompleteness.description,
    StateMachineSafety.description,
  ]

  /// The invariants of the families of a protocol.
  public static func invariants(of description: ProtocolDescription) -> [InvariantDescription] {
    all.filter { description.isOf($0.family) }
  }

  /// The invariant of a name.
  public static func invariant(_ name: String) -> InvariantDescription? {
    all.first { $0.name == name }
  }
}
