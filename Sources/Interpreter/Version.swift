import SystemModel

/// Which tool this is.
public enum Version {
  /// The version of the tool.
  public static let text = "0.1.0"

  /// What `conclave --version` prints: the tool, and the semantics of its engine.
  public static let full = "\(text), engine semantics \(EngineSemantics.version)"
}
