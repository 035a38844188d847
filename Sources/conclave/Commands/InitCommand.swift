import ArgumentParser
import Diagnostics
import Interpreter

/// `conclave init NAME`: a commented scenario to start from.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a commented scenario to start from, which runs and passes.",
    discussion: """
      EXAMPLES:
        conclave init my-first.yaml && conclave run my-first.yaml
      """)

  @Argument(help: "The file to write; .yaml is added if it has no ending.")
  var name: String

  @Flag(help: "Replace the file if it exists.")
  var force = false

  func validate() throws {
    if name.hasSuffix("/") || last.isEmpty || last.hasPrefix("-") {
      throw ValidationError("'\(VisibleText.escaped(name))' names no file; try my-first.yaml")
    }
  }

  /// The name without its folders.
  private var last: Substring { name.split(separator: "/").last ?? "" }

  func run() throws {
    let path = last.dropFirst().contains(".") ? name : name + ".yaml"
    do throws(OutputFile.WriteError) {
      try OutputFile.create(StarterScenario.text, at: path, force: force)
    } catch {
      Terminal.complain("error: \(VisibleText.escaped(error.path)): \(error.reason)\n")
      throw ExitStatus.unreadable.code
    }
    let shown = VisibleText.escaped(path)
    Terminal.print("wrote \(shown); run it with: conclave run \(shown)\n")
  }
}
