import SystemModel
import Testing

@testable import Protocols

struct ReplicatedLogTests {
  private static func entry(_ term: Int64) -> LogEntry {
    LogEntry(term: term, command: RegisterCommand(.none))
  }

  @Test func `Entries count from 1, and the term in front of the first is 0`() {
    var log = ReplicatedLog()
    #expect((log.count, log.lastTerm) == (0, 0))
    for term in [1, 1, 3] as [Int64] { log.append(Self.entry(term)) }
    #expect((0...4).map { log.term(at: Int64($0)) } == [0, 1, 1, 3, nil])
    #expect(log[3].term == 3)
    #expect((log.count, log.lastTerm) == (3, 3))
  }

  @Test func `A log is cut behind an entry`() {
    var log = ReplicatedLog()
    for term in [1, 1, 3] as [Int64] { log.append(Self.entry(term)) }
    log.truncate(to: 3)
    #expect(log.count == 3)
    log.truncate(to: 1)
    #expect((log.count, log.lastTerm) == (1, 1))
    log.truncate(to: 0)
    #expect(log == ReplicatedLog())
  }

  /// What a register file says is what a dictionary would, over drawn commands.
  @Test(arguments: UInt64(1)...20) func `Registers do what a dictionary does`(seed: UInt64) {
    var random = RandomSource(state: seed)
    var registers = RegisterFile()
    var twin: [Int64: Int64] = [:]
    for _ in 0..<200 {
      let (key, value) = (Int64(random.below(6)), Int64(random.below(4)))
      let old = twin[key] ?? WordType.absent
      switch random.below(3) {
      case 0:
        let result = registers.carryOut(RegisterCommand(.read, key: key))
        #expect(result == (.ok, old))
      case 1:
        #expect(registers.carryOut(RegisterCommand(.write, key: key, value: value)).outcome == .ok)
        twin[key] = value
      default:
        let expected = random.below(2) == 0 ? old : Int64(random.below(4))
        let command = RegisterCommand(.cas, key: key, value: value, expected: expected)
        #expect(registers.carryOut(command).outcome == (expected == old ? .ok : .fail))
        if expected == old { twin[key] = value }
      }
    }
    #expect(registers.count == twin.count)
    for key in 0..<6 as Range<Int64> {
      #expect(registers.value(of: key) == twin[key] ?? WordType.absent)
    }
  }
}
