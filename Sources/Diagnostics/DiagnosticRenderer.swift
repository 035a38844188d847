/// Prints diagnostics for people: the message, the place, the source line with its marks, advice.
///
/// Nothing from a file or message reaches the terminal raw: hidden characters are escaped.
public struct DiagnosticRenderer: Sendable {
  /// The most diagnostics that are printed; more of them are counted.
  public static let shownLimit = 100

  private let sources: SourceMap
  private let paint: Paint

  /// Prints diagnostics of some texts, with terminal colours or without.
  public init(_ sources: SourceMap, colour: Bool = false) {
    self.sources = sources
    paint = Paint(isOn: colour)
  }

  /// All diagnostics of a bag, each followed by an empty line, and how many are not shown.
  public func text(_ bag: DiagnosticBag) -> String {
    let sorted = bag.sorted
    var result = ""
    for diagnostic in sorted.prefix(Self.shownLimit) { result += text(diagnostic) + "\n" }
    let more = sorted.count - min(sorted.count, Self.shownLimit) + bag.overflow
    return more > 0 ? result + "… and \(more) more\n" : result
  }

  /// A place as diagnostics show it: the arrow, the source line, and carets with what is said under
  /// them; the text ends with a line end.
  public func excerpt(_ span: SourceSpan, label: String, _ part: Paint.Part = .error) -> String {
    let line = sources[span].lineIndex(of: span.start)
    let mark = Mark(span: span, label: label, isPrimary: true, part: part, line: line)
    let gutter = Gutter(width: String(line + 1).count, paint: paint)
    let lines = place(of: [mark], isFirst: true, gutter) + excerpt([mark], gutter)
    return lines.map { $0 + "\n" }.joined()
  }

  /// One diagnostic; the text ends with a line end.
  public func text(_ diagnostic: Diagnostic) -> String {
    let part: Paint.Part = diagnostic.severity == .error ? .error : .warning
    let head = paint(part, "\(diagnostic.severity.rawValue)[\(diagnostic.code.id)]")
    var lines = [head + paint(.emphasis, ": " + Self.printable(diagnostic.message))]
    let marks = marks(of: diagnostic, part)
    let lastLine = marks.map { $0.line + 1 }.max() ?? 0
    let gutter = Gutter(width: max(1, String(lastLine).count), paint: paint)
    var previousFile: Int?
    for group in groups(marks) {
      lines += place(of: group, isFirst: previousFile == nil, gutter)
      lines += excerpt(group, gutter)
      previousFile = group[0].span.file
    }
    var advice = diagnostic.notes.map { (kind: "note", text: $0) }
    if let help = diagnostic.help { advice.append((kind: "help", text: help)) }
    if !advice.isEmpty, !marks.isEmpty { lines.append(gutter.empty) }
    for (kind, text) in advice { lines += gutter.advice(kind, text) }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension DiagnosticRenderer {
  /// A text from a message without hidden characters, and no longer than a person reads.
  fileprivate static func printable(_ text: String) -> String {
    VisibleText.escaped(VisibleText.brief(text, limit: Diagnostic.longestText))
  }
}

extension DiagnosticRenderer {
  /// A span that is shown under its line.
  private struct Mark {
    let span: SourceSpan
    let label: String
    let isPrimary: Bool
    let part: Paint.Part
    /// 0-based.
    let line: Int
  }

  private func marks(of diagnostic: Diagnostic, _ part: Paint.Part) -> [Mark] {
    guard let span = diagnostic.span else { return [] }
    let primary = Mark(
      span: span, label: diagnostic.label, isPrimary: true, part: part,
      line: sources[span].lineIndex(of: span.start))
    return [primary]
      + diagnostic.labels.map {
        Mark(
          span: $0.span, label: $0.text, isPrimary: false, part: .frame,
          line: sources[$0.span].lineIndex(of: $0.span.start))
      }
  }

  /// The marks by file, that of the primary one first; in each file by place.
  private func groups(_ marks: [Mark]) -> [[Mark]] {
    var files: [Int] = []
    for mark in marks where !files.contains(mark.span.file) { files.append(mark.span.file) }
    return files.map { file in
      marks.filter { $0.span.file == file }.sorted { $0.span < $1.span }
    }
  }

  /// The line with the arrow, and an empty line of the gutter.
  private func place(of group: [Mark], isFirst: Bool, _ gutter: Gutter) -> [String] {
    let mark = group.first { $0.isPrimary } ?? group[0]
    let file = sources[mark.span]
    let (line, column) = file.position(of: mark.span.start)
    let arrow = paint(.frame, gutter.space + (isFirst ? "-->" : ":::"))
    return ["\(arrow) \(VisibleText.escaped(file.name)):\(line):\(column)", gutter.empty]
  }

  /// The lines that have marks, with dots where lines between them are left out.
  private func excerpt(_ group: [Mark], _ gutter: Gutter) -> [String] {
    var lines: [String] = []
    var index = 0
    var previousLine: Int?
    while index < group.count {
      let first = group[index]
      let shown = SourceExcerpt(sources[first.span], line: first.line, around: first.span.start)
      var here: [Mark] = []
      while index < group.count, group[index].line == first.line,
        here.isEmpty || group[index].span.start <= shown.range.upperBound
      {
        here.append(group[index])
        index += 1
      }
      if let previousLine, first.line > previousLine + 1 { lines.append(gutter.gap) }
      previousLine = first.line
      lines.append(gutter.numbered(first.line + 1, shown.text))
      // The last mark comes first, so that its label does not stand between others and the line.
      for mark in here.reversed() { lines.append(gutter.unnumbered(underline(mark, in: shown))) }
    }
    return lines
  }

  /// The row of carets or dashes under a line, with its label.
  private func underline(_ mark: Mark, in shown: SourceExcerpt) -> String {
    let lineEnd = sources[mark.span].line(mark.line).endIndex
    let columns = shown.columns(of: mark.span.start..<max(mark.span.start, mark.span.end))
    var row = String(repeating: mark.isPrimary ? "^" : "-", count: columns.count)
    if mark.span.end > lineEnd, mark.span.end > mark.span.start + 1 { row += "…" }
    if !mark.label.isEmpty { row += " " + Self.printable(mark.label) }
    return String(repeating: " ", count: columns.lowerBound) + paint(mark.part, row)
  }
}

/// The column of line numbers, left of a bar.
private struct Gutter {
  let width: Int
  let paint: Paint

  var space: String { String(repeating: " ", count: width) }

  var empty: String { paint(.frame, space + " |") }

  /// Stands for lines that are left out.
  var gap: String { paint(.frame, "...") }

  func numbered(_ number: Int, _ text: String) -> String {
    let digits = String(number)
    let padding = String(repeating: " ", count: width - digits.count)
    return row(padding + digits + " |", text)
  }

  func unnumbered(_ text: String) -> String { row(space + " |", text) }

  /// A note or help; lines of it after the first stand under its text.
  func advice(_ kind: String, _ text: String) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let indentation = space + "   " + String(repeating: " ", count: kind.count + 2)
    return lines.enumerated().map { index, line in
      let text = DiagnosticRenderer.printable(String(line))
      guard index == 0 else { return indentation + text }
      return paint(.frame, space + " =") + " " + paint(.emphasis, kind + ":") + " " + text
    }
  }

  private func row(_ margin: String, _ text: String) -> String {
    paint(.frame, margin) + (text.isEmpty ? "" : " " + text)
  }
}
