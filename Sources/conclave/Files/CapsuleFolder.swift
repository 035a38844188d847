import ArgumentParser
import Diagnostics
import FoundationEssentials
import Reports
import Search

/// Whether and where failing runs are kept.
struct CapsuleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keep each failing run in this folder, as a scenario that `replay` runs again.",
      valueName: "folder"))
  var capsules: String?

  @Flag(help: "Let capsules replace files that exist.")
  var force = false

  func validate() throws {
    if force, capsules == nil { throw ValidationError("--force belongs to --capsules") }
    if capsules == "-" || capsules == "" {
      throw ValidationError("--capsules takes a folder; capsules are files")
    }
  }

  /// The folder; nil if nothing is to be kept.
  var folder: CapsuleFolder? { capsules.map { CapsuleFolder(path: $0, force: force) } }
}

/// The folder in which failing runs are kept; made when the first of them is written.
struct CapsuleFolder {
  let path: String
  let force: Bool
  private var names: Set<String> = []
  /// The capsules that were written, or were there already, in the order of writing.
  private(set) var written: [String] = []
  /// What is wrong with the folder or its files.
  private(set) var status = ExitStatus.pass

  init(path: String, force: Bool) {
    self.path = path
    self.force = force
  }

  /// Writes a capsule and gives its path; nil if it could not be written, which is said on standard
  /// error.
  mutating func keep(_ capsule: Capsule) -> String? {
    var number = 1
    while !names.insert(capsule.fileName(number: number)).inserted { number += 1 }
    let file = (path.hasSuffix("/") ? path : path + "/") + capsule.fileName(number: number)
    do throws(OutputFile.WriteError) {
      try OutputFile.makeFolder(path)
      if !holds(capsule.text, file) {
        try OutputFile.create(capsule.text, at: file, force: force)
      }
    } catch {
      Terminal.complain("error: \(VisibleText.escaped(error.path)): \(error.reason)\n")
      status = .unreadable
      return nil
    }
    written.append(file)
    return file
  }

  /// Says where the capsules are and how they are replayed.
  var summary: String {
    guard let first = written.first else { return "" }
    let command = RepeatCommand(replayOf: first).text
    let others = written.count - 1
    let more = others == 0 ? "" : ", and \(others) more"
    return "kept \(VisibleText.escaped(first))\(more)\nreplay with: \(command)\n"
  }

  /// Whether the very capsule is there already, from an earlier run.
  private func holds(_ text: String, _ file: String) -> Bool {
    guard case .text(let source) = ScenarioFiles.file(file, isPlain: true) else { return false }
    return source.bytes == Array(text.utf8)
  }
}
