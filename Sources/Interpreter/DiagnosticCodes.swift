import Compiler
public import Diagnostics
import Expressions
import ScenarioSyntax

/// Every numbered diagnostic of the tool, in the order of the numbers.
public enum DiagnosticCodes {
  /// The codes of all phases.
  public static let all: [DiagnosticCode] = [
    LoaderCodes.all, ReaderCodes.all, CompilerCodes.all, ExpressionCodes.all,
    LintCodes.all, HistoryCodes.all,
  ].joined().sorted { $0.id < $1.id }
}
