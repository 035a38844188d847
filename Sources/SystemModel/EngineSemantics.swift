/// What a run comes to, as far as the engine decides it.
public enum EngineSemantics {
  /// The version of the engine's semantics: it changes whenever the trace hash of some scenario and
  /// seed can change, or the fingerprint of its failure.
  public static let version = 1
}
