import Diagnostics

/// The language as files: for editors, for readers, and for other tools.
///
/// All of them are made from the catalogs that the tool itself reads scenarios by.
public struct Grammar: Sendable {
  /// A file.
  public struct File: Sendable {
    /// Its name, without a folder.
    public let name: String
    /// What it holds, with a line end at the end.
    public let text: String
  }

  private let reportFields: String
  private let transcriptFields: String

  /// The language; `reportFields` and `transcriptFields` are tables in Markdown of the fields of the
  /// JSON report and of the lines of a transcript, which only the reports know.
  public init(reportFields: String, transcriptFields: String) {
    self.reportFields = reportFields
    self.transcriptFields = transcriptFields
  }

  /// The names of the files, in their order.
  public static let names = [
    "scenario.schema.json", "scenario.ebnf", "expression.ebnf", "REFERENCE.md",
  ]

  /// All files.
  public var files: [File] {
    Self.names.compactMap { name in text(of: name).map { File(name: name, text: $0) } }
  }

  /// What a file of a name holds; nil if there is none.
  public func text(of name: String) -> String? {
    switch name {
    case "scenario.schema.json": SchemaWriter.schema().text(indented: true) + "\n"
    case "scenario.ebnf": ScenarioGrammar.text
    case "expression.ebnf": ExpressionFile.text
    case "REFERENCE.md":
      Reference(reportFields: reportFields, transcriptFields: transcriptFields).text
    default: nil
    }
  }
}
