import ArgumentParser
import Diagnostics
import Interpreter

/// `conclave explain CODE`: the page of a diagnostic.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say what a diagnostic means, with a wrong and a right example.",
    discussion: """
      EXAMPLES:
        conclave explain E0105    the page of one diagnostic
        conclave explain          the list of all
      """)

  @Argument(help: "The code of a diagnostic, such as E0105; all are listed without one.")
  var code: String?

  func run() throws {
    let catalog = ExplanationCatalog(DiagnosticCodes.all)
    guard let code else {
      Terminal.print(catalog.list)
      return
    }
    guard let known = catalog.code(code) else {
      let near = catalog.nearest(to: code).map { "; did you mean \($0.id), \($0.title)?" }
      let range = catalog.range(around: code).map { "; \($0)" }
      let help = range ?? near ?? "; `conclave explain` lists all"
      Terminal.complain("error: there is no diagnostic \(VisibleText.escaped(code))\(help)\n")
      throw ExitStatus.usage.code
    }
    Terminal.print(catalog.page(known))
  }
}
