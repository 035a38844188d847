import SystemModel
import TestSupport
import Testing

@testable import Protocols

/// The words of `mistake` and the rules that they turn off belong together by their places.
struct MistakeTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let cases: [String]
    let rawValues: [Int]
    let declared: [MistakeDeclaration]

    init<Mistake: CaseIterable & RawRepresentable>(
      _ machine: Any.Type, _ mistake: Mistake.Type, _ declared: [MistakeDeclaration]
    ) where Mistake.RawValue == Int {
      testDescription = "\(machine)"
      cases = mistake.allCases.map { "\($0)" }
      rawValues = mistake.allCases.map(\.rawValue)
      self.declared = declared
    }
  }

  static let rows = [
    Row(PromiseCommit.self, PromiseCommit.Mistake.self, PromiseCommit.mistakes),
    Row(Paxos.self, Paxos.Mistake.self, Paxos.mistakes),
    Row(LeaderElection.self, LeaderElection.Mistake.self, LeaderElection.mistakes),
    Row(LamportMutex.self, LamportMutex.Mistake.self, LamportMutex.mistakes),
    Row(RicartAgrawala.self, RicartAgrawala.Mistake.self, RicartAgrawala.mistakes),
    Row(Barrier.self, Barrier.Mistake.self, Barrier.mistakes),
    Row(RegisterABD.self, RegisterABD.Mistake.self, RegisterABD.mistakes),
    Row(RaftRegister.self, RaftRegister.Mistake.self, RaftRegister.mistakes),
  ]

  @Test(arguments: rows) func `A word stands at the place of its rule`(row: Row) {
    #expect(row.cases.map(Self.word) == row.declared.map(\.name))
  }

  /// `quorumOfHalf` as `quorum-of-half`.
  private static func word(_ name: String) -> String {
    name.reduce(into: "") { $0 += $1.isUppercase ? "-\($1.lowercased())" : "\($1)" }
  }

  @Test(arguments: rows)
  func `Rules count from 1, as none is 0, and every declaration is whole`(row: Row) {
    #expect(row.rawValues == Array(1...row.declared.count))
    #expect(row.declared.allSatisfy { !$0.summary.isEmpty && !$0.rule.isEmpty })
    #expect(row.declared.allSatisfy { !$0.literature.isEmpty && !$0.breaks.isEmpty })
  }

  @Test func `A node has the mistake of its own option`() {
    func node(_ word: Int?) -> Paxos {
      let options = word.map { ["mistake": ParameterValue.word($0)] } ?? [:]
      return Paxos(NodeContext(node: 0, of: 4, Paxos.description, options: options))
    }
    #expect(node(nil).mistake == nil)
    #expect(node(0).mistake == nil)
    #expect(node(1).mistake == .quorumOfHalf)
    #expect(node(1).needed == 1)
    #expect(node(nil).needed == 2)
  }
}
