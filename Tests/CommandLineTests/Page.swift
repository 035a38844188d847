import Foundation
import Testing

/// A page in Markdown whose commands are run.
struct Page {
  /// A fenced block.
  struct Block {
    let language: String
    var text: String
  }

  /// The whole text.
  let text: String
  /// Its fenced blocks, in their order.
  let blocks: [Block]

  /// Reads a page of the checkout.
  init(_ path: String) throws {
    text = try String(contentsOf: Tool.root.appending(path: path), encoding: .utf8)
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
    self.blocks = blocks
  }

  /// Runs the sessions of the page in a folder, in which the page's scenario has a name: each is a
  /// command behind `$ ` and what it prints to standard output, to the byte.
  func expectSessions(_ count: Int, scenario name: String) throws {
    let scenario = try #require(blocks.first { $0.language == "yaml" })
    let sessions = blocks.filter { $0.language == "console" }
    #expect(sessions.count == count)
    try Tool.inNewFolder { folder in
      try Data(scenario.text.utf8).write(to: folder.appending(path: name))
      for session in sessions {
        let lines = session.text.split(separator: "\n", maxSplits: 1)
        let command = try #require(lines.first.map(String.init))
        #expect(command.hasPrefix("$ "))
        let shown = lines.count > 1 ? String(lines[1]) : ""
        let output = try Tool.shell(String(command.dropFirst(2)), in: folder).output
        #expect(output == shown, "\(command)\n\(output)")
      }
    }
  }
}
