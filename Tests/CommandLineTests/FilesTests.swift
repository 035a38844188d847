import Foundation
import Testing

@Suite struct FilesTests {
  @Test func theStarterRunsAndPasses() throws {
    try Tool.inNewFolder { folder in
      let written = try Tool.run(["init", "first"], in: folder)
      #expect(written.status == 0)
      let outcome = try Tool.run(["run", "first.yaml"], in: folder)
      #expect(outcome.status == 0, "\(outcome.output)")
      let again = try Tool.run(["init", "first"], in: folder)
      #expect(again.status == 66)
      #expect(again.errors.contains("--force"))
      #expect(try Tool.run(["init", "first", "--force"], in: folder).status == 0)
    }
  }

  @Test func aReportThatCannotBeWrittenLeavesNothingBehind() throws {
    try Tool.inNewFolder { folder in
      _ = try Tool.run(["init", "first"], in: folder)
      let outcome = try Tool.run(
        ["run", "first.yaml", "--json", "no/such/folder.json"], in: folder)
      #expect(outcome.status == 66)
      #expect(outcome.errors.contains("no/such/folder.json"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["first.yaml"])
    }
  }

  @Test func noReportIsWrittenOverAnotherOrOverAScenario() throws {
    try Tool.inNewFolder { folder in
      _ = try Tool.run(["init", "first"], in: folder)
      let before = try Data(contentsOf: folder.appending(path: "first.yaml"))
      let over = ["run", "first.yaml", "--json", "./first.yaml"]
      #expect(try Tool.run(over, in: folder).status == 64)
      #expect(try Data(contentsOf: folder.appending(path: "first.yaml")) == before)
      let same = ["run", "first.yaml", "--json", "x", "--junit", "./x"]
      #expect(try Tool.run(same, in: folder).status == 64)
    }
  }

  @Test func namesThatNameNoFileAreRefused() throws {
    try Tool.inNewFolder { folder throws in
      for name in ["", "folder/", "--", "a/-b"] {
        #expect(try Tool.run(["init", "--", name], in: folder).status == 64, "\(name)")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
      #expect(try Tool.run(["trace", "scenarios"]).status == 64)
    }
  }

  @Test func extendsReadsOnlyBelowItsFolder() throws {
    try Tool.inNewFolder { folder in
      let base = folder.appending(path: "sub")
      try FileManager.default.createDirectory(at: base, withIntermediateDirectories: true)
      _ = try Tool.run(["init", "first"], in: folder)
      let child = "version: 1\nextends: ../first.yaml\nname: child\n"
      try Data(child.utf8).write(to: base.appending(path: "child.yaml"))
      #expect(try Tool.run(["check", "child.yaml"], in: base).status == 65)
      let sibling = "version: 1\nextends: first.yaml\nname: sibling\n"
      try Data(sibling.utf8).write(to: folder.appending(path: "sibling.yaml"))
      let outcome = try Tool.run(["run", "sibling.yaml"], in: folder)
      #expect(outcome.status == 0, "\(outcome.output)")
    }
  }

  /// What others extend lies beside them: left out if its name says so, else told how.
  @Test func sharedPartsLieBesideTheirScenarios() throws {
    try Tool.inNewFolder { folder in
      let parts = "version: 1\nname: parts\ntopology: {nodes: 3}\nlatencies: {default: 5ms}\n"
      let whole = "protocol: leader-election\nassertions: [{eventually: leader != null}]\n"
      for base in ["_base.yaml", "base.yaml"] {
        try Data(parts.utf8).write(to: folder.appending(path: base))
        try Data("extends: \(base)\nname: whole\n\(whole)".utf8)
          .write(to: folder.appending(path: "whole.yaml"))
        let isLeftOut = base == "_base.yaml"
        for command in ["run", "check"] {
          let outcome = try Tool.run([command, "."], in: folder)
          #expect(outcome.status == (isLeftOut ? 0 : 65), "\(command) \(outcome.output)")
          let text = outcome.output
          #expect(text.contains("`./whole.yaml` extends this file") == !isLeftOut, "\(text)")
          #expect(text.contains("let its name begin with `_`") == !isLeftOut, "\(text)")
        }
      }
      #expect(try Tool.run(["check", "_base.yaml"], in: folder).status == 65)
      let only = folder.appending(path: "only")
      try FileManager.default.createDirectory(at: only, withIntermediateDirectories: true)
      try Data(parts.utf8).write(to: only.appending(path: "_base.yaml"))
      #expect(try Tool.run(["run", "only"], in: folder).status == 66)
    }
  }

  @Test func checkSpeaksJSON() throws {
    let wrong = "version: 1\nname: x\ntopolgy: {nodes: 3}\n"
    let outcome = try Tool.run(["check", "-", "--format", "json"], input: wrong)
    #expect(outcome.status == 65)
    let parsed = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let found = try #require(parsed as? [[String: Any]])
    #expect(found.contains { ($0["line"] as? Int) == 3 && $0["help"] != nil })
  }

  @Test func tagsChoose() throws {
    let documented = try Tool.run(["run", "scenarios", "--tag", "documented"])
    #expect(documented.status == 0, "\(documented.output)")
    #expect(try Tool.run(["run", "scenarios", "--tag", "no-such-tag"]).status == 64)
    let either = try Tool.run(
      ["run", "scenarios", "--tag", "no-such-tag", "--tag", "documented", "-j2"])
    #expect(either.output == documented.output)
  }
}
