import SystemModel
import Testing

@testable import Analysis

@Suite("The choice of messages")
struct MessageChoiceTests {
  /// A past of as many messages as texts; the marks are `-` for one that is lost, `+` for a copy.
  static func past(_ texts: [String]) -> [MessageEvidence] {
    texts.enumerated().map { place, text in
      var message = MessageEvidence(
        id: Int64(place), text: String(text.drop { "+-".contains($0) }), from: NodeID(0),
        to: NodeID(1), sent: Instant(milliseconds: 0),
        seen: Instant(milliseconds: Int64(place)), isLost: text.hasPrefix("-"))
      message.isCopy = text.hasPrefix("+")
      return message
    }
  }

  static func chosen(_ texts: [String], about subjects: [String]) -> [MessageEvidence] {
    MessageChoice(about: subjects, fields: ["term"]).chosen(of: past(texts))
  }

  static let noise = Array(repeating: "ping", count: 40)

  @Test("has all of a short past")
  func short() {
    let chosen = Self.chosen(["a", "-b", "c"], about: [])
    #expect(chosen.map(\.text) == ["a", "b", "c"])
    #expect(chosen.map(\.leftOutBefore) == [0, 0, 0])
  }

  @Test("has the first two and the last dozen if nothing is told of what it is about")
  func ends() {
    let chosen = Self.chosen(Self.noise, about: ["x = 3"])
    #expect(chosen.map(\.id) == [0, 1] + Array(28..<40))
    #expect(chosen.map(\.leftOutBefore) == [0, 0, 26] + Array(repeating: 0, count: 11))
  }

  @Test("has the first that carried a value, or a number of a field, however long ago")
  func carriers() {
    let texts =
      ["ping", #"put(value: "red")"#, "vote(term: 3)", "vote(term: 2)"] + Self.noise
      + [#"put(value: "red")"#] + Self.noise
    for subject in [#"read() = "red" at b"#, "b leads in term 2", "a.term = 2"] {
      let place = subject.contains("red") ? 1 : 3
      let chosen = Self.chosen(texts, about: [subject])
      #expect(chosen[0].id == Int64(place), "\(subject)")
      #expect(chosen[0].telling == [place == 1 ? #"value: "red""# : "term: 2"])
      #expect(chosen[0].leftOutBefore == place)
      #expect(chosen.count == MessageChoice.shown)
    }
    #expect(Self.chosen(texts, about: [#"value "red""#])[1].id == 44)
  }

  @Test("has the copy of what it is about, and what was copied")
  func copies() {
    let put = #"put(value: "red")"#
    let texts = [put, put, put, "ping", "+" + put] + Self.noise
    #expect(Self.chosen(texts, about: [#""red""#]).prefix(4).map(\.id) == [0, 1, 4, 34])
    var past = Self.past(texts)
    for place in [0, 1] { past[place].sent = Instant(milliseconds: 1) }
    let choice = MessageChoice(about: [#""red""#], fields: [])
    #expect(choice.chosen(of: past).prefix(5).map(\.id) == [0, 1, 2, 4, 35])
  }

  @Test("has four lost ones at the most, and counts those that it leaves out")
  func lost() {
    let texts = Self.noise + Array(repeating: "-ping", count: 9)
    let chosen = Self.chosen(texts, about: [])
    #expect(chosen.filter(\.isLost).map(\.id) == [45, 46, 47, 48])
    #expect(chosen.reduce(chosen.count) { $0 + $1.leftOutBefore } == texts.count)
  }

  @Test("takes messages apart")
  func parts() {
    let parts = MessageParts(#"put(key: "a, b", value: "say \"x, y\"", term: 2)"#)
    #expect(parts.kind == "put")
    #expect(parts.fields == [#"key: "a, b""#, #"value: "say \"x, y\"""#, "term: 2"])
    #expect(MessageParts("ping").fields.isEmpty)
  }
}
