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

  /// What a link leads to is written, not the link, and keeps its mode.
  @Test func aLinkStaysALink() throws {
    try Tool.inNewFolder { folder in
      _ = try Tool.run(["init", "first"], in: folder)
      let files = FileManager.default
      let (link, target) = (
        folder.appending(path: "link.json"), folder.appending(path: "sub/real.json")
      )
      try files.createDirectory(
        at: folder.appending(path: "sub"), withIntermediateDirectories: false)
      try files.createSymbolicLink(
        atPath: link.path, withDestinationPath: "sub/real.json")
      // A link that leads to nothing yet is taken, as `freeze` and `shrink` see it.
      let frozen = ["freeze", "first.yaml", "-o", "link.json"]
      let refused = try Tool.run(frozen, in: folder)
      #expect(refused.status == 66 && refused.errors.contains("it exists already"))
      #expect(try Tool.run(frozen + ["--force"], in: folder).status == 0)
      #expect(try String(contentsOf: target, encoding: .utf8).hasPrefix("# A frozen run"))
      try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: target.path)
      #expect(try Tool.run(["run", "first.yaml", "--json", "link.json"], in: folder).status == 0)
      #expect(try files.destinationOfSymbolicLink(atPath: link.path) == "sub/real.json")
      #expect(try String(contentsOf: target, encoding: .utf8).hasPrefix("{"))
      let mode = try files.attributesOfItem(atPath: target.path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      #expect(
        try files.contentsOfDirectory(atPath: target.deletingLastPathComponent().path).count == 1)
      try files.removeItem(at: folder.appending(path: "sub"))
      let lost = try Tool.run(["run", "first.yaml", "--json", "link.json"], in: folder)
      #expect(lost.status == 66)
      #expect(
        lost.errors.hasSuffix("error: link.json: its folder does not exist\n"), "\(lost.errors)")
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

  /// What comes after a scenario that does not pass is not run, with any number of jobs.
  @Test func failFastSkips() throws {
    try Tool.inNewFolder { folder in
      for (name, assertion) in [
        ("a", "agreement"), ("b", "{never: node1.decided}"), ("c", "agreement"),
      ] {
        let text = """
          version: 1
          name: \(name)
          topology: {nodes: 3}
          latencies: {default: 5ms}
          protocol: paxos
          matrix: {n: [1ms, 2ms, 3ms]}
          workloads: [{at: "${n}", node: node1, call: {propose: {value: x}}}]
          assertions: [\(assertion)]

          """
        try Data(text.utf8).write(to: folder.appending(path: "\(name).yaml"))
      }
      var found: Set<String> = []
      for jobs in ["1", "2", "9"] {
        let outcome = try Tool.run(["run", ".", "--fail-fast", "--jobs", jobs], in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("1 fail, 3 pass, 5 skipped"), "\(outcome.output)")
        found.insert(outcome.output)
      }
      #expect(found.count == 1)
    }
  }

  /// Numbers that no machine can take are refused with what is possible.
  @Test(arguments: [
    ["run", "-", "--jobs", "4611686018427387904"], ["sweep", "-", "--seeds", "1", "-j1000000"],
    ["shrink", "-", "--jobs", "9223372036854775807"], ["run", "-", "--jobs", "0"],
    ["blame", "-", "--jobs", "1025"],
  ]) func tooManyJobs(_ command: [String]) throws {
    let outcome = try Tool.run(command, input: "")
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("--jobs takes a number from 1 to 1024"))
    let time = try Tool.run([
      command[0] == "run" ? "sweep" : command[0], "-", "--for", "99999999999999s",
    ])
    #expect(time.status == 64 && time.errors.contains("of at most 2_562_047h"))
  }
}
