import Analysis
import Diagnostics

extension RunStatus {
  /// A sign that is seen at once.
  var sign: String {
    switch self {
    case .pass: "✓"
    case .fail: "✗"
    case .inconclusive: "?"
    case .vacuous: "∅"
    case .error, .invalid: "!"
    case .skipped: "-"
    }
  }

  /// The colour of its word.
  var part: Paint.Part {
    switch self {
    case .pass: .success
    case .fail, .error, .invalid: .error
    case .inconclusive, .vacuous: .warning
    case .skipped: .faint
    }
  }
}

/// Numbers with their nouns.
enum Counted {
  /// `1 message`, `2 messages`.
  static func text(_ count: some BinaryInteger, _ noun: String, plural: String? = nil) -> String {
    "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
  }
}

/// What the assertions of a run came to, in a few words.
enum AssertionSummary {
  /// `9 assertions` if nothing is to be said of them; else `1 of 9 fails`, `1 fails as expected`.
  static func text(_ assertions: [AssertionResult]) -> String {
    let total = assertions.count
    if total == 0 { return "no assertions" }
    var parts: [String] = []
    for verdict in Verdict.allCases.reversed() where verdict != .pass {
      let count = assertions.count { !$0.isExpectedToFail && $0.weight == verdict }
      if count > 0 { parts.append("\(count) of \(total) \(word(verdict, count))") }
    }
    let missed = assertions.count { $0.isExpectedToFail && $0.verdict != .fail }
    if missed > 0 { parts.append("\(missed) of \(total) should fail") }
    let expected = assertions.count { $0.isExpectedToFail && $0.verdict == .fail }
    if expected > 0 { parts.append("\(expected) \(word(.fail, expected)) as expected") }
    return parts.isEmpty ? Counted.text(total, "assertion") : parts.joined(separator: ", ")
  }

  private static func word(_ verdict: Verdict, _ count: Int) -> String {
    switch verdict {
    case .pass: count == 1 ? "passes" : "pass"
    case .fail: count == 1 ? "fails" : "fail"
    case .error: count == 1 ? "is an error" : "are errors"
    case .vacuous: "vacuous"
    case .inconclusive: "inconclusive"
    }
  }
}
