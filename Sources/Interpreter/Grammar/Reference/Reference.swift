/// The reference of the language: what a scenario may say and what it means, in one file.
struct Reference {
  /// A table in Markdown of the fields of the JSON report.
  let reportFields: String
  /// A table in Markdown of the keys of a line of a transcript.
  let transcriptFields: String

  /// The chapters in their order.
  private var chapters: [ReferencePage] {
    [
      FileChapter.page, SectionChapter.page, ValueChapter.page, TimeChapter.page,
      NetworkChapter.page, ChanceChapter.page, FaultChapter.page, WorkloadChapter.page,
      VaryChapter.page,
      AssertionChapter.page, ExpressionChapter.page, FunctionChapter.page,
    ] + ProtocolPage.names.compactMap { ProtocolPage.page($0) }.map(Self.protocolChapter) + [
      MistakeChapter.page, JudgementChapter.invariants, JudgementChapter.metrics,
      HistoryChapter.page, ReportChapter.page, TranscriptChapter.page, PromiseChapter.page,
      LimitChapter.page, CodeChapter.page, LaterChapter.page,
    ]
  }

  /// The text of the file.
  var text: String {
    let chapters = chapters
    let contents = chapters.map { "- [\($0.title)](#\(Self.anchor($0.title)))" }
    var text = """
      # The scenario language of conclave

      Written by `conclave schema` from the catalogs that the tool reads scenarios by; edit those. \
      Everything that is listed here acts: what a scenario may write and would have no effect is \
      refused.

      \(contents.joined(separator: "\n"))


      """
    for chapter in chapters {
      text += chapter.markdown(level: 2) + "\n"
      if chapter.title == ReportChapter.page.title { text += reportFields + "\n" }
      if chapter.title == TranscriptChapter.page.title { text += transcriptFields + "\n" }
    }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .reduce(into: ReferenceLines()) { $0.append(String($1)) }.text
  }

  private static func protocolChapter(_ page: ReferencePage) -> ReferencePage {
    ReferencePage("Protocol: `\(page.title)`", page.sections)
  }

  /// The place of a heading as renderers of Markdown make it.
  static func anchor(_ title: String) -> String {
    var anchor = ""
    for scalar in title.lowercased().unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9", "-", "_": anchor.unicodeScalars.append(scalar)
      case " ": anchor += "-"
      default: break
      }
    }
    return anchor
  }
}

/// Lines of which never two empty ones follow each other.
private struct ReferenceLines {
  private var lines: [String] = []

  mutating func append(_ line: String) {
    if line.isEmpty, lines.last?.isEmpty ?? true { return }
    lines.append(line)
  }

  /// The text with one line end at its end.
  var text: String {
    var lines = lines
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }
}
