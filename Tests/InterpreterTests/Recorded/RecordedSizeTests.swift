import Analysis
import Diagnostics
import SystemModel
import TestSupport
import Testing

@testable import Interpreter

/// Histories that are long, or hardly any.
extension RecordedRunTests {
  @Test func `A line that is too long is refused, and others are told as well`() throws {
    let long = #"{"time": 5, "node": ""# + String(repeating: "x", count: 70_000) + "\"}"
    let judged = try Self.judge(Self.scenario("linearizable"), long + "\n{}\n")
    #expect(judged.text.contains("a line is longer than 64 KiB"))
    #expect(judged.text.contains("E0604"))
  }

  @Test func `A time of a year is the last`() throws {
    let judged = try Self.judge(
      Self.scenario("{always: node1.up}"),
      #"{"time": "8760h", "event": "crashed", "node": "node1"}"#)
    #expect(judged.result?.verdict == .fail)
  }

  /// Histories of as many lines as is wanted.
  static let long: [(name: String, line: @Sendable (Int) -> String)] = [
    (
      "operations that never end",
      { #"{"process": \#($0), "type": "invoke", "f": "write", "value": ["k\#($0)", 1]}"# }
    ),
    (
      "operations that end",
      {
        let type = $0 % 2 == 0 ? "invoke" : "ok"
        return
          #"{"process": \#($0 / 2), "type": "\#(type)", "f": "write", "value": ["k\#($0 / 2)", 1]}"#
      }
    ),
    (
      "errors of many kinds",
      {
        let rest = $0 % 2 == 0 ? #""type": "invoke""# : #""type": "info", "error": "e\#($0)""#
        return #"{"process": \#($0 / 2), "f": "write", "value": 1, \#(rest)}"#
      }
    ),
    (
      "calls by number that never end",
      {
        #"{"time": \#($0), "event": "call_invoked", "node": "node1", "call": \#($0), "name": "read"}"#
      }
    ),
    (
      "crashes", { #"{"time": \#($0), "event": "crashed", "node": "node\#($0 % 3 + 1)"}"# }
    ),
  ]

  @Test(arguments: long.indices)
  func `A history is read in a time that grows with its length`(row: Int) throws {
    let compiled = Interpreter.compile(
      SourceFile(name: "s", text: Self.scenario("linearizable")))
    let plan = try #require(compiled.cells.first, "\(compiled.diagnostics.sorted)").plan
    let growth = growth(from: 2500, by: 4) { count in
      let text = (0..<count).map(Self.long[row].line).joined(separator: "\n")
      let run = RecordedRun(SourceFile(name: "h", text: text), file: 1, for: plan)
      #expect(!run.diagnostics.hasErrors, "\(run.diagnostics.sorted.prefix(1))")
    }
    #expect(growth < 8, "\(Self.long[row].name)")
  }

  @Test(.timeLimit(.minutes(10))) func `Any bytes are refused or read in time`() throws {
    let scenario = Self.scenario("linearizable")
    let compiled = Interpreter.compile(SourceFile(name: "s", text: scenario))
    let plan = try #require(compiled.cells.first).plan
    var random = RandomSource(state: 3)
    let good = Array((Self.sent + "\n" + Self.delivered + "\n" + Self.begun + "\n").utf8)
    for _ in 0..<3000 {
      var bytes = good
      for _ in 0...random.below(4) {
        let place = Int(random.below(UInt64(bytes.count)))
        switch random.below(3) {
        case 0: bytes[place] = UInt8(random.below(256))
        case 1: bytes.remove(at: place)
        default: bytes.insert(contentsOf: bytes[place...].prefix(9), at: place)
        }
      }
      let run = RecordedRun(SourceFile(name: "h", bytes: bytes), file: 1, for: plan)
      #expect((run.judged() == nil) == run.diagnostics.hasErrors)
    }
    let flood = Array(repeating: UInt8(ascii: "["), count: 3_000_000)
    let run = RecordedRun(SourceFile(name: "h", bytes: flood), file: 1, for: plan)
    #expect(run.diagnostics.hasErrors)
  }
}
