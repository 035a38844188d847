import Diagnostics
import Foundation
import Reports
import SystemModel
import TestSupport
import Testing

@Suite struct TranscriptTests {
  static func text(
    _ parts: [Trace] = SampleTrace.parts, filter: TranscriptFilter = .init(), colour: Bool = false
  ) -> String {
    var transcript = TextTranscript(
      SampleTrace.plan, SampleTrace.description, filter: filter, colour: colour)
    var text = ""
    for part in parts { transcript.write(part, to: &text) }
    return text
  }

  static func json(
    _ parts: [Trace] = SampleTrace.parts, filter: TranscriptFilter = .init()
  ) -> String {
    var transcript = JSONTranscript(SampleTrace.plan, SampleTrace.description, filter: filter)
    var text = ""
    for part in parts { transcript.write(part, to: &text) }
    return text
  }

  @Test func everyKindAsText() { expectGolden(Self.text(), "transcript.txt") }

  @Test func everyKindAsLines() { expectGolden(Self.json(), "transcript.jsonl") }

  @Test func theSampleHasEveryKind() {
    let kinds = Set(SampleTrace.whole.records.map(\.kind))
    #expect(kinds.count == TraceRecord.Kind.allCases.count)
    for event in TranscriptEvent.allCases {
      #expect(Self.json().contains("\"event\":\"\(event.rawValue)\""))
    }
  }

  @Test func partsMakeNoDifference() {
    #expect(Self.text([SampleTrace.whole]) == Self.text())
    #expect(Self.json([SampleTrace.whole]) == Self.json())
  }

  @Test func colourChangesNothingElse() {
    let coloured = Self.text(colour: true)
    #expect(coloured.contains("\u{1B}["))
    #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == Self.text())
  }

  /// The words of the events that a filter lets through.
  static func events(_ filter: TranscriptFilter) throws -> [String] {
    try json(filter: filter).split(separator: "\n").map { line in
      let value = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return try #require(value?["event"] as? String)
    }
  }

