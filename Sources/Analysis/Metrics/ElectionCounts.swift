import SystemModel

/// How often nodes stood for election, and what came of it.
struct ElectionCounts: Sendable {
  /// How often a candidate raised the term and asked for votes.
  private(set) var elections: Int64 = 0
  /// How often a node became leader.
  private(set) var leaders: Int64 = 0
  /// The highest term that a node has reached.
  private(set) var highestTerm: Int64 = 0
  private let started: UInt8
  private let leader: UInt8
  private let termField: Int

  init(_ schema: WorldSchema) {
    started = schema.description.place(ofObservation: "election_started")
    leader = schema.description.place(ofObservation: "became_leader")
    termField = schema.termField
  }

  mutating func reset() {
    elections = 0
    leaders = 0
    highestTerm = 0
  }

  mutating func note(_ record: TraceRecord) {
    if record.code == started { elections += 1 }
    if record.code == leader { leaders += 1 }
  }

  mutating func change(_ record: TraceRecord) {
    if Int(record.code) == termField { highestTerm = max(highestTerm, record.first) }
  }
}
