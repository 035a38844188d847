import Expressions

/// The language in the forms in which others read it, all made from the catalogs that the reader,
/// the checker and the engine use.
public enum GrammarSources {
  /// A file of the folder `grammar`.
  public struct File: Sendable {
    /// The name of the file.
    public let name: String
    /// What it is, in a few words.
    public let summary: String
    /// Its text, which ends with a line end.
    public let text: String
  }

  /// All files of the folder.
  public static var files: [File] { [reference, schema, scenarioGrammar, expressionGrammar] }

  /// The scenario language for a reader.
  public static var reference: File {
    File(
      name: "REFERENCE.md", summary: "the reference of the scenario language",
      text: ScenarioReference.text)
  }

  /// The scenario language for editors and validators.
  public static var schema: File {
    File(
      name: "scenario.schema.json", summary: "the scenario language as a JSON Schema 2020-12",
      text: ScenarioSchema.text)
  }

  /// The scenario language as a grammar.
  public static var scenarioGrammar: File {
    File(
      name: "scenario.ebnf", summary: "the scenario language as a grammar",
      text: ScenarioGrammar.text)
  }

  /// The expressions of scenarios as a grammar.
  public static var expressionGrammar: File {
    File(
      name: "expression.ebnf", summary: "the expressions of scenarios as a grammar",
      text: ExpressionGrammar.ebnf.trimmingLineEnds + "\n")
  }
}
