public import Diagnostics
import ScenarioSyntax

/// Every numbered diagnostic of the tool, in the order of the numbers.
public enum DiagnosticCodes {
  /// The codes of all phases.
  public static let all: [DiagnosticCode] = LoaderCodes.all.sorted { $0.id < $1.id }
}
