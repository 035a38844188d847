public import Diagnostics

/// The failure that a capsule was made from.
public struct CapsuleSection: Sendable {
  /// The version of the tool that wrote it.
  public let tool: Marked<String>
  /// The version of its engine's semantics.
  public let semantics: Marked<Int64>
  /// Where all chance came from.
  public let seed: Marked<UInt64>
  /// How the run ended, before `expect`.
  public let outcome: CapsuleOutcome
  /// The assertions that failed.
  public let violated: [Marked<String>]
  /// What told the failure from others.
  public let fingerprint: Marked<UInt64>
  /// The hash of all that happened.
  public let traceHash: Marked<UInt64>
  /// The place of the section.
  public let span: SourceSpan
}

/// How a run ends that a capsule is made from.
public enum CapsuleOutcome: String, Sendable, CaseIterable, WordValue {
  case fail, error

  var summary: String {
    switch self {
    case .fail: "an assertion did not hold"
    case .error: "an expression could not be evaluated"
    }
  }
}

/// The keys of `capsule`.
enum CapsuleKeys {
  static let tool = Key(
    "tool", Form<String>.scalar(.toolVersion, version).marked, example: "0.1.0", required: true,
    "The version of the tool that wrote the capsule; `replay` names it if it is another.")
  static let semantics = Key(
    "semantics", Form<Int64>.int(1...1_000_000).marked, example: "1", required: true,
    """
    The version of the engine's semantics. A later one than the tool's is refused; with an earlier \
    one the trace may differ, and `replay` says so.
    """)
  static let seed = Key(
    "seed", Form<UInt64>.seed.marked, example: "7", required: true,
    "Where all chance came from; the scenario's `seed` is the same.")
  static let outcome = Key(
    "outcome", Form<CapsuleOutcome>.words, example: "fail", required: true,
    "How the run ended, before `expect`.")
  static let violated = Key(
    "violated", Form<[Marked<String>]>.oneOrMore(Form<String>.text.marked), example: "[agreement]",
    absent: "the condition of a fault could not be evaluated",
    "The assertions that failed, by their names.")
  static let fingerprint = Key(
    "fingerprint", Form<UInt64>.hash.marked, example: "06a7fa15c3e2d490", required: true,
    "What tells the failure from others: a hash of the assertion and the violating state.")
  static let traceHash = Key(
    "trace_hash", Form<UInt64>.hash.marked, example: "b18f0e0a3fb06517", required: true,
    "The hash of all that happened in the run.")

  static let table = KeyTable(
    "capsule", "a capsule", in: "`capsule`",
    keys: [
      tool.declaration, semantics.declaration, seed.declaration, outcome.declaration,
      violated.declaration, fingerprint.declaration, traceHash.declaration,
    ],
    hints: [.instead("verdict", "write `outcome`, which is before `expect`")])

  static let form = Form<CapsuleSection>.mapping(table) { fields, reading in
    let tool = fields.take(tool, &reading)
    let semantics = fields.take(semantics, &reading)
    let seed = fields.take(seed, &reading)
    let outcome = fields.take(outcome, &reading)
    let violated = fields.take(violated, &reading)
    let fingerprint = fields.take(fingerprint, &reading)
    let traceHash = fields.take(traceHash, &reading)
    guard let tool, let semantics, let seed, let outcome, let fingerprint, let traceHash else {
      return nil
    }
    return CapsuleSection(
      tool: tool, semantics: semantics, seed: seed, outcome: outcome, violated: violated ?? [],
      fingerprint: fingerprint, traceHash: traceHash, span: reading.headSpan(of: fields.node))
  }

  private static func version(_ text: String) throws(ValueMistake) -> String {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let areNumbers = parts.allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy(Quantity.isDigit)
    }
    guard parts.count == 3, areNumbers, text.utf8.count <= 30 else {
      throw ValueMistake(
        .malformedNumber, "`\(text)` is not the version of a tool", help: "write `0.1.0`")
    }
    return text
  }
}

extension Form where Value == UInt64 {
  /// A hash in sixteen hexadecimal digits.
  static var hash: Form {
    Form.scalar(.hash) { text throws(ValueMistake) in
      let digits = text.utf8.allSatisfy { byte in
        Quantity.isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      }
      guard digits, text.utf8.count == 16, let hash = UInt64(text, radix: 16) else {
        let small = text.lowercased()
        let isLarge = text != small && UInt64(small, radix: 16) != nil && small.utf8.count == 16
        throw ValueMistake(
          .malformedNumber, "`\(text)` is not a hash of 16 digits from 0 to f",
          help: isLarge
            ? "write it in small letters: `\(small)`"
            : "copy it whole from where it was printed; the end of the file may be missing")
      }
      return hash
    }
  }
}
