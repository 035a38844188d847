/// Lays out a draft in the manner of a page: sections as paragraphs, entries with a name over several
/// lines, all else in one line as long as it fits.
struct DraftWriter {
  /// How many columns a line has, comments aside.
  static let width = 100
  /// The column in which the comments of a section begin at the earliest.
  private static let commentColumn = 38
  /// Sections that stand together, without an empty line between them.
  private static let preamble = ["version", "name", "description", "tags", "seed", "limits"]
  /// The lists whose items are entries, each in lines of its own.
  private static let entryLists = [
    "workloads", "faults", "deliveries", "timers", "assertions", "links",
  ]

  /// The sections in which the comments stand under each other whatever the width.
  private static let columns = ["deliveries", "timers"]

  private struct Line {
    var text: String
    var comment: String?
  }

  private var lines: [Line] = []
  /// The place of the first line of the section that is being written.
  private var sectionStart = 0

  init(_ draft: ScenarioDraft) {
    write(comment: draft.header, indent: 0)
    var previous = draft.header.isEmpty ? nil : Optional("")
    for entry in draft.root.entries ?? [] {
      let isTogether =
        previous.map { Self.preamble.contains($0) } ?? true && Self.preamble.contains(entry.key)
      if !isTogether, previous != nil { lines.append(Line(text: "")) }
      sectionStart = lines.count
      write(section: entry)
      if !Self.preamble.contains(entry.key) {
        alignComments(always: Self.columns.contains(entry.key))
      }
      previous = entry.key
    }
  }

  /// The whole text.
  var text: String {
    lines.map { line in
      line.comment.map { "\(line.text)  \(Self.hash($0))" } ?? line.text
    }.joined(separator: "\n") + "\n"
  }

  // MARK: Sections and entries

  private mutating func write(section: DraftEntry) {
    let entries = section.value.entries ?? []
    let holdsTexts = entries.allSatisfy { $0.value.text != nil }
    let holdsList =
      entries.count == 1 && Self.areBareTexts(entries[0].value.items ?? [section.value])
    let mayFlow = section.value.items != nil || holdsTexts || holdsList
    write(section, head: "", indent: 0, mayFlow: mayFlow)
  }

  /// Writes an entry of a mapping; `head` stands in front of its key in place of spaces.
  private mutating func write(_ entry: DraftEntry, head: String, indent: Int, mayFlow: Bool) {
    let key = head + DraftScalar.flow(entry.key) + ":"
    if head.isEmpty || head.allSatisfy({ $0 == " " }) {
      write(comment: entry.value.above, indent: indent)
    }
    let isList = entry.value.items != nil && Self.entryLists.contains(entry.key)
    if let line = oneLine(entry.value, head: key, mayFlow: mayFlow && !isList) {
      lines.append(Line(text: line, comment: entry.value.behind))
      return
    }
    switch entry.value.content {
    case .text(let text): write(text, entry.value.behind, head: key, indent: indent + 2)
    case .list(let items) where !isList && Self.areBareTexts(items):
      write(wrapped: items, entry.value.behind, head: key, indent: indent + 2)
    case .list(let items):
      lines.append(Line(text: key, comment: entry.value.behind))
      for (place, item) in items.enumerated() {
        write(item: item, indent: indent + 2, isFirst: place == 0, isEntry: isList)
      }
    case .mapping(let entries):
      lines.append(Line(text: key, comment: entry.value.behind))
      write(entries, head: nil, indent: indent + 2)
    }
  }

  private mutating func write(_ entries: [DraftEntry], head: String?, indent: Int) {
    let space = String(repeating: " ", count: indent)
    for (place, entry) in entries.enumerated() {
      let start = place == 0 ? head ?? space : space
      write(entry, head: start, indent: indent, mayFlow: true)
    }
  }

