import ArgumentParser
import Diagnostics
import Interpreter

/// `conclave schema`: the scenario language for editors, validators and readers.
struct SchemaCommand: ParsableCommand {
  /// The forms in which the language can be printed.
  enum Form: String, ExpressibleByArgument, CaseIterable {
    case schema, grammar, expressions, reference

    var file: GrammarSources.File {
      switch self {
      case .schema: GrammarSources.schema
      case .grammar: GrammarSources.scenarioGrammar
      case .expressions: GrammarSources.expressionGrammar
      case .reference: GrammarSources.reference
      }
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the scenario language: as a JSON Schema, a grammar or a reference.",
    discussion: """
      EXAMPLES:
        conclave schema > scenario.schema.json         JSON Schema 2020-12, for editors
        conclave schema --form reference | less        every key, with meaning and example
        conclave schema --write grammar                all forms, as files of a folder

      An editor with a YAML language server completes from the schema if the first line of the \
      scenario is `# yaml-language-server: $schema=scenario.schema.json`.
      """)

  @Option(help: "What to print: \(Form.allCases.map(\.rawValue).joined(separator: ", ")).")
  var form: Form = .schema

  @Option(help: "Write all forms into this folder instead.")
  var write: String?

  func run() throws {
    guard let write else {
      Terminal.print(form.file.text)
      return
    }
    for file in GrammarSources.files {
      do throws(OutputFile.WriteError) {
        try OutputFile.write(file.text, to: "\(write)/\(file.name)")
      } catch {
        Terminal.complain("error: \(VisibleText.escaped(error.path)): \(error.reason)\n")
        throw ExitStatus.unreadable.code
      }
      Terminal.print("wrote \(VisibleText.escaped(write))/\(file.name): \(file.summary)\n")
    }
  }
}
