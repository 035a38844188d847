/// The pages on all codes, as `conclave explain` prints them.
public struct ExplanationCatalog: Sendable {
  /// All codes, by number.
  public let codes: [DiagnosticCode]

  /// Collects codes; each number once.
  public init(_ codes: [DiagnosticCode]) {
    self.codes = codes.sorted { $0.id < $1.id }
    for (code, next) in zip(self.codes, self.codes.dropFirst()) {
      precondition(code.id != next.id, "two codes are numbered \(code.id)")
    }
  }

  /// The code with an id; upper and lower case are the same.
  public func code(_ id: String) -> DiagnosticCode? {
    codes.first { $0.id == id.uppercased() }
  }

  /// The known id that an unknown one is a slip of: a digit or the letter is wrong, missing or too
  /// much, or two have changed places. Nil if none is that near.
  public func nearest(to id: String) -> DiagnosticCode? {
    let id = Array(id.uppercased())
    return codes.first { Self.isSlip(id, of: Array($0.id)) }
  }

  /// Which codes there are where an unknown one would be, if it is well formed: `the codes W07xx go
  /// from W0701 to W0710`; of an unknown hundred, which hundreds there are.
  public func range(around id: String) -> String? {
    let id = id.uppercased()
    guard id.utf8.count == 5, let letter = id.first, letter.isLetter,
      id.dropFirst().utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    let family = id.prefix(3)
    let members = codes.map(\.id).filter { $0.hasPrefix(family) }
    if let first = members.first, let last = members.last {
      return "the codes \(family)xx go from \(first) to \(last)"
    }
    var families: [String] = []
    for code in codes where families.last != code.id.prefix(3) + "xx" {
      families.append(code.id.prefix(3) + "xx")
    }
    return "the codes are \(families.joined(separator: ", "))"
  }

  /// The page on a code: what it means, a wrong and a right example.
  public func page(_ code: DiagnosticCode) -> String {
    """
    \(code.id): \(code.title)

    \(code.explanation)

    Wrong:

    \(Self.indented(code.wrong))

    Right:

    \(Self.indented(code.right))

    """
  }

  /// One line for each code.
  public var list: String { codes.map { "\($0.id)  \($0.title)\n" }.joined() }

  private static func isSlip(_ id: [Character], of known: [Character]) -> Bool {
    let start = zip(id, known).prefix { $0 == $1 }.count
    let end = zip(id.reversed(), known.reversed()).prefix { $0 == $1 }.count
    let (left, right) = (id.count - start, known.count - start)
    if left == right, left > 1, id[start] == known[start + 1], id[start + 1] == known[start] {
      return id[(start + 2)...] == known[(start + 2)...]
    }
    return abs(left - right) <= 1 && max(left, right) - end <= 1
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    " + showingTabs(String($0)) }
      .joined(separator: "\n")
  }

  /// Tabs are kept, since some examples are about them; all else that is hidden is escaped.
  private static func showingTabs(_ line: String) -> String {
    line.split(separator: "\t", omittingEmptySubsequences: false)
      .map { VisibleText.escaped(String($0)) }
      .joined(separator: "\t")
  }
}
