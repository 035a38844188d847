import ArgumentParser
import Reports

/// What the process says to its caller when it ends.
enum ExitStatus: Int32, CaseIterable {
  case pass = 0
  case fail = 1
  case inconclusive = 2
  case vacuous = 3
  case usage = 64
  case invalid = 65
  case unreadable = 66
  case bug = 70

  /// The status of a run; one that could not be evaluated is an invalid scenario, one that was
  /// skipped says nothing.
  init(_ status: RunStatus) {
    switch status {
    case .pass, .skipped: self = .pass
    case .fail: self = .fail
    case .inconclusive: self = .inconclusive
    case .vacuous: self = .vacuous
    case .error, .invalid: self = .invalid
    }
  }

  /// How bad it is: of several scenarios the worst counts.
  private var badness: Int {
    switch self {
    case .pass: 0
    case .inconclusive: 1
    case .vacuous: 2
    case .fail: 3
    case .invalid: 4
    case .usage: 5
    case .unreadable: 6
    case .bug: 7
    }
  }

  /// The worse of two.
  func worse(_ other: ExitStatus) -> ExitStatus { other.badness > badness ? other : self }

  /// What a command throws to end the process with this status.
  var code: ExitCode { ExitCode(rawValue) }
}
