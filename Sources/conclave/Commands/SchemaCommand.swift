import ArgumentParser
import Diagnostics
import Interpreter
import Reports

/// `conclave schema`: the grammar of scenarios, for editors and readers.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the language of scenarios: JSON Schema, EBNF or the reference.",
    discussion: """
      Everything is made from the catalogs that the tool itself reads scenarios by.

      EXAMPLES:
        conclave schema > scenario.schema.json      for editors that complete and check YAML
        conclave schema scenario.ebnf
        conclave schema REFERENCE.md
        conclave schema --write grammar             all of them, into a folder

      An editor with a YAML language server completes and checks a scenario whose first line is \
      `# yaml-language-server: $schema=scenario.schema.json`.
      """)

  @Argument(
    help: "Which file: \(Grammar.names.joined(separator: ", ")).",
    completion: .list(Grammar.names))
  var file = Grammar.names[0]

  @Option(help: ArgumentHelp("Write all of them into a folder.", valueName: "folder"))
  var write: String?

  func validate() throws {
    guard !Grammar.names.contains(file) else { return }
    let names = Grammar.names.joined(separator: ", ")
    throw ValidationError(
      "there is no grammar file '\(VisibleText.escaped(file))'; there are \(names)")
  }

  func run() throws {
    let grammar = Grammar(
      reportFields: ReportField.markdown(JSONFieldCatalog.fields),
      transcriptFields: TranscriptFieldCatalog.markdown)
    if let write {
      for page in grammar.files {
        do throws(OutputFile.WriteError) {
          try OutputFile.write(page.text, to: "\(write)/\(page.name)")
        } catch {
          Terminal.complain("error: \(VisibleText.escaped(error.path)): \(error.reason)\n")
          throw ExitStatus.unreadable.code
        }
      }
      return
    }
    if let text = grammar.text(of: file) { Terminal.print(text) }
  }
}
