import Diagnostics

/// What is doubtful in a history after a line that could not be read: what does not fit that line's
/// process, call or message later on is probably a consequence, and not told as a mistake of its own.
struct HistoryDoubts {
  /// The keys that say whom or what a line is about.
  private static let keys = ["process", "client", "node", "call", "message"]

  private var subjects: Set<String> = []
  /// Whether a line could not be read that may have been about anything.
  private var isAnything = false

  /// Whether a mistake in a line is new; from now on what the line is about is doubtful. Without
  /// members nobody knows what it is about.
  mutating func admit(_ mistake: HistoryMistake, in members: [LineValue.Member]?) -> Bool {
    let about = members.map(Self.subjects) ?? []
    let isConsequence =
      [.callsDoNotMatch, .messagesDoNotMatch, .contradiction].contains(mistake.code)
      && (isAnything || about.contains { subjects.contains($0) })
    subjects.formUnion(about)
    if about.isEmpty { isAnything = true }
    return !isConsequence
  }

  private static func subjects(of members: [LineValue.Member]) -> [String] {
    keys.compactMap { key in
      guard let value = members.first(where: { $0.key == key })?.value else { return nil }
      return (value.text ?? value.int.map { String($0) }).map { "\(key) \($0)" }
    }
  }
}
