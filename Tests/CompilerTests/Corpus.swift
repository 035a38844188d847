import Diagnostics
import Foundation
import ScenarioSyntax
import TestSupport

/// Scenarios that together use every key of the language and every word of the protocols, with the
/// places of their keys and values.
struct Corpus: Sendable {
  /// A place in one of the texts.
  struct Place<Item: Sendable>: Sendable {
    let name: String
    let text: String
    let item: Item
  }

  /// The first key of each path.
  private(set) var pairs: [Place<WrittenPlaces.Pair>] = []
  /// The first value of each path.
  private(set) var values: [Place<WrittenPlaces.Value>] = []
  /// How many keys and values the texts have in all.
  private(set) var count = 0

  /// Whether a trial is made at a place: one in `share`, in turn, so that each place and each trial
  /// has one.
  static func tries(_ trial: Int, at place: Int, oneIn share: Int) -> Bool {
    Thoroughness.isExhaustive || (trial + place) % share == 0
  }

  /// All texts: those of the tests, which use everything, and those that are shipped.
  static let whole = Corpus(
    fixtures() + protocolTexts.enumerated().map { ("protocol-\($0)", $1) } + shipped())

  init(_ texts: [(name: String, text: String)]) {
    var seen: Set<String> = []
    for (name, text) in texts {
      let places = WrittenPlaces(text)
      count += places.pairs.count + places.values.count
      for pair in places.pairs where seen.insert("key \(pair.path) \(pair.entry.key.text)").inserted
      {
        pairs.append(Place(name: name, text: text, item: pair))
      }
      for value in places.values where seen.insert("value \(value.path)").inserted {
        values.append(Place(name: name, text: text, item: value))
      }
    }
  }

  /// Reads a text of the corpus, spoilt or not; other cells than the first have the same mistakes.
  static func story(_ name: String, _ text: String) -> Compiled {
    compile(text, name: name, others: bases, onlyFirstCell: true)
  }

  /// The texts that others extend.
  private static let bases: [String: String] = {
    var bases = ["base.yaml": (try? fixture("base.yaml")) ?? ""]
    for (path, text) in shipped() { bases[URL(filePath: path).lastPathComponent] = text }
    return bases
  }()

  private static func fixtures() -> [(name: String, text: String)] {
    ["every-key", "consensus", "election", "mutex", "barrier", "register"].compactMap { name in
      (try? fixture("\(name).yaml")).map { (name, $0) }
    }
  }

  private static let scenarios = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "scenarios")

  private static func scenario(_ path: String) throws -> String {
    try String(contentsOf: scenarios.appending(path: path), encoding: .utf8)
  }

  private static func shipped() -> [(name: String, text: String)] {
    let all = FileManager.default.enumerator(atPath: scenarios.path)
    let paths = (all?.allObjects ?? []).compactMap { $0 as? String }
    return paths.filter { $0.hasSuffix(".yaml") }.sorted().compactMap { path in
      (try? scenario(path)).map { (path, $0) }
    }
  }

  /// Options, fields to set and arguments of all protocols.
  private static let protocolTexts = [
    """
    version: 1
    name: words of an election
    topology: {nodes: 4, groups: {left: [node1, node2]}}
    latencies: {default: 20ms}
    protocol:
      leader-election:
        pre_vote: false
        heartbeat: {default: 50ms, node2: 40ms}
        election_timeout: {default: 150ms..300ms, left: 100ms}
        initial: {left: {role: candidate, term: 3, voted_for: node1}, node3: {voted_for: null}}
    """,
    """
    version: 1
    name: words of Paxos
    topology: {nodes: 3}
    latencies: {default: 20ms}
    protocol: {paxos: {quorum: majority, timeout: {node1: 5s}, retry: {default: 100ms..200ms}}}
    workloads: [{at: 0ms, node: node1, call: {propose: {value: one}}}]
    """,
    """
    version: 1
    name: words of promise and commit
    topology: {nodes: 3}
    latencies: {default: 20ms}
    protocol: {promise-commit: {quorum: majority, timeout: {default: 1s, node1: 5s}}}
    workloads: [{at: 0ms, node: node1, call: {propose: {value: one, term: 3}}}]
    """,
    """
    version: 1
    name: words of Ricart and Agrawala
    topology: {nodes: 3}
    latencies: {default: 20ms}
    protocol: ricart-agrawala
    workloads: [{at: 0ms, node: node1, call: {acquire: {hold: 10ms}}}]
    """,
    """
    version: 1
    name: words of the barrier
    topology: {nodes: 3}
    latencies: {default: 20ms}
    protocol: {barrier: {coordinator: node1, timeout: 100ms}}
    workloads: [{at: 0ms, node: node2, call: {work: {duration: 10ms, task: reading}}}]
    """,
  ]
}
