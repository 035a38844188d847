import Foundation
import Testing

@Suite struct FreezeTests {
  private static let lossy = """
    version: 1
    name: lossy
    limits: {time: 400ms}
    topology: {nodes: 3}
    latencies: {default: {latency: 5ms..20ms, loss: 15%}}
    protocol: {paxos: {retry: 60ms..90ms}}
    workloads: [{at: 0ms, node: node1, call: {propose: {value: a}}}]
    assertions: [agreement]

    """

  private func inNewFolder(_ body: (URL) throws -> Void) throws {
    try Tool.inNewFolder { folder in
      try Self.lossy.write(
        to: folder.appending(path: "lossy.yaml"), atomically: true, encoding: .utf8)
      try body(folder)
    }
  }

  private func text(_ folder: URL, _ name: String) -> String {
    (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
  }

  /// What goes to standard output is a scenario, alone, and the same bytes each time.
  @Test func writesToStandardOutput() throws {
    try inNewFolder { folder in
      let first = try Tool.run(["freeze", "lossy.yaml", "--seed", "3"], in: folder)
      #expect(first.status == 0 && first.errors.isEmpty, "\(first.errors)")
      #expect(first.output.hasPrefix("# A frozen run, written by conclave "))
      #expect(first.output.contains("\ndeliveries:\n"))
      let second = try Tool.run(["freeze", "lossy.yaml", "--seed", "3"], in: folder)
      #expect(second.output == first.output)
    }
  }

  /// What is written runs, passes the strict check of mistakes, and has the trace hash of the run.
  @Test func writesAFileThatRuns() throws {
    try inNewFolder { folder in
      let freeze = try Tool.run(
        ["freeze", "lossy.yaml", "--seed", "3", "-o", "story.yaml"], in: folder)
      #expect(freeze.status == 0, "\(freeze.errors)")
      #expect(freeze.output.hasPrefix("froze lossy.yaml with seed 3 to story.yaml: "))
      #expect(freeze.output.contains("pass as before, same trace hash, with any seed"))
      #expect(try Tool.run(["check", "story.yaml"], in: folder).status == 0)
      for seed in ["1", "99"] {
        let run = try Tool.run(["run", "story.yaml", "--seed", seed, "--json", "-"], in: folder)
        let wanted = try Tool.run(["run", "lossy.yaml", "--seed", "3", "--json", "-"], in: folder)
        let hash = { (text: String) in
          text.split(separator: "\n").first { $0.contains("traceHash") }
        }
        #expect(hash(run.output) == hash(wanted.output))
      }
    }
  }

  /// A run of which of several combinations, only the user can say; and what is read is not lost.
  @Test func refusesWhatWouldLoseSomething() throws {
    try inNewFolder { folder in
      let several =
        Self.lossy.replacing("15%", with: "\"${loss}\"") + "matrix: {loss: [1%, 15%]}\n"
      try Data(several.utf8).write(to: folder.appending(path: "several.yaml"))
      let all = try Tool.run(["freeze", "several.yaml"], in: folder)
      #expect(all.status == 64)
      #expect(all.errors.contains("2 combinations; choose one, such as --set loss=1%"))
      let one = try Tool.run(["freeze", "several.yaml", "--set", "loss=15%"], in: folder)
      #expect(one.status == 0, "\(one.errors)")
      for path in ["lossy.yaml", "./lossy.yaml"] {
        let same = try Tool.run(["freeze", "lossy.yaml", "-o", path, "--force"], in: folder)
        #expect(same.status == 64)
      }
      #expect(text(folder, "lossy.yaml") == Self.lossy)
    }
  }

  /// Freezing what is frozen says once that it is, and `shrink` says it no more.
  @Test func saysOnceThatItIsFrozen() throws {
    try inNewFolder { folder in
      let frozen = try Tool.run(["freeze", "lossy.yaml", "--seed", "3"], in: folder).output
      let again = try Tool.run(["freeze", "-"], input: frozen, in: folder).output
      #expect(again.split(separator: "\n").count { $0.contains("A frozen run") } == 1)
      let failing = frozen.replacing("- agreement", with: "- {never: node1.decided}")
      try Data(failing.utf8).write(to: folder.appending(path: "failing.yaml"))
      let shrink = try Tool.run(["shrink", "failing.yaml", "-o", "small.yaml"], in: folder)
      #expect(shrink.status == 0, "\(shrink.errors)")
      #expect(!text(folder, "small.yaml").contains("A frozen run"))
    }
  }

  /// A run that fails becomes a capsule, on standard output, too; one that passes does not, which
  /// whoever froze a capsule is told.
  @Test func whatFailsIsACapsule() throws {
    try inNewFolder { folder in
      let failing = Self.lossy.replacing(
        "[agreement]", with: "[{name: open, never: node1.decided}]")
      try Data(failing.utf8).write(to: folder.appending(path: "failing.yaml"))
      let kept = try Tool.run(["freeze", "failing.yaml", "-o", "kept.yaml"], in: folder)
      #expect(kept.status == 0, "\(kept.errors)")
      #expect(kept.output.hasSuffix("replay with: conclave replay kept.yaml\n"), "\(kept.output)")
      #expect(try Tool.run(["replay", "kept.yaml"], in: folder).status == 0)
      let shown = try Tool.run(["freeze", "failing.yaml"], in: folder)
      #expect(shown.output == text(folder, "kept.yaml"))
      #expect(shown.errors == "")
      let fixed = shown.output.replacing(
        /never: .?node1.decided.?/, with: "never: node1.value == \"x\"")
      let gone = try Tool.run(["freeze", "-"], input: fixed, in: folder)
      #expect(gone.status == 0, "\(gone.errors)")
      #expect(!gone.output.contains("capsule:"))
      #expect(gone.errors.contains("the capsule no longer fails"), "\(gone.errors)")
      let passing = try Tool.run(["freeze", "lossy.yaml", "-o", "story.yaml"], in: folder)
      #expect(!passing.output.contains("replay"))
      #expect(try Tool.run(["replay", "story.yaml"], in: folder).status == 65)
    }
  }

  @Test func replacesNothingUnlessTold() throws {
    try inNewFolder { folder in
      try "mine".write(
        to: folder.appending(path: "story.yaml"), atomically: true, encoding: .utf8)
      let refused = try Tool.run(["freeze", "lossy.yaml", "-o", "story.yaml"], in: folder)
      #expect(refused.status == 66)
      #expect(refused.errors == "error: story.yaml: it exists already; --force replaces it\n")
      #expect(text(folder, "story.yaml") == "mine")
      let forced = try Tool.run(
        ["freeze", "lossy.yaml", "-o", "story.yaml", "--force"], in: folder)
      #expect(forced.status == 0)
      #expect(text(folder, "story.yaml").contains("deliveries:"))
    }
  }

  @Test func saysWhatIsWrong() throws {
    try inNewFolder { folder in
      try "version: 1\n".write(
        to: folder.appending(path: "broken.yaml"), atomically: true, encoding: .utf8)
      let drawn = Self.lossy.replacing(
        "assertions",
        with: "faults: [{name: nap, every: 50ms, for: 5ms, pause: random(1)}]\nassertions"
      ).replacing("[agreement]", with: "[{sometimes: node1.decided, during: nap}]")
      try drawn.write(
        to: folder.appending(path: "drawn.yaml"), atomically: true, encoding: .utf8)
      let cases: [([String], Int32, String)] = [
        (["freeze", "absent.yaml"], 66, "absent.yaml"), (["freeze", "broken.yaml"], 65, "error["),
        (["freeze", "drawn.yaml"], 65, "drawn.yaml: it cannot be frozen: the fault `nap` would"),
        (["freeze", "."], 64, "name one of them"),
        (["freeze", "lossy.yaml", "--force"], 64, "--force belongs to -o"),
        (["freeze", "lossy.yaml", "--set", "a"], 64, "has no '='"),
        (["freeze", "lossy.yaml", "--set", "a=1"], 64, "a"),
        (["freeze", "lossy.yaml", "-o", "no/such/folder.yaml"], 66, "its folder does not exist"),
      ]
      for (arguments, status, words) in cases {
        let found = try Tool.run(arguments, in: folder)
        #expect(found.status == status, "\(arguments): \(found.errors)")
        #expect(found.errors.contains(words), "\(arguments): \(found.errors)")
      }
    }
  }

  /// What went into a device cannot be replayed.
  @Test func aDeviceKeepsNothing() throws {
    try inNewFolder { folder in
      let failing = Self.lossy.replacing("[agreement]", with: "[{never: node1.decided}]")
      try Data(failing.utf8).write(to: folder.appending(path: "failing.yaml"))
      let kept = try Tool.run(["freeze", "failing.yaml", "-o", "kept.yaml"], in: folder)
      #expect(kept.output.contains("replay with: conclave replay kept.yaml"))
      let lost = try Tool.run(["freeze", "failing.yaml", "-o", "/dev/null"], in: folder)
      #expect(lost.status == 0 && !lost.output.contains("replay with"), "\(lost.output)")
    }
  }
}
