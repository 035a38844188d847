import Foundation
import Testing

/// The page on continuous integration: its commands do what it says, on green and on red.
@Suite struct ContinuousIntegrationTests {
  /// Every command of the page, without what YAML puts in front of it, each once.
  private static func commands() throws -> [String] {
    let page = Tool.root.appending(
      path: "Sources/Interpreter/Documentation.docc/ContinuousIntegration.md")
    var commands: [String] = []
    var isCode = false
    for line in try String(contentsOf: page, encoding: .utf8).split(separator: "\n") {
      if line.hasPrefix("```") { isCode.toggle() }
      let text = line.trimming { $0 == " " || $0 == "-" }
      let command = text.hasPrefix("run: ") ? text.dropFirst("run: ".count) : text
      if isCode, command.hasPrefix("conclave "), !commands.contains(String(command)) {
        commands.append(String(command))
      }
    }
    return commands
  }

  /// Runs a command as the shell of a job does, which stops at the first that fails.
  private func shell(_ command: String, in folder: URL) throws -> (status: Int32, output: String) {
    try Tool.shell("exec 2>&1\nset -e\n" + command, in: folder)
  }

  private func inCheckout(_ body: (URL) throws -> Void) throws {
    try Tool.inNewFolder { folder in
      try FileManager.default.copyItem(
        at: Tool.root.appending(path: "scenarios"), to: folder.appending(path: "scenarios"))
      try body(folder)
    }
  }

  @Test func everyCommandIsGreen() throws {
    let commands = try Self.commands()
    #expect(commands.count >= 4)
    try inCheckout { folder in
      for command in commands {
        let outcome = try shell(command, in: folder)
        #expect(outcome.status == 0, "\(command)\n\(outcome.output)")
      }
      for name in ["junit.xml", "report.json", "sweep.xml"] {
        #expect(FileManager.default.fileExists(atPath: folder.appending(path: name).path))
      }
    }
  }

  /// With a scenario that fails the job is red, and leaves what the page promises.
  @Test func aFailureIsShownAndKept() throws {
    try inCheckout { folder in
      let file = folder.appending(path: "scenarios/red.yaml")
      try """
      version: 1
      name: red
      limits: {time: 1s}
      topology: {nodes: 3}
      latencies: {default: 10ms}
      protocol: leader-election
      assertions:
        - never: leader != null

      """.write(to: file, atomically: true, encoding: .utf8)
      let run = try #require(try Self.commands().first { $0.contains("--format github") })
      let outcome = try shell(run, in: folder)
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("\n::error file=scenarios/red.yaml,line=8,col="))
      #expect(outcome.output.contains("title=red%3A leader != null::fail at "))
      let capsule = "failures/red.seed-1.capsule.yaml"
      #expect(try shell("conclave replay \(capsule)", in: folder).status == 0)
      #expect(try shell("conclave trace \(capsule)", in: folder).status == 0)
      let report = folder.appending(path: "report.json")
      #expect(try String(contentsOf: report, encoding: .utf8).contains(capsule))
    }
  }
}

extension Substring {
  /// Without characters of a kind at its front.
  fileprivate func trimming(_ isOff: (Character) -> Bool) -> Substring { drop(while: isOff) }
}
