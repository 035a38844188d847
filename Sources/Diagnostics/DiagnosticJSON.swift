extension DiagnosticRenderer {
  /// The diagnostics of a bag as data, in the same order and number as they are printed in full.
  ///
  /// Lines and columns start with 1, columns count characters; `endLine` and `endColumn` are
  /// behind the last character. What is absent is `null`.
  public static func json(_ bag: DiagnosticBag, _ sources: SourceMap) -> JSONValue {
    .array(bag.sorted.map { json($0, sources) })
  }

  /// One diagnostic as data.
  public static func json(_ diagnostic: Diagnostic, _ sources: SourceMap) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("code", .string(diagnostic.code.id)),
      .init("severity", .string(diagnostic.severity.rawValue)),
      .init("message", .string(diagnostic.message)),
    ]
    members += place(diagnostic.span, sources)
    members += [
      .init("label", .string(diagnostic.label)),
      .init("labels", .array(diagnostic.labels.map { label($0, sources) })),
      .init("notes", .array(diagnostic.notes.map { .string($0) })),
      .init("help", diagnostic.help.map { .string($0) } ?? .null),
    ]
    return .object(members)
  }

  private static func label(_ label: Diagnostic.Label, _ sources: SourceMap) -> JSONValue {
    .object(place(label.span, sources) + [.init("text", .string(label.text))])
  }

  private static func place(_ span: SourceSpan?, _ sources: SourceMap) -> [JSONValue.Member] {
    let keys = ["file", "line", "column", "endLine", "endColumn"]
    guard let span else { return keys.map { .init($0, .null) } }
    let file = sources[span]
    let (start, end) = (file.position(of: span.start), file.position(of: span.end))
    let numbers = [start.line, start.column, end.line, end.column].map { JSONValue.int(Int64($0)) }
    return zip(keys, [.string(file.name)] + numbers).map { .init($0, $1) }
  }
}
