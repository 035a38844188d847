import Foundation
import Reports
import Testing

@Suite struct RepeatCommandTests {
  @Test func plain() {
    let command = RepeatCommand(
      file: "scenarios/a.yaml", seed: 7, settings: [.init(name: "cut_at", value: "80ms")])
    #expect(command.text == "conclave run scenarios/a.yaml --seed 7 --set cut_at=80ms")
    #expect(RepeatCommand(file: "-", seed: nil).text == "conclave run -")
    #expect(RepeatCommand(file: "-x", seed: nil).text == "conclave run ./-x")
  }

  /// A matrix repeats what the command line says of its keys.
  @Test func ofSeveralSettingsTheLastCounts() {
    let settings = [("cut", "0.35s"), ("way", "false"), ("cut", "350ms"), ("way", "false")]
    let command = RepeatCommand(
      file: "a.yaml", seed: nil, settings: settings.map { .init(name: $0.0, value: $0.1) })
    #expect(command.text == "conclave run a.yaml --set cut=350ms --set way=false")
  }

  /// What a shell makes of the words is what was meant, and nothing in the command is hidden.
  @Test(arguments: [
    "a b", "a'b", "$HOME", "`id`", "$(id)", "a\\b", "\"", "*", "~", "", "a;b", "größe", "日本",
    "\n", "a\u{1B}[31mb", "\u{202E}0", "\t'x'\\", "\u{7}7", "#a", "!x", "{a,b}", "\u{85}",
  ]) func quoting(word: String) throws {
    let setting = ReportedRun.Setting(name: "k", value: word)
    let command = RepeatCommand(file: "a" + word, seed: nil, settings: [setting]).text
    let words = command.dropFirst("conclave run ".count)
    #expect(try Self.arguments(String(words)) == ["a" + word, "--set", "k=" + word])
    #expect(!command.unicodeScalars.contains { $0.value < 0x20 })
  }

  /// The words that a shell passes on.
  static func arguments(_ words: String) throws -> [String] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", "printf '%s\\0' \(words)"]
    process.environment = ["LC_ALL": "C", "HOME": "/"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return data.split(separator: 0, omittingEmptySubsequences: false).dropLast()
      .map { String(decoding: $0, as: UTF8.self) }
  }
}
