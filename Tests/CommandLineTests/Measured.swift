import Foundation

/// A run of the tool with what it cost.
struct Measured {
  let outcome: Tool.Outcome
  /// Processor time of the run and of nothing else.
  let processorTime: Duration
  /// The most memory it had at once, in bytes.
  let memory: Int

  /// Runs the tool; `input` is a file for standard input.
  static func run(
    _ arguments: [String], input: URL? = nil, output: String? = nil, in folder: URL = Tool.root
  ) throws -> Measured {
    try Tool.inNewFolder { scratch in
      let (out, err) = (scratch.appending(path: "out"), scratch.appending(path: "err"))
      let identifier = try spawn(
        arguments, input: input?.path ?? "/dev/null", output: output ?? out.path,
        errors: err.path, in: folder)
      var status: Int32 = 0
      var usage = rusage()
      while wait4(identifier, &status, 0, &usage) < 0, errno == EINTR {}
      let hasExited = status & 0x7f == 0
      let outcome = Tool.Outcome(
        status: hasExited ? (status >> 8) & 0xff : -(status & 0x7f),
        output: (try? String(contentsOf: out, encoding: .utf8)) ?? "",
        errors: (try? String(contentsOf: err, encoding: .utf8)) ?? "")
      return Measured(
        outcome: outcome, processorTime: time(usage.ru_utime) + time(usage.ru_stime),
        memory: Int(usage.ru_maxrss) * unitOfMemory)
    }
  }

  /// The tool as its own process, whose costs the system gives when it is waited for.
  private static func spawn(
    _ arguments: [String], input: String, output: String, errors: String, in folder: URL
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    // The shell goes into the folder and becomes the tool, so that the costs are the tool's.
    let change = "cd \"$1\" && shift && exec \"$@\""
    let all = ["sh", "-c", change, "sh", folder.path, Tool.executable.path] + arguments
    let words = all.map { strdup($0) }
    defer { for word in words { free(word) } }
    var identifier: pid_t = 0
    let failure = posix_spawn(&identifier, "/bin/sh", &actions, nil, words + [nil], environ)
    guard failure == 0 else { throw CocoaError(.executableLoad) }
    return identifier
  }

  private static func time(_ value: timeval) -> Duration {
    .seconds(Int(value.tv_sec)) + .microseconds(Int(value.tv_usec))
  }

  /// Linux counts in KiB, Darwin in bytes.
  private static var unitOfMemory: Int {
    #if os(Linux)
      1024
    #else
      1
    #endif
  }
}
