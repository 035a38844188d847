import SystemModel

/// What tells who leads: that a node says so, or its fields.
enum ElectionNeeds {
  static let becameLeader = Need.observation("became_leader", value: "term")
  static let fields: [Need] = [.field("role"), .field("term")]
  /// Either of the two is enough.
  static let leaders = Needs.either([becameLeader], fields)
}

/// Sees who leads in which term, by whatever a run or a recorded history says of it.
struct LeaderSight: Sendable {
  /// Whether the fields are told, so that what they hold is not made up.
  let readsFields: Bool
  private let readsObservation: Bool
  private let becameLeader: UInt8
  private let schema: WorldSchema

  init(_ schema: WorldSchema) {
    self.schema = schema
    readsFields = schema.spoken.says(ElectionNeeds.fields)
    readsObservation = schema.spoken.says(ElectionNeeds.becameLeader)
    becameLeader = schema.description.place(ofObservation: "became_leader")
  }

  /// The term that a node says it leads from now on; nil if a record says nothing of it.
  func termBegun(by record: TraceRecord) -> Int64? {
    readsObservation && record.kind == .observed && record.code == becameLeader
      ? record.first : nil
  }

  /// Whether a node leads, by its fields after an event.
  func leads(_ node: NodeID, _ world: borrowing World) -> Bool {
    readsFields && world.isUp[node.index]
      && world.word(node, schema.roleField) == schema.leaderWord
  }

  /// The term in which the node of a record leads after an event; nil if the record says nothing of
  /// it.
  func termLed(by record: TraceRecord, _ world: borrowing World) -> Int64? {
    if let term = termBegun(by: record) { return term }
    let field = Int(record.code)
    guard record.kind == .fieldChanged, field == schema.roleField || field == schema.termField,
      leads(record.from, world)
    else { return nil }
    return world.word(record.from, schema.termField)
  }
}
