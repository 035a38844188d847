import Diagnostics
public import SystemModel

/// What tells one failure from another: the assertion that fails first, and the violating state in
/// a normal form.
///
/// The normal form leaves out what differs between seeds and sizes without telling failures apart:
/// names of nodes become `N`, numbers and lengths of time `#`, texts that are no words of the
/// protocol `S`; several nodes in a row count as one, and what is read of several nodes in the same
/// way counts once. So a failure keeps its fingerprint when nodes are renamed, times are moved, or
/// nodes that play no part are taken away.
public struct Fingerprint: Sendable, Hashable {
  /// The name of the assertion, or of the fault whose condition failed.
  public let assertion: String
  /// How it fails: `fail` or `error`.
  public let verdict: Verdict
  /// The violating state in the normal form.
  public let state: [String]

  /// The fingerprint of a run; nil for one that does not fail. A `sometimes` that was not reached is
  /// no failure of a single run, unless it is counted.
  public init?(
    _ result: RunResult, _ description: ProtocolDescription, countingSometimes: Bool = false
  ) {
    let normal = NormalForm(names: result.topology.names, words: description.words)
    let failing = result.assertions.filter {
      $0.verdict == .error || $0.verdict == .fail && (countingSometimes || $0.form != "sometimes")
    }
    if let first = failing.min(by: { Self.instant($0) < Self.instant($1) }) {
      assertion = first.name
      verdict = first.verdict
      state = Self.state(first, normal)
    } else if let fault = result.faults.first(where: { $0.verdict == .error }) {
      assertion = "fault \(fault.name)"
      verdict = .error
      state = [normal.text(fault.diagnostic?.message ?? "")]
    } else {
      return nil
    }
  }

  /// Sixteen hexadecimal digits that stand for it.
  public var code: String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// A number that stands for it.
  public var hash: UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for part in [assertion, verdict.rawValue] + state {
      // FNV-1a, with a byte that occurs in no text behind each part.
      for byte in Array(part.utf8) + [0xFF] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    return hash
  }

  /// When an assertion was decided; among equals the first in the scenario counts.
  private static func instant(_ assertion: AssertionResult) -> Instant {
    assertion.evidence?.at ?? .never
  }

  private static func state(_ assertion: AssertionResult, _ normal: NormalForm) -> [String] {
    let readings = assertion.evidence?.readings ?? []
    if assertion.verdict == .error || readings.isEmpty { return [normal.text(assertion.reason)] }
    var seen: [String] = []
    for reading in readings {
      let text = "\(normal.text(reading.name)) = \(normal.text(reading.value))"
      if !seen.contains(text) { seen.append(text) }
    }
    return seen.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// Replaces in texts what differs between runs that fail in the same way.
private struct NormalForm {
  let names: Set<String>
  let words: Set<String>

  init(names: [String], words: [String]) {
    self.names = Set(names)
    self.words = Set(words)
  }

  func text(_ text: String) -> String {
    var result = ""
    var rest = Substring(text)
    while let first = rest.first {
      if first == "\"" {
        result += quoted(&rest)
      } else if first.isLetter || first == "_" {
        let word = take(from: &rest) { Self.isInName($0) }
        result += names.contains(String(word)) ? "N" : String(word)
      } else if first.isNumber {
        _ = take(from: &rest) { Self.isInName($0) || $0 == "." }
        result += "#"
      } else {
        result.append(rest.removeFirst())
      }
    }
    return joined(result)
  }

  /// Several nodes in a row as one.
  private func joined(_ text: String) -> String {
    var text = text
    for pair in ["N, N", "N and N", "\"N\", \"N\""] {
      let single = pair.first == "\"" ? "\"N\"" : "N"
      while let range = text.firstRange(of: pair) { text.replaceSubrange(range, with: single) }
    }
    return text
  }

  private func quoted(_ rest: inout Substring) -> String {
    rest.removeFirst()
    var isEscaped = false
    let content = take(from: &rest) {
      if isEscaped {
        isEscaped = false
        return true
      }
      isEscaped = $0 == "\\"
      return $0 != "\""
    }
    if !rest.isEmpty { rest.removeFirst() }
    if names.contains(String(content)) { return "\"N\"" }
    return words.contains(String(content)) ? "\"\(content)\"" : "\"S\""
  }

  private func take(
    from rest: inout Substring, while isPart: (Character) -> Bool
  ) -> Substring {
    let part = rest.prefix(while: isPart)
    rest = rest[part.endIndex...]
    return part
  }

  private static func isInName(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "-"
  }
}

extension ProtocolDescription {
  /// Every word that a field, a message or an observation of the protocol may have as a value.
  fileprivate var words: [String] {
    let types =
      fields.map(\.type) + messages.flatMap { $0.fields.map(\.type) }
      + observations.flatMap { $0.fields.map(\.type) }
    return messages.map(\.name) + CallOutcome.allCases.map(\.name)
      + types.flatMap { type -> [String] in
        if case .word(let words) = type { return words }
        return []
      }
  }
}
