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
        "--for takes a length of time such as 60s, of at most 2_562_047h, not "
          + "'\(VisibleText.escaped(text))'")
    }
    return .nanoseconds(instant.nanoseconds)
  }
}

/// How many runs go on at once, on the command line.
enum JobsArgument {
  /// More threads than any machine has processors for, and few enough to be made.
  private static let most = 1024

  /// Refuses a number that makes no sense.
  static func check(_ jobs: Int?) throws {
    guard let jobs, !(1...most).contains(jobs) else { return }
    throw ValidationError("--jobs takes a number from 1 to \(most)")
  }
}
