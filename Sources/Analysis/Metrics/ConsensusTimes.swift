import SystemModel

/// When a value was proposed, decided and completed.
struct ConsensusTimes: Sendable {
  /// When the first proposal was made; -1 before.
  private(set) var proposedAt: Int64 = -1
  /// When the first decision was taken; -1 before.
  private(set) var decidedAt: Int64 = -1
  /// When the first round was complete; -1 before.
  private(set) var completedAt: Int64 = -1
  private let proposed: UInt8
  private let decided: UInt8
  private let completed: UInt8

  init(_ schema: WorldSchema) {
    proposed = schema.description.place(ofObservation: "proposed")
    decided = schema.description.place(ofObservation: "decided")
    completed = schema.description.place(ofObservation: "completed")
  }

  mutating func reset() {
    proposedAt = -1
    decidedAt = -1
    completedAt = -1
  }

  mutating func note(_ record: TraceRecord) {
    if record.code == proposed, proposedAt < 0 { proposedAt = record.at }
    if record.code == decided, decidedAt < 0 { decidedAt = record.at }
    if record.code == completed, completedAt < 0 { completedAt = record.at }
  }
}
