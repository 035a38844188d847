import Analysis
import Interpreter
import SystemModel
import Testing

/// Runs that go on by another chance.
struct ReseedingTests {
  /// The records of a run.
  private struct Records: TraceReader {
    var all: [TraceRecord] = []
    mutating func read(_ part: Trace) { all += part.records }
  }

  /// Reseeded with its own seed before it begins, a run is as without; behind its end too, with any
  /// seed. In between it is another one, but for what was there before.
  @Test(arguments: ["zoo/paxos/storm.yaml", "zoo/promise-commit/storm.yaml"])
  func goesOnFromAnEvent(_ path: String) throws {
    let plan = try ShippedScenario(path: path).compiled().cells[0].plan
    var records = Records()
    let result = Interpreter.run(plan, reading: &records)
    let events = records.all.count { $0.beginsEvent }
    let own = plan.system.seed
    func hash(_ event: Int, _ seed: UInt64) -> UInt64 {
      Interpreter.run(plan, reseededBehind: event, with: seed).traceHash
    }
    #expect(hash(0, own) == result.traceHash)
    #expect(hash(events, 99) == result.traceHash)
    #expect(hash(0, 99) != result.traceHash)
    #expect(hash(events / 2, 99) != result.traceHash)
    #expect(hash(events / 2, 99) == hash(events / 2, 99))
    #expect(hash(events / 2, 99) != hash(events / 2, 98))
    var other = plan
    other.system.seed = 99
    #expect(hash(0, 99) == Interpreter.run(other).traceHash)
  }
}
