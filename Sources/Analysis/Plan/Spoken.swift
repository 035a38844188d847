import SystemModel

/// What a recorded history speaks of; a run speaks of everything.
///
/// Whether nodes are up and go on is taken for granted until the history says otherwise, and is no
/// need of anybody.
struct Spoken: Sendable {
  /// A run, which shows all there is.
  static let everything = Spoken()

  /// What is said; nil: everything.
  private var said: Set<Need>?
  /// What is not said even if everything is.
  private var unsaid: Set<Need> = []

  private init() {}

  /// What the records of a history speak of. One that is whole speaks of everything, but for who
  /// reaches whom. `withoutValue` has the places of the observations that lack their values.
  init(
    _ trace: Trace, _ description: ProtocolDescription, isWhole: Bool, withoutValue: [UInt8]
  ) {
    unsaid = [.reach, .availability]
    for place in withoutValue { unsaid.insert(description.need(ofObservation: place)) }
    if !isWhole { said = Self.said(by: trace, description) }
  }

  /// Whether the history speaks of something.
  func says(_ need: Need) -> Bool {
    !unsaid.contains(need) && said?.contains(need) ?? true
  }

  /// Whether it speaks of an observation, but does not always say its value.
  func lacksValue(of need: Need) -> Bool { unsaid.contains(need) }

  /// Whether it speaks of all of some.
  func says(_ needs: [Need]) -> Bool { needs.allSatisfy { says($0) } }

  private static func said(by trace: Trace, _ description: ProtocolDescription) -> Set<Need> {
    var said: Set<Need> = []
    var observed = description.observations.map { _ in false }
    var fields = description.fields.map { _ in false }
    var isStart = false
    for record in trace.records {
      if record.beginsEvent { isStart = record.kind == .started }
      switch record.kind {
      case .sent: said.insert(.sent)
      case .delivered: said.insert(.delivered)
      case .dropped: said.insert(.dropped)
      case .held: said.insert(.held)
      case .delayed: said.insert(.delayed)
      case .duplicated: said.insert(.duplicated)
      case .handling: said.insert(.handling)
      case .callInvoked: said.insert(.calls)
      case .faultStarted: said.insert(.faults)
      case .observed: observed[Int(record.code)] = true
      case .fieldChanged, .listChanged:
        // The start is made up where a history lacks it, so that it says nothing.
        if !isStart { fields[Int(record.code)] = true }
      default: break
      }
    }
    for (place, observation) in description.observations.enumerated() where observed[place] {
      said.insert(.observation(observation.name))
      said.insert(description.need(ofObservation: UInt8(place)))
    }
    for (place, field) in description.fields.enumerated() where fields[place] {
      said.insert(.field(field.name))
    }
    return said
  }
}

extension ProtocolDescription {
  /// An observation with its value, if it has one.
  fileprivate func need(ofObservation place: UInt8) -> Need {
    let observation = observations[Int(place)]
    let value = observation.fields.map(\.name).joined(separator: ", ")
    return .observation(observation.name, value: value.isEmpty ? nil : value)
  }
}
