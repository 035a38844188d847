import Analysis
import SystemModel
import Testing

@testable import Interpreter

/// Operations of registers with known verdicts.
struct KnownHistoryTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let operations: String
    let linearizable: Verdict
    var sequential: Verdict?
  }

  static let rows: [Row] = [
    .init(
      testDescription: "a stale read",
      operations: "0 invoke write 1, 0 ok write 1, 1 invoke read, 1 ok read null",
      linearizable: .fail, sequential: .pass),
    .init(
      testDescription: "a stale read of its own",
      operations: "0 invoke write 1, 0 ok write 1, 0 invoke read, 0 ok read null",
      linearizable: .fail),
    .init(
      testDescription: "a lost write",
      operations: "0 invoke write 1, 0 ok write 1, 0 invoke write 2, 0 ok write 2, "
        + "1 invoke read, 1 ok read 2, 1 invoke read, 1 ok read 1", linearizable: .fail),
    .init(
      testDescription: "a read during a write may find either",
      operations: "0 invoke write 1, 1 invoke read, 1 ok read null, 1 invoke read, 1 ok read 1, "
        + "0 ok write 1", linearizable: .pass),
    .init(
      testDescription: "concurrent writes end in either order",
      operations: "0 invoke write 1, 1 invoke write 2, 0 ok write 1, 1 ok write 2, "
        + "2 invoke read, 2 ok read 1", linearizable: .pass),
    .init(
      testDescription: "a failed write is not read",
      operations: "0 invoke write 1, 0 fail write 1, 1 invoke read, 1 ok read 1",
      linearizable: .fail),
    .init(
      testDescription: "an unknown write may be read",
      operations: "0 invoke write 1, 0 info write 1, 1 invoke read, 1 ok read null, "
        + "1 invoke read, 1 ok read 1", linearizable: .pass),
    .init(
      testDescription: "an unknown write is not undone",
      operations: "0 invoke write 1, 0 info write 1, 1 invoke read, 1 ok read 1, "
        + "1 invoke read, 1 ok read null", linearizable: .fail),
    .init(
      testDescription: "an open write may be read",
      operations: "0 invoke write 1, 1 invoke read, 1 ok read 1", linearizable: .pass),
    .init(
      testDescription: "a swap finds the value before",
      operations: "0 invoke write 1, 0 ok write 1, 1 invoke cas [1,2], 1 ok cas [1,2], "
        + "2 invoke read, 2 ok read 2", linearizable: .pass),
    .init(
      testDescription: "a swap cannot find what is not there",
      operations: "0 invoke write 1, 0 ok write 1, 1 invoke cas [3,2], 1 ok cas [3,2]",
      linearizable: .fail),
    .init(
      testDescription: "a failed swap says nothing",
      operations: "0 invoke write 1, 0 ok write 1, 1 invoke cas [1,2], 1 fail cas [1,2], "
        + "2 invoke read, 2 ok read 1", linearizable: .pass),
    .init(
      testDescription: "keys are registers of their own",
      operations: #"0 invoke write ["a",1], 0 ok write ["a",1], 1 invoke read ["b",null], "#
        + #"1 ok read ["b",null]"#, linearizable: .pass),
    .init(
      testDescription: "one key is stale",
      operations: #"0 invoke write ["a",1], 0 ok write ["a",1], 1 invoke read ["a",null], "#
        + #"1 ok read ["a",null]"#, linearizable: .fail, sequential: .pass),
    .init(
      testDescription: "two readers see a write and then not, while it is open",
      operations: "0 invoke write 1, 1 invoke read, 1 ok read 1, 2 invoke read, 2 ok read null, "
        + "0 ok write 1", linearizable: .fail, sequential: .pass),
    .init(
      testDescription: "one reader sees a write and then not, while it is open",
      operations: "0 invoke write 1, 1 invoke read, 1 ok read 1, 1 invoke read, 1 ok read null, "
        + "0 ok write 1", linearizable: .fail),
    .init(
      testDescription: "two readers disagree on the order of two writes",
      operations: "0 invoke write 1, 1 invoke write 2, 2 invoke read, 2 ok read 1, "
        + "3 invoke read, 3 ok read 2, 2 invoke read, 2 ok read 2, 3 invoke read, 3 ok read 1, "
        + "0 ok write 1, 1 ok write 2", linearizable: .fail),
    .init(
      testDescription: "reads that overlap each other may disagree",
      operations: "0 invoke write 1, 2 invoke read, 3 invoke read, 2 ok read 1, 3 ok read null, "
        + "0 ok write 1", linearizable: .pass),
    .init(
      testDescription: "each sees its own write and not the other's",
      operations: #"0 invoke write ["a",1], 1 invoke write ["b",1], 0 ok write ["a",1], "#
        + #"1 ok write ["b",1], 0 invoke read ["b",null], 1 invoke read ["a",null], "#
        + #"0 ok read ["b",null], 1 ok read ["a",null]"#, linearizable: .fail),
    .init(
      testDescription: "a message is seen before what it tells of",
      operations: #"0 invoke write ["data",1], 0 ok write ["data",1], 0 invoke write ["flag",1], "#
        + #"0 ok write ["flag",1], 1 invoke read ["flag",null], 1 ok read ["flag",1], "#
        + #"1 invoke read ["data",null], 1 ok read ["data",null]"#, linearizable: .fail),
    .init(
      testDescription: "one key is stale for a while, and the other is not",
      operations: #"0 invoke write ["a",1], 0 ok write ["a",1], 0 invoke write ["b",1], "#
        + #"0 ok write ["b",1], 1 invoke read ["a",null], 1 ok read ["a",null], "#
        + #"1 invoke read ["b",null], 1 ok read ["b",1]"#, linearizable: .fail, sequential: .pass),
    .init(
      testDescription: "an unknown write takes effect after a later one",
      operations: "0 invoke write 1, 0 info write 1, 1 invoke write 2, 1 ok write 2, "
        + "1 invoke read, 1 ok read 2, 1 invoke read, 1 ok read 1", linearizable: .pass),
    .init(
      testDescription: "an unknown write takes effect once",
      operations: "0 invoke write 1, 0 info write 1, 1 invoke read, 1 ok read 1, "
        + "1 invoke write 2, 1 ok write 2, 1 invoke read, 1 ok read 2, 1 invoke read, 1 ok read 1",
      linearizable: .fail),
    .init(
      testDescription: "the process of an unknown write goes on before it takes effect",
      operations: "0 invoke write 1, 0 info write timed-out, 0 invoke write 2, 0 ok write 2, "
        + "1 invoke read, 1 ok read 2, 1 invoke read, 1 ok read 1", linearizable: .pass),
    .init(
      testDescription: "an unknown read says nothing",
      operations: "0 invoke write 1, 0 ok write 1, 1 invoke read, 1 info read null",
      linearizable: .pass),
    .init(
      testDescription: "two swaps find one value",
      operations: "0 invoke write 1, 0 ok write 1, 1 invoke cas [1,2], 2 invoke cas [1,3], "
        + "1 ok cas [1,2], 2 ok cas [1,3]", linearizable: .fail),
    .init(
      testDescription: "two swaps in a chain",
      operations: "0 invoke write 1, 0 ok write 1, 1 invoke cas [1,2], 2 invoke cas [2,3], "
        + "2 ok cas [2,3], 1 ok cas [1,2], 0 invoke read, 0 ok read 3", linearizable: .pass),
    .init(
      testDescription: "an unknown swap has happened for another",
      operations: "0 invoke write 1, 0 ok write 1, 1 invoke cas [1,2], 1 info cas [1,2], "
        + "2 invoke cas [2,3], 2 ok cas [2,3]", linearizable: .pass),
    .init(
      testDescription: "an open swap has happened for another",
      operations: "9 invoke cas [1,2], 0 invoke write 1, 0 ok write 1, 3 invoke read, "
        + "3 ok read 2", linearizable: .pass),
    .init(
      testDescription: "a swap from nothing",
      operations: "1 invoke cas [null,2], 1 ok cas [null,2], 0 invoke read, 0 ok read 2",
      linearizable: .pass),
    .init(
      testDescription: "a value that nobody wrote",
      operations: "7 invoke read, 7 ok read 5", linearizable: .fail),
    .init(
      testDescription: "a read that ends before the write begins",
      operations: "1 invoke read, 1 ok read 1, 0 invoke write 1, 0 ok write 1",
      linearizable: .fail, sequential: .pass),
    .init(
      testDescription: "nothing is ok", operations: "0 invoke write 1, 0 info write 1",
      linearizable: .vacuous),
  ]

  /// Operations in short: process, type, f, value.
  static func lines(_ operations: String) -> String {
    operations.components(between: ", ").map { text in
      let words = text.split(separator: " ", maxSplits: 3).map(String.init)
      var value = words.count > 3 ? words[3] : "null"
      if value.first?.isLetter == true, value != "null" { value = "\"\(value)\"" }
      return #"{"process": \#(words[0]), "type": "\#(words[1])", "f": "\#(words[2])", "#
        + #""value": \#(value)}"#
    }.joined(separator: "\n")
  }

  @Test(arguments: rows)
  func `Known histories have their known verdicts`(row: Row) throws {
    let scenario = RecordedRunTests.scenario("linearizable, sequentially-consistent")
    let judged = try RecordedRunTests.judge(scenario, Self.lines(row.operations))
    let result = try #require(judged.result, "\(judged.text)")
    let wanted = [row.linearizable, row.sequential ?? row.linearizable]
    #expect(result.assertions.map(\.verdict) == wanted)
  }

  // What Jepsen and its kin write.

  @Test func `Oddities of operations are taken for what they are`() throws {
    let judged = try RecordedRunTests.judge(
      RecordedRunTests.scenario("linearizable"),
      #"""
      {"index": 0, "time": 3, "process": ":nemesis", "type": ":info", "f": ":start-partition", "value": ":majority"}
      {"index": 4, "time": 10, "process": 17, "type": ":invoke", "f": ":write", "value": ":x"}
      {"index": 5, "time": 10, "process": 2, "type": ":invoke", "f": ":read", "value": null}
      {"index": 6, "time": 11, "process": 2, "type": ":ok", "f": ":read", "value": null}
      {"index": 7, "time": 12, "process": 17, "type": ":info", "f": ":write", "value": ":x", "error": [":timeout", 5000]}
      {"index": 8, "time": 13, "process": 17, "type": ":invoke", "f": ":write", "value": 2.50}
      {"index": 9, "time": 14, "process": 17, "type": ":fail", "f": ":write", "value": 2.50, "error": ":conn-refused"}
      {"index": 10, "time": 15, "process": 3, "type": ":invoke", "f": ":read"}
      {"index": 11, "time": 16, "process": 3, "type": ":info", "f": ":read", "value": ":timeout"}
      {"index": 12, "time": 17, "process": 3, "type": ":invoke", "f": ":read"}
      {"index": 13, "time": 18, "process": 3, "type": ":ok", "f": ":read", "value": ":x"}
      {"index": 14, "time": 19, "process": 5, "type": ":invoke", "f": ":read", "value": null}
      """#)
    let result = try #require(judged.result, "\(judged.text)")
    #expect(result.verdict == .pass)
    #expect(
      result.remarks == [
        "operations of the nemesis that were passed over: 1",
        "what ended operations: timeout (2), conn-refused (1)",
      ])
    #expect(result.calls.map(\.outcome) == [.info, .ok, .fail, .info, .ok, .info])
  }

  @Test func `Many kinds of errors are not all told`() throws {
    let operations = (0..<20).map { "0 invoke write 1, 0 info write error\($0)" }
    let judged = try RecordedRunTests.judge(
      RecordedRunTests.scenario("linearizable"), Self.lines(operations.joined(separator: ", ")))
    let remark = try #require(judged.result?.remarks.first, "\(judged.text)")
    #expect(remark.hasPrefix("what ended operations: error0 (1), error1 (1), "))
    #expect(remark.hasSuffix("error7 (1), others"))
  }
}

extension String {
  /// The parts between a separator of several characters.
  fileprivate func components(between separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
