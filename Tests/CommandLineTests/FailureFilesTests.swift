import Foundation
import Testing

/// What commands about failures say of files that are not what they should be: each the same.
@Suite struct FailureFilesTests {
  private static let failing = """
    version: 1
    name: failing
    limits: {time: 400ms}
    topology: {nodes: 3}
    latencies: {default: 5ms..20ms}
    protocol: paxos
    workloads: [{at: 0ms, node: node1, call: {propose: {value: a}}}]
    assertions: [{name: open, never: node1.decided}]

    """

  /// Every command that reads one, with options that come to an end soon.
  private static let commands = [
    ["replay"], ["freeze"], ["blame", "--reseedings", "2"],
    ["shrink", "--runs", "5", "-o", "small.yaml"], ["sweep", "--seeds", "1..2"],
  ]

  private func inNewFolder(_ body: (URL) throws -> Void) throws {
    try Tool.inNewFolder { folder in
      try Data(Self.failing.utf8).write(to: folder.appending(path: "failing.yaml"))
      _ = try Tool.run(["run", "failing.yaml", "--capsules", "."], in: folder)
      try body(folder)
    }
  }

  struct Row: CustomTestStringConvertible, Sendable {
    let name: String
    let old: String
    let new: String
    let words: String
    var testDescription: String { name }
  }

  /// A capsule that was damaged is refused by all of them, in the same words.
  @Test(arguments: [
    Row(name: "a later engine", old: "semantics: 1", new: "semantics: 9", words: "error[E0341]"),
    Row(name: "other words", old: "semantics: 1", new: "semantics: sem2", words: "whole number"),
    Row(name: "another seed", old: "\nseed: 1", new: "\nseed: 2", words: "error[E0342]"),
    Row(
      name: "without its end", old: #"trace_hash: .*\n"#, new: "trace_hash: 0af\n",
      words: "the end of the file may be missing"),
    Row(
      name: "a hash in large letters", old: #"trace_hash: .*\n"#,
      new: "trace_hash: ABCDEF0123456789\n",
      words: "write it in small letters: `abcdef0123456789`"),
    Row(name: "empty", old: #"(?s).*"#, new: "", words: "error[E0114]"),
    Row(name: "no text", old: "name:", new: "name: \u{0}", words: "error[E01"),
  ]) func aDamagedCapsule(_ row: Row) throws {
    try inNewFolder { folder in
      let kept = folder.appending(path: "failing.seed-1.capsule.yaml")
      let text = try String(contentsOf: kept, encoding: .utf8)
      let damaged = text.replacing(try Regex(row.old), with: row.new, maxReplacements: 1)
      #expect(damaged != text)
      try Data(damaged.utf8).write(to: folder.appending(path: "damaged.yaml"))
      var found: Set<String> = []
      for command in Self.commands {
        let outcome = try Tool.run(command + ["damaged.yaml"], in: folder)
        #expect(outcome.status == 65, "\(command)")
        #expect(outcome.errors.contains(row.words), "\(command): \(outcome.errors)")
        found.insert(outcome.errors)
      }
      #expect(found.count == 1)
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "small.yaml").path))
    }
  }

  /// What cannot be read at all.
  @Test func aFileThatIsNotThere() throws {
    try inNewFolder { folder in
      try FileManager.default.createDirectory(
        at: folder.appending(path: "bare"), withIntermediateDirectories: false)
      for command in Self.commands {
        let absent = try Tool.run(command + ["absent.yaml"], in: folder)
        #expect(absent.status == 66)
        #expect(absent.errors == "error: absent.yaml: there is no such file\n", "\(command)")
        let bare = try Tool.run(command + ["bare"], in: folder)
        #expect(bare.status == 66)
        #expect(bare.errors.hasPrefix("error: bare: the folder holds no .yaml"), "\(command)")
      }
      let baseline = ["sweep", "failing.yaml", "--seeds", "1", "--baseline"]
      #expect(
        try Tool.run(baseline + ["absent.json"], in: folder).errors
          == "error: absent.json: there is no such file\n")
      #expect(
        try Tool.run(baseline + ["bare"], in: folder).errors == "error: bare: it is a folder\n")
    }
  }

  /// What could not be written is refused before anything runs, so that nothing else is printed.
  @Test(arguments: [
    ("bare", "it is a folder"), ("no/such.yaml", "its folder does not exist"),
    ("mine.yaml", "it exists already; --force replaces it"),
  ])
  func aPlaceThatCannotBe(_ place: String, _ reason: String) throws {
    try inNewFolder { folder in
      try FileManager.default.createDirectory(
        at: folder.appending(path: "bare"), withIntermediateDirectories: false)
      try Data("mine".utf8).write(to: folder.appending(path: "mine.yaml"))
      var commands = [
        ["freeze", "failing.yaml", "-o", place], ["shrink", "failing.yaml", "-o", place],
      ]
      // Reports are written anew each time.
      if place != "mine.yaml" {
        commands += [
          ["shrink", "failing.yaml", "-o", "-", "--json", place],
          ["blame", "failing.yaml", "--json", place],
          ["replay", "failing.seed-1.capsule.yaml", "--json", place],
          ["sweep", "failing.yaml", "--seeds", "1", "--json", place],
        ]
      }
      for command in commands {
        let outcome = try Tool.run(command, in: folder)
        #expect(outcome.status == 66, "\(command)")
        #expect(outcome.errors == "error: \(place): \(reason)\n", "\(command)")
        #expect(outcome.output.isEmpty, "\(command)")
      }
    }
  }
}
