import SystemModel

/// The term of a node never falls.
struct MonotonicTerms: InvariantMonitor {
  static let description = InvariantDescription(
    "monotonic-terms", .election, "The term of a node never falls, not even over a crash.",
    subject: "a term above the first",
    source: "Ongaro, \"Consensus: Bridging Theory and Practice\", 2014, §3.3",
    needs: [.field("term")]
  ) { MonotonicTerms($0) }

  private(set) var subjects = 0
  /// The least by which a term rose.
  private var leastRise = Int64.max
  private var highest: ContiguousArray<Int64>
  private let schema: WorldSchema

  private init(_ schema: WorldSchema) {
    self.schema = schema
    highest = ContiguousArray(repeating: .min, count: schema.nodeCount)
  }

  mutating func reset() {
    subjects = 0
    leastRise = .max
    for node in highest.indices { highest[node] = .min }
  }

  func account(_ world: borrowing World) -> [Why.Fact] {
    guard leastRise < .max else { return [] }
    return [.closest("the least change of a term was by \(leastRise)")]
  }

  mutating func judge(_ event: ArraySlice<TraceRecord>, _ world: borrowing World) -> Violation? {
    var violation: Violation?
    for record in event where record.kind == .fieldChanged && Int(record.code) == schema.termField {
      let node = record.from.index
      if highest[node] != .min {
        subjects += 1
        let (rise, overflow) = record.first.subtractingReportingOverflow(highest[node])
        if !overflow { leastRise = min(leastRise, rise) }
      }
      if record.first < highest[node], violation == nil {
        violation = Violation(
          text: "the term of \(schema.topology.names[node]) falls from \(highest[node]) "
            + "to \(record.first)", nodes: [record.from])
      }
      highest[node] = max(highest[node], record.first)
    }
    return violation
  }
}