  private mutating func write(item: DraftValue, indent: Int, isFirst: Bool, isEntry: Bool) {
    let above = item.above + (item.entries?.first?.value.above ?? [])
    if !above.isEmpty, !isFirst { lines.append(Line(text: "")) }
    write(comment: above, indent: indent)
    let head = String(repeating: " ", count: indent) + "-"
    let mayFlow = !isEntry || item["name"] == nil
    if let line = oneLine(item, head: head, mayFlow: mayFlow) {
      lines.append(Line(text: line, comment: item.behind))
      return
    }
    switch item.content {
    case .text(let text): write(text, item.behind, head: head, indent: indent + 2)
    case .list(let items): write(wrapped: items, item.behind, head: head, indent: indent + 2)
    case .mapping(var entries):
      if !entries.isEmpty, let behind = item.behind, entries[0].value.behind == nil {
        entries[0].value.behind = behind
      }
      write(entries, head: head + " ", indent: indent + 2)
    }
  }

  /// A value in one line behind its key, if it may and fits.
  private func oneLine(_ value: DraftValue, head: String, mayFlow: Bool) -> String? {
    let text: String
    if let scalar = value.text {
      guard !scalar.contains("\n") else { return nil }
      text = DraftScalar.block(scalar)
    } else {
      guard mayFlow, !value.hasInnerComments, !Self.hasLineEnds(value) else { return nil }
      text = Self.flow(value)
    }
    let line = "\(head) \(text)"
    return line.count <= Self.width ? line : nil
  }

  private mutating func write(_ text: String, _ behind: String?, head: String, indent: Int) {
    let all = DraftScalar.lines(text, head: head, indent: indent, width: Self.width)
    let isBlock = text.contains("\n")
    for (place, line) in all.enumerated() {
      let isLast = place == (isBlock ? 0 : all.count - 1)
      lines.append(Line(text: line, comment: isLast ? behind : nil))
    }
  }

  /// Writes a list between brackets over as many lines as it needs.
  private mutating func write(
    wrapped items: [DraftValue], _ behind: String?, head: String, indent: Int
  ) {
    var line = head + " ["
    for (place, item) in items.enumerated() {
      let isLast = place == items.count - 1
      let piece = Self.flow(item) + (isLast ? "]" : ",")
      if place > 0, line.count + 1 + piece.count > Self.width {
        lines.append(Line(text: line))
        line = String(repeating: " ", count: indent) + piece
      } else {
        line += place == 0 ? piece : " " + piece
      }
    }
    lines.append(Line(text: line, comment: behind))
  }

  private static func areBareTexts(_ items: [DraftValue]) -> Bool {
    items.allSatisfy { $0.text != nil && !$0.hasComments && !hasLineEnds($0) }
  }

  private static func flow(_ value: DraftValue) -> String {
    switch value.content {
    case .text(let text): return DraftScalar.flow(text)
    case .list(let items): return "[\(items.map { flow($0) }.joined(separator: ", "))]"
    case .mapping(let entries):
      let inner = entries.map { "\(DraftScalar.flow($0.key)): \(flow($0.value))" }
      return "{\(inner.joined(separator: ", "))}"
    }
  }

  private static func hasLineEnds(_ value: DraftValue) -> Bool {
    switch value.content {
    case .text(let text): text.contains("\n")
    case .list(let items): items.contains { hasLineEnds($0) }
    case .mapping(let entries): entries.contains { hasLineEnds($0.value) }
    }
  }

  // MARK: Comments

  private mutating func write(comment: [String], indent: Int) {
    let space = String(repeating: " ", count: indent)
    for line in comment { lines.append(Line(text: space + Self.hash(line))) }
  }

  private static func hash(_ comment: String) -> String {
    comment.isEmpty ? "#" : "# \(comment)"
  }

  /// Puts the comments behind the lines of the section under each other, as far as they fit or always.
  private mutating func alignComments(always isColumn: Bool) {
    let places = lines.indices[sectionStart...].filter { lines[$0].comment != nil }
    let widest = (places.map { lines[$0].text.count }.max() ?? 0) + 2
    let longest = places.map { lines[$0].comment?.count ?? 0 }.max() ?? 0
    let fitting = isColumn ? widest : min(max(Self.commentColumn, widest), Self.width - longest - 2)
    for place in places {
      let wanted = fitting < widest ? 0 : fitting - 2
      let missing = max(0, wanted - lines[place].text.count)
      lines[place].text += String(repeating: " ", count: missing)
    }
  }
}