  @Test func filterByTime() throws {
    let filter = TranscriptFilter(
      from: Instant(nanoseconds: 10_000_000), through: Instant(nanoseconds: 12_000_000))
    #expect(
      try Self.events(filter)
        == ["delivered", "handling", "fault_started", "crashed", "paused", "slowed"])
  }

  @Test func filterByEvent() throws {
    let filter = TranscriptFilter(events: [.timer, .callCompleted])
    #expect(
      try Self.events(filter)
        == [
          "timer", "call_completed", "timer", "call_completed", "call_completed", "call_completed",
        ])
    #expect(Self.text(filter: filter).contains("timer retry runs out"))
  }

  @Test func filterByMessage() throws {
    let filter = TranscriptFilter(messages: [1])
    #expect(
      try Self.events(filter) == [
        "sent", "held", "sent", "dropped", "released", "delivered", "delivered",
      ])
  }

  @Test func filterByNode() throws {
    let filter = TranscriptFilter(nodes: NodeSet([SampleTrace.three]))
    let events = try Self.events(filter)
    #expect(!events.contains("handled"))
    #expect(events.contains("fault_started") && events.contains("ended"))
    expectGolden(Self.text(filter: filter), "transcript-node3.txt")
  }

  @Test func hostileNames() {
    let escape = "\u{1B}[2J\u{202E}\n"
    var plan = SampleTrace.plan
    plan.topology = Topology(names: [escape, "node2", "node3"])
    plan.symbols = SymbolTable()
    _ = plan.symbols.number(of: escape)
    var text = ""
    var transcript = TextTranscript(plan, SampleTrace.description)
    transcript.write(SampleTrace.whole, to: &text)
    var lines = ""
    var json = JSONTranscript(plan, SampleTrace.description)
    json.write(SampleTrace.whole, to: &lines)
    for scalar in (text + lines).unicodeScalars {
      #expect(scalar == "\n" || !VisibleText.isHidden(scalar))
    }
    #expect(lines.split(separator: "\n").count == Self.json().split(separator: "\n").count)
  }

  @Test func manyReceivers() {
    var plan = SampleTrace.plan
    plan.topology = Topology(names: (1...20).map { "node\($0)" })
    var trace = Trace()
    for receiver in 1..<20 {
      trace.records.append(
        SampleTrace.record(
          .sent, 0, NodeID(0), NodeID(receiver), id: Int64(receiver), head: receiver == 1, 1, 0))
    }
    var text = ""
    var transcript = TextTranscript(plan, SampleTrace.description)
    transcript.write(trace, to: &text)
    #expect(text.hasSuffix("node2, node3, node4 and 16 more\n"))
    #expect(text.split(separator: "\n").count == 1)
  }

  /// Partitions in words, of eight nodes.
  @Test(arguments: [
    (
      CutPattern(sides: [[0, 1], [2, 3, 4, 5, 6, 7]].nodes, oneWay: false, nodeCount: 8),
      "node1, node2 | node3, node4, node5, node6, node7, node8"
    ),
    (
      CutPattern(sides: [[0], [1], [2, 3]].nodes, oneWay: false, nodeCount: 8),
      "node1 | node2 | node3, node4"
    ),
    (
      CutPattern(sides: [[0], [1], [2]].nodes, oneWay: true, nodeCount: 8),
      "node1 ↛ node2, node1 ↛ node3, node2 ↛ node3"
    ),
    (
      CutPattern([0, 1].nodes, from: [2].nodes, oneWay: true),
      "node1, node2 ↛ node3"
    ),
    (
      CutPattern([0, 1].nodes, from: [1, 2].nodes, oneWay: false),
      "node1 | node2 | node3"
    ),
    (CutPattern(ring: [0, 1, 2, 3, 4, 5, 6, 7].nodes, reach: 2), "node4"),
    (CutPattern([0].nodes, from: [0].nodes, oneWay: false), "node4"),
  ]) func partition(pattern: CutPattern, words: String) {
    var plan = SampleTrace.plan
    plan.topology = Topology(names: (1...8).map { "node\($0)" })
    var trace = Trace()
    trace.bindings = [FaultBinding(fault: 0, nodes: [NodeID(3)], cut: pattern)]
    trace.records = [
      SampleTrace.record(.faultStarted, 0, NodeID(0), NodeID(0), id: 0, head: true, fault: 0)
    ]
    var text = ""
    var transcript = TextTranscript(plan, SampleTrace.description)
    transcript.write(trace, to: &text)
    #expect(text.hasSuffix("  begins: \(words)\n"))
  }

  // MARK: The catalog

  @Test func everyKeyIsDescribed() throws {
    var seen: Set<String> = []
    for line in Self.json().split(separator: "\n") {
      let value = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let word = try #require(value["event"] as? String)
      let event = try #require(TranscriptEvent(rawValue: word))
      for (key, found) in value {
        let entry = TranscriptFieldCatalog.entries.first {
          $0.field.path == key && $0.events.contains(event)
        }
        let type = Self.type(of: found)
        #expect(entry?.field.types.contains(type) == true, "\(key) of \(word): \(type)")
        seen.insert("\(key) \(word) \(type)")
      }
    }
    for entry in TranscriptFieldCatalog.entries {
      for event in entry.events where entry.field.path != "was" || event == .field {
        #expect(
          entry.field.types.contains {
            seen.contains("\(entry.field.path) \(event.rawValue) \($0)")
          },
          "\(entry.field.path) is never written for \(event)")
      }
      for type in entry.field.types {
        #expect(
          entry.events.contains {
            seen.contains("\(entry.field.path) \($0.rawValue) \(type)")
          }, "\(entry.field.path) is never \(type)")
      }
    }
    #expect(TranscriptFieldCatalog.markdown.contains("| `at_ns` | integer | all |"))
  }

  static func type(of value: Any) -> ReportField.ValueType {
    switch value {
    case is NSNull: .null
    case let number as NSNumber where !(value is String):
      String(cString: number.objCType) == "c" ? .boolean : .integer
    case is String: .string
    case is [Any]: .array
    default: .object
    }
  }
}

extension [Int] {
  var nodes: [NodeID] { map { NodeID($0) } }
}

extension [[Int]] {
  var nodes: [[NodeID]] { map(\.nodes) }
}
