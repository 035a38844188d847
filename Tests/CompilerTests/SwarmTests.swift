import Compiler
import Diagnostics
import ScenarioSyntax
import Testing

/// Which faults a swarm draws, and what goes with them.
struct SwarmTests {
  /// The faults that some seed leaves out, and those left out together by each of many seeds.
  private func leftOut(_ faults: String, _ others: String = "") throws -> (
    ever: [Int], together: Set<[Int]>
  ) {
    let text = story(
      with: "vary: {faults: swarm}\nfaults: [\(faults)]\n"
        + (others.isEmpty ? "assertions: [election-safety]" : others))
    var sources = SourceMap()
    var bag = DiagnosticBag()
    let file = try #require(
      ScenarioReader().read(
        SourceFile(name: "story.yaml", text: text), sources: &sources, into: &bag))
    var together: Set<[Int]> = []
    for seed: UInt64 in 1...200 {
      let plan = Compilation(file, seed: seed).plan(cell: 0, into: &bag)
      together.insert(try #require(plan, "\(bag.sorted)").leftOut)
    }
    return (Set(together.flatMap { $0 }).sorted(), together)
  }

  private let split = "{name: split, at: 1ms, partition: halves}"
  private let loss = "{at: 1ms, for: 5ms, loss: 5%}"

  @Test func everySubsetIsPossible() throws {
    let found = try leftOut("\(loss), \(split), {at: 2ms, for: 5ms, crash: node1}")
    #expect(found.together.count == 8)
    #expect(found.together.contains([]))
    #expect(found.together.contains([0, 1, 2]))
  }

  @Test(
    arguments: [
      "assertions: [{always: node1.up, during: split}]",
      "assertions: [{always: node1.up, after: split.start}]",
      "assertions: [{always: node1.up, before: split.end}]",
      "assertions: [{always: node1.up, between: [split.start, 5ms]}]",
      "assertions: [{never: 'faults[\"split\"].active && !node1.up'}]",
      "assertions: [{metric: fault.split.fired, is: \"== 1\"}]",
      "assertions: [{always: node1.up, after: {when: 'faults[\"split\"].active'}}]",
    ])
  func whatIsSpokenOfIsThere(_ assertions: String) throws {
    #expect(try leftOut("\(split), \(loss)", assertions).ever == [1])
  }

  /// Part of a longer word is no name.
  @Test func wordsAreWhole() throws {
    let found = try leftOut(
      "{name: node, at: 1ms, for: 5ms, partition: halves}, \(loss)",
      "assertions: [{always: node1.up}]")
    #expect(found.ever == [0, 1])
  }

  /// A fault without a name may be spoken of by its kind and number, which must stay right.
  @Test func numbersStay() throws {
    let found = try leftOut(
      "\(loss), {at: 2ms, for: 5ms, loss: 5%}, {at: 3ms, for: 5ms, crash: node1}",
      "assertions: [{never: 'faults[\"loss 2\"].active && !node1.up'}]")
    #expect(found.ever == [2])
  }

  @Test func whatPutsRightGoesWithIt() throws {
    let healed = try leftOut("\(split), {at: 5ms, heal: split}, \(loss)")
    #expect(healed.together.allSatisfy { $0.contains(0) == $0.contains(1) })
    #expect(healed.together.count == 4)
    let restarted = try leftOut(
      "{at: 1ms, crash: node1}, {at: 2ms, crash: node2}, {at: 5ms, restart: node1}, "
        + "{at: 6ms, restart: all}")
    for left in restarted.together {
      #expect(left.contains(2) == left.contains(0))
      #expect(left.contains(3) == (left.contains(0) && left.contains(1)))
    }
    let resumed = try leftOut("{at: 1ms, pause: leader}, {at: 5ms, resume: node1}, \(loss)")
    #expect(resumed.together.allSatisfy { $0.contains(0) == $0.contains(1) })
  }

  /// A fault is there if the one that heals it is spoken of.
  @Test func aHealThatIsSpokenOf() throws {
    let found = try leftOut(
      "\(split), {name: mended, at: 5ms, heal: split}, \(loss)",
      "assertions: [{always: node1.up, after: mended.start}]")
    #expect(found.ever == [2])
  }

  /// Which draws are checked before any run: ends of ranges and all values of lists.
  @Test func someDrawsAreChecked() {
    let compiled = compile(
      story(
        with: "vary: {t: [1ms, 2ms, 3ms, 0ms, 4ms]}\nlimits: {time: \"${t}\"}\n"
          + "assertions: [election-safety]"))
    #expect(compiled.codes == ["E0221"], "\(compiled.text)")
    let inside = compile(
      story(with: "vary: {t: 1..9}\nlimits: {time: \"${t}ms\"}\nassertions: [election-safety]"))
    #expect(inside.codes.isEmpty, "\(inside.text)")
  }
}
