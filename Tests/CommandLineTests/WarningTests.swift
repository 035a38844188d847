import Foundation
import Testing

/// What is probably not meant: told on standard error, an error if the user wants it so.
@Suite struct WarningTests {
  private static let scenario = """
    version: 1
    name: a late fault
    limits: {time: 2s}
    topology: {nodes: 3}
    latencies: {default: 10ms}
    protocol:
      leader-election: {election_timeout: {default: 300ms, node1: 150ms}}
    faults: [{at: 3s, crash: node1, may_be_idle: it comes too late}]
    assertions: [election-safety]

    """

  @Test func checkPassesWithWarnings() throws {
    let outcome = try Tool.run(["check", "-"], input: Self.scenario)
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("warning[W0701]: the fault never fires"))
    #expect(outcome.output.hasSuffix("1 scenario checked, no mistakes, 1 warning\n"))
  }

  @Test func jsonHasThem() throws {
    let outcome = try Tool.run(["check", "-", "--format", "json"], input: Self.scenario)
    #expect(outcome.status == 0)
    let found = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
    #expect(found.map { $0["code"] as? String } == ["W0701"])
    #expect(found.map { $0["severity"] as? String } == ["warning"])
  }

  @Test(arguments: [
    ["check", "-", "--strict"], ["run", "-", "--strict"],
    ["sweep", "-", "--seeds", "1..3", "--strict"], ["trace", "-", "--strict"],
  ]) func strictnessRefuses(_ arguments: [String]) throws {
    let outcome = try Tool.run(arguments, input: Self.scenario)
    #expect(outcome.status == 65)
    #expect((outcome.output + outcome.errors).contains("error[W0701]"))
  }

  @Test func runTellsThemBeforeItsReport() throws {
    let outcome = try Tool.run(["run", "-"], input: Self.scenario)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("warning[W0701]"))
    #expect(!outcome.output.contains("W0701"))
    let json = try Tool.run(["run", "-", "--json", "-"], input: Self.scenario)
    #expect(json.output.contains("\"severity\": \"warning\""))
  }

  @Test func sweepTellsThem() throws {
    let outcome = try Tool.run(["sweep", "-", "--seeds", "1..3"], input: Self.scenario)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("warning[W0701]"))
  }

  @Test func shippedScenariosHaveNone() throws {
    let outcome = try Tool.run(["check", "scenarios", "--strict"])
    #expect(outcome.status == 0, "\(outcome.output)")
  }
}
