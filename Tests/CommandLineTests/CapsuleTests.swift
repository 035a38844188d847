import Foundation
import Testing

@Suite struct CapsuleTests {
  /// Three nodes on a lossy network, a run of which fails if some messages are lost.
  private static let lossy = """
    version: 1
    name: lossy
    limits: {time: 400ms}
    topology: {nodes: 3}
    latencies: {default: {latency: 5ms..20ms, loss: 15%}}
    protocol: {paxos: {retry: 60ms..90ms}}
    workloads: [{at: 0ms, node: node1, call: {propose: {value: a}}}]
    assertions: [{name: few are lost, metric: messages.dropped, is: "< 3"}]

    """

  private func inNewFolder(_ body: (URL) throws -> Void) throws {
    try Tool.inNewFolder { folder in
      try Self.lossy.write(
        to: folder.appending(path: "lossy.yaml"), atomically: true, encoding: .utf8)
      try body(folder)
    }
  }

  private func names(_ folder: URL) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
  }

  /// Every shipped scenario that fails as it is expected to can be kept, and fails again alike.
  @Test func everyShippedFailureIsKept() throws {
    try Tool.inNewFolder { folder in
      let capsules = folder.appending(path: "failures")
      let run = try Tool.run(["run", "scenarios", "--capsules", capsules.path])
      #expect(run.status == 0, "\(run.output)\(run.errors)")
      #expect(run.output.contains("replay with: conclave replay "))
      #expect(names(capsules).contains("duelling-proposers.seed-1.capsule.yaml"))
      #expect(names(capsules).count >= 4)
      let replay = try Tool.run(["replay", capsules.path])
      #expect(replay.status == 0, "\(replay.output)\(replay.errors)")
      #expect(
        replay.output.split(separator: "= same failure, same trace").count
          == names(capsules).count)
    }
  }

  @Test func aSweepKeepsItsFailures() throws {
    try inNewFolder { folder in
      let sweep = try Tool.run(
        ["sweep", "lossy.yaml", "--seeds", "1..200", "--failures", "all", "--json", "r.json"]
          + ["--capsules", "a/b"], in: folder)
      #expect(sweep.status == 1)
      let found = names(folder.appending(path: "a/b"))
      #expect(!found.isEmpty)
      #expect(found.allSatisfy { $0.hasPrefix("lossy.seed-") })
      let report = try String(contentsOf: folder.appending(path: "r.json"), encoding: .utf8)
      for name in found { #expect(report.contains("\"capsule\": \"a/b/\(name)\"")) }
      #expect(try Tool.run(["replay", "a/b"], in: folder).status == 0)
    }
  }

  struct Row: CustomTestStringConvertible, Sendable {
    let name: String
    var old = "version: 1"
    var new = "version: 1"
    let status: Int32
    let words: String
    var testDescription: String { name }
  }

  @Test(arguments: [
    Row(name: "as it was", status: 0, words: "= same failure, same trace"),
    Row(
      name: "on another way", old: "5ms..20ms", new: "5ms..21ms",
      status: 4, words: "≈ same failure, different trace"),
    Row(
      name: "something else", old: "metric: messages.dropped\n    is: \"< 3\"",
      new: "never: node1.up", status: 5, words: "≠ another failure"),
    Row(name: "nothing", old: "< 3", new: "< 300", status: 6, words: "– no longer fails"),
    Row(name: "another seed", old: "\nseed: 1", new: "\nseed: 2", status: 65, words: "E0342"),
    Row(
      name: "a later engine", old: "semantics: 1", new: "semantics: 9999", status: 65,
      words: "E0341"),
    Row(name: "no hash", old: "trace_hash: ", new: "# ", status: 65, words: "E0204"),
    Row(name: "no section", old: "capsule:", new: "#", status: 65, words: "error"),
  ]) func answersOfReplay(_ row: Row) throws {
    try inNewFolder { folder in
      _ = try Tool.run(["run", "lossy.yaml", "--capsules", "."], in: folder)
      let path = folder.appending(path: "lossy.seed-1.capsule.yaml")
      let text = try String(contentsOf: path, encoding: .utf8)
      #expect(text.contains(row.old), "\(text)")
      try text.replacing(row.old, with: row.new)
        .write(to: path, atomically: true, encoding: .utf8)
      let replay = try Tool.run(["replay", path.lastPathComponent], in: folder)
      #expect(replay.status == row.status, "\(replay.output)\(replay.errors)")
      #expect((replay.output + replay.errors).contains(row.words))
      let json = try Tool.run(["replay", path.lastPathComponent, "--json", "-"], in: folder)
      #expect(json.status == row.status)
    }
  }

  /// A capsule that was cut off anywhere is refused, unless only the last line end is missing.
  @Test func aTruncatedCapsuleIsRefused() throws {
    try inNewFolder { folder in
      _ = try Tool.run(["run", "lossy.yaml", "--capsules", "."], in: folder)
      let path = folder.appending(path: "lossy.seed-1.capsule.yaml")
      let bytes = try Data(contentsOf: path)
      for count in stride(from: bytes.count - 2, to: 0, by: -37) {
        let replay = try Tool.run(
          ["replay", "-"], input: String(decoding: bytes.prefix(count), as: UTF8.self))
        #expect(replay.status == 65, "\(count) of \(bytes.count) bytes")
        #expect(replay.errors.contains("error"))
      }
    }
  }

  /// The worst of several counts.
  @Test func severalCapsules() throws {
    try inNewFolder { folder in
      _ = try Tool.run(["run", "lossy.yaml", "--capsules", "."], in: folder)
      let name = "lossy.seed-1.capsule.yaml"
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      try text.replacing("< 3", with: "< 300")
        .write(to: folder.appending(path: "gone.yaml"), atomically: true, encoding: .utf8)
      #expect(try Tool.run(["replay", "gone.yaml", name], in: folder).status == 6)
      #expect(try Tool.run(["replay", name, "lossy.yaml", "gone.yaml"], in: folder).status == 65)
      #expect(try Tool.run(["replay", name, "no-such-file"], in: folder).status == 66)
      #expect(try Tool.run(["replay", name, "--json", name], in: folder).status == 64)
    }
  }

  @Test func nothingIsOverwritten() throws {
    try inNewFolder { folder in
      let name = "lossy.seed-1.capsule.yaml"
      let path = folder.appending(path: name)
      try "mine\n".write(to: path, atomically: true, encoding: .utf8)
      let refused = try Tool.run(["run", "lossy.yaml", "--capsules", "."], in: folder)
      #expect(refused.status == 66)
      #expect(refused.errors.contains("\(name): it exists already; --force replaces it"))
      #expect(try String(contentsOf: path, encoding: .utf8) == "mine\n")
      let forced = try Tool.run(["run", "lossy.yaml", "--capsules", ".", "--force"], in: folder)
      #expect(forced.status == 1)
      // The very capsule is no obstacle.
      #expect(try Tool.run(["run", "lossy.yaml", "--capsules", "."], in: folder).status == 1)
      #expect(try Tool.run(["replay", name], in: folder).status == 0)
      #expect(try Tool.run(["run", "lossy.yaml", "--force"], in: folder).status == 64)
    }
  }

  /// Scenarios of one name in several folders, and cells, do not get into each other's way.
  @Test func namesDoNotCollide() throws {
    try inNewFolder { folder in
      let matrix =
        Self.lossy.replacing("400ms", with: "'${end}'")
        + "matrix: {end: [300ms, 400ms]}\n"
      for name in ["a", "b"] {
        let other = folder.appending(path: name)
        try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
        try matrix.write(
          to: other.appending(path: "lossy.yaml"), atomically: true, encoding: .utf8)
      }
      let run = try Tool.run(["run", "a", "b", "--capsules", "kept"], in: folder)
      #expect(run.status == 1, "\(run.errors)")
      #expect(
        names(folder.appending(path: "kept")) == [
          "lossy.end-300ms-2.seed-1.capsule.yaml", "lossy.end-300ms.seed-1.capsule.yaml",
          "lossy.end-400ms-2.seed-1.capsule.yaml", "lossy.end-400ms.seed-1.capsule.yaml",
        ])
    }
  }

  @Test(arguments: ["lossy.yaml", "lossy.yaml/x", "/dev/full", "/proc/nowhere"])
  func aFolderThatCannotBe(_ path: String) throws {
    try inNewFolder { folder in
      let run = try Tool.run(["run", "lossy.yaml", "--capsules", path], in: folder)
      #expect(run.status == 66)
      #expect(run.errors.contains("error: \(path)"), "\(run.errors)")
      #expect(names(folder) == ["lossy.yaml"])
    }
  }

  /// A disk that takes no byte more, as a limit on the size of files is one: no half of a file is
  /// left, nor one aside.
  @Test func aFullDisk() throws {
    try inNewFolder { folder in
      try FileManager.default.createDirectory(
        at: folder.appending(path: "kept"), withIntermediateDirectories: true)
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = [
        "-c", "trap '' XFSZ; ulimit -f 0; \"$1\" run lossy.yaml --capsules kept >&2", "sh",
        Tool.executable.path,
      ]
      process.currentDirectoryURL = folder
      let errors = Pipe()
      process.standardError = errors
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      let words = String(
        decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 66)
      #expect(words.contains("error: kept/lossy.seed-1.capsule.yaml: "), "\(words)")
      #expect(names(folder.appending(path: "kept")) == [])
    }
  }

  /// Whenever a run is killed, whatever capsule there is is whole.
  @Test func aKilledRunLeavesNoHalf() throws {
    try inNewFolder { folder in
      let cells =
        Self.lossy.replacing("< 3", with: "< ${most}")
        + "matrix: {most: 1..200}\n"
      try cells.write(
        to: folder.appending(path: "lossy.yaml"), atomically: true, encoding: .utf8)
      for delay in [0.05, 0.15, 0.3] {
        let process = Process()
        process.executableURL = Tool.executable
        process.arguments = ["run", "lossy.yaml", "--capsules", "kept", "--force"]
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        Thread.sleep(forTimeInterval: delay)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let kept = folder.appending(path: "kept")
        for name in names(kept) where name.hasSuffix(".capsule.yaml") {
          let text = try String(contentsOf: kept.appending(path: name), encoding: .utf8)
          #expect(text.contains("\n  trace_hash: ") && text.hasSuffix("\n"), "\(name)")
        }
      }
    }
  }
}
