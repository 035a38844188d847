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
  ]

  /// The invariants of a family.
  public static func invariants(of family: ProtocolFamily) -> [InvariantDescription] {
    all.filter { $0.family == family }
  }

  /// The invariant of a name.
  public static func invariant(_ name: String) -> InvariantDescription? {
    all.first { $0.name == name }
  }
}
