import Analysis
import ArgumentParser
import Reports

/// What the process says to its caller when it ends.
enum ExitStatus: Int32, CaseIterable {
  case pass = 0
  case fail = 1
  case inconclusive = 2
  case vacuous = 3
  case sameFailure = 4
  case otherFailure = 5
  case noFailure = 6
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

  /// What a replay says; only one that is as it was is a success.
  init(_ answer: ReplayAnswer) {
    switch answer {
    case .sameTrace: self = .pass
    case .sameFailure: self = .sameFailure
    case .otherFailure: self = .otherFailure
    case .noFailure: self = .noFailure
    }
  }

  /// How bad it is: of several scenarios the worst counts.
  private var badness: Int {
    switch self {
    case .pass: 0
    case .inconclusive: 1
    case .vacuous: 2
    case .fail: 3
    case .sameFailure: 4
    case .otherFailure: 5
    case .noFailure: 6
    case .invalid: 7
    case .usage: 8
    case .unreadable: 9
    case .bug: 10
    }
  }

  /// The worse of two.
  func worse(_ other: ExitStatus) -> ExitStatus { other.badness > badness ? other : self }

  /// What a command throws to end the process with this status.
  var code: ExitCode { ExitCode(rawValue) }
}
