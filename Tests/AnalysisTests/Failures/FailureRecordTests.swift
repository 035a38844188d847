import Analysis
import SystemModel
import Testing

/// What makes a failure the same as an earlier one.
struct FailureRecordTests {
  private static let kept = FailureRecord(
    tool: "0.1.0", semantics: 1, seed: 7, outcome: .fail, violated: ["agreement"],
    fingerprint: 11, traceHash: 22)

  struct Row: CustomTestStringConvertible, Sendable {
    let name: String
    let answer: ReplayAnswer
    let change: @Sendable (inout FailureRecord) -> Void
    var testDescription: String { name }
  }

  @Test(arguments: [
    Row(name: "nothing differs", answer: .sameTrace) { _ in },
    Row(name: "another tool", answer: .sameTrace) { $0.tool = "0.2.0" },
    Row(name: "another engine", answer: .sameTrace) { $0.semantics = 2 },
    Row(name: "another way to it", answer: .sameFailure) { $0.traceHash = 23 },
    Row(name: "more fails on another way", answer: .sameFailure) {
      $0.traceHash = 23
      $0.violated.append("validity")
    },
    Row(name: "more fails on the same way", answer: .otherFailure) {
      $0.violated.append("validity")
    },
    Row(name: "another state", answer: .otherFailure) { $0.fingerprint = 12 },
    Row(name: "another state on another way", answer: .otherFailure) {
      $0.fingerprint = 12
      $0.traceHash = 23
    },
    Row(name: "an error instead", answer: .otherFailure) { $0.outcome = .error },
    Row(name: "an error instead on another way", answer: .otherFailure) {
      $0.outcome = .error
      $0.traceHash = 23
    },
  ]) func answers(_ row: Row) {
    var found = Self.kept
    row.change(&found)
    #expect(ReplayAnswer(Self.kept, found) == row.answer)
  }

  @Test func nothingFailsAnyMore() {
    #expect(ReplayAnswer(Self.kept, nil) == .noFailure)
  }
}
