import Foundation
import TestSupport
import Testing

/// The README's commands give the outputs that it shows.
@Suite struct ReadmeTests {
  /// A fenced block of the README.
  private struct Block {
    let language: String
    var text: String
  }

  private func blocks() throws -> (text: String, blocks: [Block]) {
    let text = try String(contentsOf: Tool.root.appending(path: "README.md"), encoding: .utf8)
    var blocks: [Block] = []
    var isOpen = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        if !isOpen { blocks.append(Block(language: String(line.dropFirst(3)), text: "")) }
        isOpen.toggle()
      } else if isOpen {
        blocks[blocks.count - 1].text += line + "\n"
      }
    }
    return (text, blocks)
  }

  @Test func commandsGiveTheOutputsShown() throws {
    let (_, blocks) = try blocks()
    let scenario = try #require(blocks.first { $0.language == "yaml" })
    let sessions = blocks.filter { $0.language == "console" }
    #expect(sessions.count == 3)
    try Tool.inNewFolder { folder in
      try Data(scenario.text.utf8).write(to: folder.appending(path: "duel.yaml"))
      for session in sessions {
        let lines = session.text.split(separator: "\n", maxSplits: 1)
        let command = try #require(lines.first.map(String.init))
        #expect(command.hasPrefix("$ "))
        let shown = lines.count > 1 ? String(lines[1]) : ""
        let output = try shell(String(command.dropFirst(2)), in: folder)
        #expect(output == shown, "\(command)\n\(output)")
      }
    }
  }

  @Test func theTwoCommandsAndTheLinksExist() throws {
    let (text, blocks) = try blocks()
    let commands = try #require(blocks.first { $0.language == "sh" })
    for line in commands.text.split(separator: "\n") {
      let path = line.prefix { $0 != " " }
      #expect(FileManager.default.isExecutableFile(atPath: Tool.root.path + "/" + path))
    }
    for link in text.matches(of: /\]\(([^)]+)\)/) {
      let path = Tool.root.appending(path: String(link.1)).path
      #expect(FileManager.default.fileExists(atPath: path), "\(link.1)")
    }
  }

  /// Runs a command of the shell in which `conclave` is the built tool.
  private func shell(_ command: String, in folder: URL) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment
    let tools = Tool.executable.deletingLastPathComponent().path
    environment["PATH"] = tools + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
    process.environment = environment
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: text, as: UTF8.self)
  }
}
