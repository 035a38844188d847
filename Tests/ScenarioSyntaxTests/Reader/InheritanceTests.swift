import Diagnostics
import ScenarioSyntax
import Testing

@testable import ScenarioSyntax

/// Scenarios that extend others.
struct InheritanceTests {
  static let base = """
    version: 1
    name: base
    tags: [shared]
    limits: {time: 1s, events: 1000}
    topology: {nodes: 3, groups: {left: [node1]}}
    latencies:
      default: {normal: {mean: 20ms, deviation: 5ms}}
    protocol: {leader-election: {heartbeat: 50ms, pre_vote: true}}
    """

  private func scenario(_ own: String, _ base: String = Self.base) throws -> Scenario {
    let text = "extends: base.yaml\n" + own
    let (file, diagnostics, sources) = read(text, others: ["base.yaml": base])
    #expect(diagnostics.isEmpty, "\(rendered(diagnostics, sources))")
    var bag = DiagnosticBag()
    let scenario = try #require(file).scenario(cell: 0, into: &bag)
    #expect(bag.isEmpty, "\(rendered(bag.sorted, sources))")
    return try #require(scenario)
  }

  @Test func whatIsNotSaidComesFromTheBase() throws {
    let scenario = try scenario("seed: 7")
    #expect(scenario.name.value == "base")
    #expect(scenario.seed?.value == 7)
    #expect(scenario.tags.map(\.value) == ["shared"])
    #expect(scenario.protocolSection.options.map(\.key.value) == ["heartbeat", "pre_vote"])
  }

  /// What is empty would be inherited if its key were removed, so that must not be the advice.
  @Test(arguments: [
    ("faults: []", "what is inherited cannot be taken away"),
    ("limits: {}", "what is inherited cannot be taken away"),
    ("workloads: []", "or remove the key"), ("faults: [{name: }]", "or remove the key"),
  ]) func theInheritedCannotBeTakenAway(_ own: String, _ words: String) throws {
    let base = Self.base + "\nfaults: [{at: 5ms, crash: node1}]"
    let (file, found, sources) = read("extends: base.yaml\n" + own, others: ["base.yaml": base])
    var bag = DiagnosticBag()
    _ = try #require(file).scenario(cell: 0, into: &bag)
    #expect(found.isEmpty)
    #expect(rendered(bag.sorted, sources).contains(words))
  }

  @Test func theSameProtocolKeepsTheOptionsOfTheBase() throws {
    let base = Self.base.replacing(
      "{leader-election: {heartbeat: 50ms, pre_vote: true}}", with: "{paxos: {quorum: all}}")
    for (own, options) in [
      ("protocol: paxos", ["quorum"]), ("protocol: {paxos: {retry: 50ms}}", ["quorum", "retry"]),
      ("protocol: ricart-agrawala", []),
    ] {
      #expect(try scenario(own, base).protocolSection.options.map(\.key.value) == options)
    }
  }

  @Test func mappingsAreMergedAndTheRestReplaced() throws {
    let scenario = try scenario(
      """
      name: own
      tags: [mine]
      limits: {time: 2s}
      topology: {groups: {right: [node2]}}
      """)
    #expect(scenario.name.value == "own")
    #expect(scenario.tags.map(\.value) == ["mine"])
    #expect(scenario.limits.time?.value == 2_000_000_000)
    #expect(scenario.limits.events?.value == 1000)
    #expect(scenario.topology.groups.map(\.key.value) == ["left", "right"])
  }

  @Test(arguments: [
    (
      "latencies: {default: {normal: {mean: 9ms}}}",
      LawText.normal(mean: 9_000_000, deviation: 5_000_000)
    ),
    (
      "latencies: {default: {exponential: {mean: 9ms}}}",
      .exponential(mean: 9_000_000, minimum: nil)
    ),
    ("latencies: {default: 9ms}", .constant(9_000_000)),
  ])
  func anotherLawReplacesTheWhole(_ own: String, _ law: LawText) throws {
    #expect(try scenario(own).latencies?.fallback?.latency?.value == law)
  }

  @Test(arguments: [
    ("protocol: barrier", "barrier", []),
    ("protocol: {barrier: {timeout: 1s}}", "barrier", ["timeout"]),
    ("protocol: leader-election", "leader-election", ["heartbeat", "pre_vote"]),
    (
      "protocol: {leader-election: {heartbeat: 9ms}}", "leader-election", ["heartbeat", "pre_vote"]
    ),
  ])
  func aProtocolOfAnotherNameReplacesTheWhole(
    _ own: String, _ name: String, _ options: [String]
  ) throws {
    let section = try scenario(own).protocolSection
    #expect(section.name.value == name)
    #expect(section.options.map(\.key.value) == options)
  }

  @Test func placesPointIntoTheRightFile() throws {
    let (_, diagnostics, sources) = check(
      "extends: base.yaml\nseed: x", ["base.yaml": Self.base.replacing("1000", with: "none")])
    #expect(diagnostics.map { $0.span.map { sources[$0].name } } == ["story.yaml", "base.yaml"])
  }

  @Test(arguments: [
    "../base.yaml", "/base.yaml", "a/../../base.yaml", "", "a//b.yaml", "a\\b.yaml", "..",
  ])
  func aPathStaysInTheFolder(_ path: String) {
    #expect(check("extends: '\(path)'", [:]).diagnostics.map(\.code.id) == ["E0237"])
  }

  @Test(arguments: [
    ("base.yaml", "story.yaml", "base.yaml"), ("./base.yaml", "story.yaml", "base.yaml"),
    ("b/c.yaml", "a/story.yaml", "a/b/c.yaml"), ("c.yaml", "a/b/story.yaml", "a/b/c.yaml"),
  ])
  func pathsStartAtTheFolderOfTheirFile(_ path: String, _ file: String, _ wanted: String) {
    #expect(Inheritance.join(path, to: file) == wanted)
  }

  @Test func aChainHasAtMostFourFiles() {
    func chain(_ count: Int) -> [String: String] {
      var files = ["\(count).yaml": Self.base]
      for place in 1..<count { files["\(place).yaml"] = "extends: \(place + 1).yaml" }
      return files
    }
    #expect(check("extends: 1.yaml", chain(4)).diagnostics.isEmpty)
    #expect(check("extends: 1.yaml", chain(5)).diagnostics.map(\.code.id) == ["E0239"])
  }

  @Test func aCircleIsRefused() {
    #expect(check("extends: story.yaml", [:]).diagnostics.map(\.code.id) == ["E0239"])
    let files = ["a.yaml": "extends: b.yaml", "b.yaml": "extends: a.yaml"]
    #expect(check("extends: a.yaml", files).diagnostics.map(\.code.id) == ["E0239"])
  }

  @Test func aFileThatIsNotThereIsAMistakeWithAPlace() {
    let (_, diagnostics, _) = check("name: x\nextends: bsae.yaml", ["base.yaml": Self.base])
    #expect(diagnostics.map(\.code.id) == ["E0238"])
    #expect(diagnostics.first?.span == SourceSpan(start: 17, end: 26))
  }

  private func check(
    _ text: String, _ others: [String: String]
  ) -> (file: ScenarioFile?, diagnostics: [Diagnostic], sources: SourceMap) {
    let (file, diagnostics, sources) = read(text, others: others)
    var bag = DiagnosticBag()
    bag.report(contentsOf: diagnostics)
    _ = file?.scenario(cell: 0, into: &bag)
    return (file, bag.sorted, sources)
  }
}
