/// The names behind the numbers of a trace: what its records say, in the words of the scenario and
/// of the protocol.
///
/// Texts are as the scenario has them; whoever prints them makes hidden characters visible.
public struct Wording: Sendable {
  /// What the protocol calls its messages, timers, fields, calls and observations.
  public let description: ProtocolDescription
  /// What the nodes are called.
  public let topology: Topology
  /// The texts of the scenario by number.
  public let symbols: SymbolTable
  /// The names of the faults, by their places in the plan.
  public let faults: [String]

  /// The names of a run.
  public init(
    _ description: ProtocolDescription, topology: Topology, symbols: SymbolTable, faults: [String]
  ) {
    self.description = description
    self.topology = topology
    self.symbols = symbols
    self.faults = faults
  }

  /// The names of the runs of a plan.
  public init(_ plan: SystemPlan, _ description: ProtocolDescription) {
    self.init(
      description, topology: plan.topology, symbols: plan.symbols, faults: plan.faults.map(\.name))
  }

  /// The name of a node.
  public func name(_ node: NodeID) -> String { topology.names[node.index] }

  /// A word as text: numbers and durations as they are written, words and nodes by name, texts of
  /// the scenario in quotes, an absent value as `null`.
  public func text(_ word: Int64, _ type: WordType) -> String {
    if word == WordType.absent { return "null" }
    switch type {
    case .int: return String(word)
    case .bool: return word == 0 ? "false" : "true"
    case .duration: return Duration(nanoseconds: word).text
    case .word(let words): return words.indices.contains(Int(word)) ? words[Int(word)] : "#\(word)"
    case .symbol: return Wording.quoted(symbols.text(word))
    case .node, .nodeList:
      return topology.names.indices.contains(Int(word)) ? topology.names[Int(word)] : "#\(word)"
    }
  }

  /// A list of nodes, such as `[node1, node2]`.
  public func text(list words: [Int64]) -> String {
    "[\(words.map { text($0, .node) }.joined(separator: ", "))]"
  }

  /// A message with its fields, such as `vote_grant(term: 2)`.
  public func text(_ payload: MessagePayload) -> String {
    let message = description.messages[Int(payload.kind)]
    let words = message.fields.enumerated().map { place, field in
      "\(field.name): \(text(payload[place], field.type))"
    }
    return words.isEmpty ? message.name : "\(message.name)(\(words.joined(separator: ", ")))"
  }

  /// A call with its arguments, such as `acquire(hold: 100ms)`; absent ones are left out.
  public func text(call kind: UInt8, _ words: [Int64]) -> String {
    let call = description.calls[Int(kind)]
    let arguments = zip(call.arguments, words).filter { $1 != WordType.absent }.map {
      "\($0.name): \(text($1, $0.type))"
    }
    return "\(call.name)(\(arguments.joined(separator: ", ")))"
  }

  /// An observation with its value, such as `became_leader(term: 2)`.
  public func text(observation place: UInt8, _ word: Int64) -> String {
    let observation = description.observations[Int(place)]
    guard let value = observation.value else { return observation.name }
    return "\(observation.name)(\(value.name): \(text(word, value.type)))"
  }

  /// A text in quotes, as expressions write it.
  public static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }
}
