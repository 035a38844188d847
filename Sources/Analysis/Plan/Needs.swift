import SystemModel

/// Something that a recorded history may speak of or not.
public enum Need: Sendable, Hashable {
  /// That an observation is made; with the name of its value, which value it has as well.
  case observation(String, value: String? = nil)
  /// A field of the protocol.
  case field(String)
  /// The calls of clients.
  case calls
  /// Messages, by what happens to them.
  case sent, delivered, dropped, held, delayed, duplicated
  /// How many messages nodes handle.
  case handling
  /// Which faults begin.
  case faults
  /// Which nodes reach each other, and which are available.
  case reach, availability

  /// For a person, such as `` `entered(timestamp)` ``.
  public var text: String {
    switch self {
    case .observation(let name, nil): "`\(name)`"
    case .observation(let name, let value?): "`\(name)(\(value))`"
    case .field(let name): "the field `\(name)`"
    case .calls: "calls"
    case .sent: "messages `sent`"
    case .delivered: "messages `delivered`"
    case .dropped: "messages `dropped`"
    case .held: "messages `held`"
    case .delayed: "messages `delayed`"
    case .duplicated: "messages `duplicated`"
    case .handling: "`handling`"
    case .faults: "`fault_started`"
    case .reach: "which nodes reach each other"
    case .availability: "which nodes are available"
    }
  }
}

/// What an invariant, a metric or an expression has to be told by a recorded history: all of one of
/// several lists. In a run everything is told.
public struct Needs: Sendable, Hashable, ExpressibleByArrayLiteral {
  /// The lists of which one is enough; without any nothing is needed.
  let ways: [[Need]]
  /// Whether the lists are about different things, so that of each what is told must be told whole:
  /// no observation without its value.
  let isUnion: Bool

  /// One list, all of which is needed.
  public init(arrayLiteral needs: Need...) {
    self.init(needs.isEmpty ? [] : [needs], isUnion: false)
  }

  private init(_ ways: [[Need]], isUnion: Bool) {
    self.ways = ways
    self.isUnion = isUnion
  }

  /// Lists that tell the same, of which one is enough.
  static func either(_ ways: [Need]...) -> Needs { Needs(ways, isUnion: false) }

  /// Lists that tell of different things, all of which are looked at; one is enough.
  static func any(_ ways: [Need]...) -> Needs { Needs(ways, isUnion: true) }

  /// Everything in the lists, once each.
  var all: [Need] {
    var all: [Need] = []
    for need in ways.joined() where !all.contains(need) { all.append(need) }
    return all
  }

  /// For a person: what must be told, `–` if nothing must.
  public var text: String {
    ways.isEmpty ? "–" : ways.map { Self.list($0) }.joined(separator: ", or ")
  }

  /// What is missing for a person; nil if enough is told.
  func missing(in spoken: Spoken) -> String? {
    let halves = isUnion ? all.filter { spoken.lacksValue(of: $0) } : []
    guard halves.isEmpty else { return Self.list(halves) }
    var missing: [String] = []
    for way in ways {
      let unsaid = way.filter { !spoken.says($0) }
      if unsaid.isEmpty { return nil }
      let text = Self.list(unsaid)
      if !missing.contains(text) { missing.append(text) }
    }
    return missing.isEmpty ? nil : missing.joined(separator: ", or ")
  }

  private static func list(_ needs: [Need]) -> String {
    let texts = needs.map(\.text)
    guard let last = texts.last, texts.count > 1 else { return texts.joined() }
    return texts.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension Needs {
  /// What changes with an event that tells one of the needs.
  func topics(_ description: ProtocolDescription) -> Topics {
    all.reduce(into: []) { topics, need in
      switch need {
      case .observation: topics.insert(.observed)
      case .field(let name): topics.insert(.field(description.place(ofField: name)))
      case .calls: topics.insert(.calls)
      case .sent: topics.insert(.sent)
      case .delivered: topics.insert(.delivered)
      case .dropped: topics.insert(.dropped)
      case .held, .delayed, .duplicated: topics.insert(.disturbed)
      case .handling: topics.insert(.handling)
      case .faults: topics.insert(.faults)
      case .reach: topics.insert(.reach)
      case .availability: topics.insert(.available)
      }
    }
  }
}
