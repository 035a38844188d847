import Foundation
import Testing

/// The README's commands give the outputs that it shows.
@Suite struct ReadmeTests {
  @Test func commandsGiveTheOutputsShown() throws {
    try Page("README.md").expectSessions(3, scenario: "duel.yaml")
  }

  @Test func theTwoCommandsAndTheLinksExist() throws {
    let page = try Page("README.md")
    let commands = try #require(page.blocks.first { $0.language == "sh" })
    for line in commands.text.split(separator: "\n") {
      let path = line.prefix { $0 != " " }
      #expect(FileManager.default.isExecutableFile(atPath: Tool.root.path + "/" + path))
    }
    for link in page.text.matches(of: /\]\(([^)]+)\)/) {
      let path = Tool.root.appending(path: String(link.1)).path
      #expect(FileManager.default.fileExists(atPath: path), "\(link.1)")
    }
  }
}
