import Foundation

/// The built tool, run as its users run it.
struct Tool {
  /// What a run of the tool left behind.
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  /// The folder of this checkout.
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The executable beside the test bundle.
  static var executable: URL {
    let bundle = URL(filePath: CommandLine.arguments[0])
    for folder in [bundle.deletingLastPathComponent(), root.appending(path: ".build/debug")] {
      let candidate = folder.appending(path: "conclave")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
    }
    return root.appending(path: ".build/debug/conclave")
  }

  /// Runs the tool in a folder, by default that of the checkout.
  static func run(
    _ arguments: [String], input: String? = nil, in folder: URL = root
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let (output, errors, stdin) = (Pipe(), Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = input == nil ? FileHandle.nullDevice : stdin
    try process.run()
    if let input {
      try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
      try stdin.fileHandleForWriting.close()
    }
    // Standard error is short; reading the outputs in turn cannot block.
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let complaints = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      errors: String(decoding: complaints, as: UTF8.self))
  }

  /// Runs the tool and interrupts it after some seconds, as Ctrl-C does; what it has printed, its
  /// status, and that it ended by itself.
  static func interrupted(
    _ arguments: [String], after seconds: Double, in folder: URL = root
  ) throws -> (output: String, status: Int32, isExit: Bool) {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    Thread.sleep(forTimeInterval: seconds)
    process.interrupt()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      String(decoding: text, as: UTF8.self), process.terminationStatus,
      process.terminationReason == .exit
    )
  }

  /// Calls a function with a new folder, which is removed afterwards.
  static func inNewFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "conclave-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }
}

extension Tool {
  /// Runs a command of the shell in which `conclave` is the built tool: its status and what it
  /// writes to standard output.
  static func shell(
    _ command: String, in folder: URL
  ) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = folder
    var environment = ProcessInfo.processInfo.environment
    let tools = executable.deletingLastPathComponent().path
    environment["PATH"] = tools + ":" + (environment["PATH"] ?? "/usr/bin:/bin")
    process.environment = environment
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }
}
