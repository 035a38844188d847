import Foundation
import Testing

/// Paths that are no files, or files that never end: each has its answer, none hangs.
struct HostileFileTests {
  private static let story = HostileScenarioTests.story("")

  private func expect(
    _ run: Measured, _ status: Int32, _ words: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let shown = (run.outcome.output + run.outcome.errors).prefix(2_000)
    #expect(run.outcome.status == status, "\(shown)", sourceLocation: sourceLocation)
    #expect(
      (run.outcome.output + run.outcome.errors).contains(words), "\(shown)",
      sourceLocation: sourceLocation)
    #expect(run.processorTime < HostileScenarioTests.timeLimit, sourceLocation: sourceLocation)
    #expect(run.memory < HostileScenarioTests.memoryLimit, sourceLocation: sourceLocation)
  }

  @Test(arguments: ["check", "run", "trace"])
  func aDeviceWithoutEndIsCutOff(_ command: String) throws {
    expect(try Measured.run([command, "/dev/zero"]), 65, "--> /dev/zero:1:1")
    let endless = try Measured.run([command, "-"], input: URL(filePath: "/dev/zero"))
    expect(endless, 65, "--> <stdin>:1:1")
  }

  @Test func anEmptyFileHasNoScenario() throws {
    expect(try Measured.run(["run", "/dev/null"]), 65, "/dev/null:1:1")
    expect(try Measured.run(["run", "-"]), 65, "<stdin>:1:1")
  }

  @Test func aPipeThatNobodyWritesToIsGivenUp() throws {
    try Tool.inNewFolder { folder in
      try #require(mkfifo(folder.appending(path: "pipe.yaml").path, 0o600) == 0)
      expect(try Measured.run(["run", "pipe.yaml"], in: folder), 66, "pipe.yaml")
      // In a folder only files proper are read.
      expect(try Measured.run(["run", "."], in: folder), 66, "pipe.yaml")
      let child = "version: 1\nname: child\nextends: pipe.yaml\n"
      try Data(child.utf8).write(to: folder.appending(path: "child.yaml"))
      expect(try Measured.run(["run", "child.yaml"], in: folder), 65, "child.yaml:3:10")
    }
  }

  @Test func aFolderIsNoFile() throws {
    try Tool.inNewFolder { folder in
      let inner = folder.appending(path: "inner.yaml")
      try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
      expect(try Measured.run(["run", "inner.yaml"], in: folder), 66, "inner.yaml")
      expect(try Measured.run(["run", "."], in: folder), 66, "holds no .yaml")
      let child = "version: 1\nname: child\nextends: inner.yaml\n"
      try Data(child.utf8).write(to: folder.appending(path: "child.yaml"))
      expect(try Measured.run(["run", "child.yaml"], in: folder), 65, "child.yaml:3:10")
      try Data(Self.story.utf8).write(to: folder.appending(path: "story.yaml"))
      let reports = ["run", "story.yaml", "--json", "inner.yaml"]
      expect(try Measured.run(reports, in: folder), 66, "inner.yaml")
    }
  }

  @Test func aLinkToItselfIsNoFile() throws {
    try Tool.inNewFolder { folder in
      for (name, target) in [("a.yaml", "b.yaml"), ("b.yaml", "a.yaml"), ("loop", ".")] {
        try FileManager.default.createSymbolicLink(
          atPath: folder.appending(path: name).path, withDestinationPath: target)
      }
      expect(try Measured.run(["run", "a.yaml"], in: folder), 66, "a.yaml")
      try Data(Self.story.utf8).write(to: folder.appending(path: "story.yaml"))
      let whole = try Measured.run(["check", "."], in: folder)
      // Links in a folder that lead nowhere are passed over, and none to a folder is followed.
      expect(whole, 0, "1 scenario checked, no mistakes")
    }
  }

  @Test func aFileMayGrowWhileItIsRead() throws {
    try Tool.inNewFolder { folder in
      let file = folder.appending(path: "log.yaml")
      let text = Self.story + String(repeating: "# line\n", count: 700_000)
      try Data(text.utf8).write(to: file)
      expect(try Measured.run(["run", "log.yaml"], in: folder), 65, "log.yaml:1:1")
    }
  }

  /// A device or a pipe is written as it is; a report must never take its place.
  @Test func reportsDoNotReplaceDevices() throws {
    try Tool.inNewFolder { folder in
      try Data(Self.story.utf8).write(to: folder.appending(path: "story.yaml"))
      let pipe = folder.appending(path: "pipe").path
      try #require(mkfifo(pipe, 0o600) == 0)
      expect(
        try Measured.run(["run", "story.yaml", "--json", "pipe"], in: folder), 66, "nobody reads")
      let reader = open(pipe, O_RDONLY | O_NONBLOCK)
      defer { close(reader) }
      expect(try Measured.run(["run", "story.yaml", "--json", "pipe"], in: folder), 0, "pass")
      var status = stat()
      #expect(stat(pipe, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
      var first: UInt8 = 0
      #expect(read(reader, &first, 1) == 1 && first == UInt8(ascii: "{"))
    }
  }

  @Test func aFullDeviceIsNoPass() throws {
    #if os(Linux)
      var status = stat()
      try #require(stat("/dev/full", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
      let shown = try Measured.run(["run", "scenarios"], output: "/dev/full")
      #expect(shown.outcome.status == 66)
      #expect(shown.outcome.errors.contains("standard output"))
      try Tool.inNewFolder { folder in
        try Data(Self.story.utf8).write(to: folder.appending(path: "story.yaml"))
        expect(
          try Measured.run(["run", "story.yaml", "--json", "/dev/full"], in: folder), 66,
          "/dev/full")
        expect(
          try Measured.run(["trace", "story.yaml"], output: "/dev/full", in: folder), 66,
          "standard output")
      }
    #endif
  }

  @Test func aFileThatMayNotBeReadIsTold() throws {
    try Tool.inNewFolder { folder in
      let file = folder.appending(path: "secret.yaml")
      try Data(Self.story.utf8).write(to: file)
      try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: file.path)
      defer {
        try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
      }
      let run = try Measured.run(["run", "secret.yaml"], in: folder)
      // The superuser may read everything.
      if geteuid() == 0 {
        #expect(run.outcome.status == 0)
      } else {
        expect(run, 66, "secret.yaml")
      }
    }
  }

  @Test func namesAreNeverPrintedRaw() throws {
    try Tool.inNewFolder { folder in
      let name = "\u{1B}[31mred.yaml"
      try Data(HostileScenarioTests.story("nmae: x").utf8).write(to: folder.appending(path: name))
      for command in ["run", "check"] {
        let run = try Measured.run([command, "."], in: folder)
        expect(run, 65, "[31mred.yaml")
        #expect(!(run.outcome.output + run.outcome.errors).contains("\u{1B}"))
      }
      let missing = try Measured.run(["run", "\u{1B}[31mgone.yaml"], in: folder)
      #expect(missing.outcome.status == 66)
      #expect(!missing.outcome.errors.contains("\u{1B}"))
    }
  }

  /// What a thread works on is named when it traps.
  @Test(arguments: [
    (["run", ".", "--seed", "77", "--jobs", "1"], "running ./long.yaml --seed 77;"),
    (
      ["sweep", "long.yaml", "--seeds", "77..99", "--jobs", "1"],
      "sweeping long.yaml --seeds 77..77;"
    ),
    (["shrink", "long.yaml", "--seed", "77"], "running long.yaml --seed 77;"),
    (["blame", "long.yaml", "--seed", "77"], "running long.yaml --seed 77;"),
    (["blame", "duel.yaml", "--seed", "5", "--reseedings", "1000"], "blaming duel.yaml;"),
    (["replay", "kept.yaml"], "replaying kept.yaml;"),
  ]) func aTrapNamesTheScenario(_ arguments: [String], _ work: String) throws {
    #if os(Linux)
      try Tool.inNewFolder { folder in
        let long = HostileScenarioTests.lock(
          "workloads: [{every: 1us, call: acquire}]\nlimits: {time: 8760h}")
        try Data(long.utf8).write(to: folder.appending(path: "long.yaml"))
        if arguments[0] == "run" {
          try Data(Self.story.utf8).write(to: folder.appending(path: "short.yaml"))
        }
        let capsule = """

          seed: 7
          capsule: {tool: 0.1.0, semantics: 1, seed: 7, outcome: fail, violated: [mutual-exclusion],
            fingerprint: 0123456789abcdef, trace_hash: 0123456789abcdef}

          """
        if arguments[0] == "replay" {
          try Data((long + capsule).utf8).write(to: folder.appending(path: "kept.yaml"))
        }
        try FileManager.default.copyItem(
          at: Tool.root.appending(
            path: "Tests/SearchTests/Shrinking/Fixtures/seven-node-duel.yaml"),
          to: folder.appending(path: arguments[0] == "run" ? "duel.txt" : "duel.yaml"))
        let process = Process()
        process.executableURL = Tool.executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let errors = Pipe()
        process.standardError = errors
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        // The signal of a trap goes to the thread that computes.
        let thread = try #require(Self.busyThread(of: process.processIdentifier))
        kill(thread, SIGILL)
        let text = String(
          decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 70)
        #expect(text.contains("met while \(work)"), "\(text)")
      }
    #endif
  }

  /// The thread of a process, other than its first, that has computed for a while.
  private static func busyThread(of process: pid_t) -> pid_t? {
    for _ in 0..<600 {
      usleep(50_000)
      let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task"))
      for thread in (threads ?? []).compactMap({ pid_t($0) }) where thread != process {
        let path = "/proc/\(process)/task/\(thread)/stat"
        guard let text = try? String(contentsOfFile: path, encoding: .utf8),
          let end = text.lastIndex(of: ")")
        else { continue }
        let fields = text[end...].split(separator: " ")
        if fields.count > 12, let ticks = Int(fields[12]), ticks > 30 { return thread }
      }
    }
    return nil
  }
}
