import ArgumentParser
import Diagnostics
import Interpreter
import SystemModel

/// Lengths of time on the command line.
enum TimeArgument {
  /// How long `--for` lets something run; nil if it does not say.
  static func limit(_ text: String?) throws -> Swift.Duration? {
    guard let text else { return nil }
    guard let instant = Interpreter.instant(text), instant > .start else {
      throw ValidationError(
        "--for takes a length of time such as 60s, not '\(VisibleText.escaped(text))'")
    }
    return .nanoseconds(instant.nanoseconds)
  }
}
