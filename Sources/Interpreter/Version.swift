/// Which tool this is.
public enum Version {
  /// The version of the tool: `conclave --version`.
  public static let text = "0.1.0"

  /// The version of the engine's semantics: it changes whenever the trace hash of some scenario and
  /// seed can change.
  public static let semantics = 1
}
