/// The judgement on an assertion or on a run.
///
/// The cases stand in the order of precedence: of all that is found in a run, the last wins.
public enum Verdict: String, Sendable, Hashable, CaseIterable, Comparable {
  /// It holds.
  case pass
  /// The run hit a limit before it was decided.
  case inconclusive
  /// It never had a chance to fail, so that its holding means nothing.
  case vacuous
  /// It does not hold.
  case fail
  /// An expression that decides it could not be evaluated.
  case error

  /// Less grave before graver.
  public static func < (left: Verdict, right: Verdict) -> Bool { left.rank < right.rank }

  var rank: Int {
    switch self {
    case .pass: 0
    case .inconclusive: 1
    case .vacuous: 2
    case .fail: 3
    case .error: 4
    }
  }
}
