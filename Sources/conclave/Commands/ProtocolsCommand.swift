import ArgumentParser
import Diagnostics
import Interpreter

/// `conclave protocols NAME`: what a protocol says of itself.
struct ProtocolsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "protocols",
    abstract: "List the protocols, or say everything about one.",
    discussion: """
      EXAMPLES:
        conclave protocols                    the list
        conclave protocols leader-election    options, calls, fields, messages, invariants, metrics
      """)

  @Argument(help: "The name of a protocol; all are listed without one.")
  var name: String?

  func run() throws {
    guard let name else {
      Terminal.print(ProtocolPage.overview.text(width: Terminal.width))
      return
    }
    guard let page = ProtocolPage.page(name) else {
      let near = Suggestion.nearest(to: name, among: ProtocolPage.names)
      let help = near.map { "; did you mean \($0)?" } ?? ""
      let known = ProtocolPage.names.joined(separator: ", ")
      Terminal.complain(
        "error: there is no protocol \(VisibleText.escaped(name))\(help)\n  known: \(known)\n")
      throw ExitStatus.usage.code
    }
    Terminal.print(page.text(width: Terminal.width))
  }
}
