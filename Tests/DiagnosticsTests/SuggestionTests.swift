import Diagnostics
import Testing

@Suite struct SuggestionTests {
  @Test(
    arguments: [
      ("latencys", "latencies"), ("tiem", "time"), ("Nodes", "nodes"), ("nodes", "nodes"),
      ("topologie", "topology"), ("dealy", "delay"), ("tag", "tags"), ("protocl", "protocol"),
    ])
  func nearWord(word: String, wanted: String) {
    let known = ["nodes", "time", "topology", "latencies", "protocol", "tags", "delay"]
    #expect(Suggestion.nearest(to: word, among: known) == wanted)
  }

  @Test(arguments: ["", "xyz", "version", "workload", "no"])
  func farWord(word: String) {
    #expect(Suggestion.nearest(to: word, among: ["time", "tags", "at"]) == nil)
  }

  @Test func noWordsAtAll() {
    #expect(Suggestion.nearest(to: "time", among: []) == nil)
  }

  @Test func firstOfEquallyNear() {
    #expect(Suggestion.nearest(to: "node4", among: ["node3", "node5"]) == "node3")
    #expect(Suggestion.nearest(to: "node4", among: ["node3", "node4"]) == "node4")
  }

  @Test func longWordsAreCutOff() {
    let long = String(repeating: "a", count: 100_000)
    #expect(Suggestion.nearest(to: long, among: [long + "b"]) == long + "b")
  }
}
