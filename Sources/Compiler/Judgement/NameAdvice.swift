internal import Expressions
internal import SystemModel

/// What to say of an unknown name in an expression to somebody who knows the scenario: it may be a
/// group, a node that there is not, or stand where only messages are looked at.
struct NameAdvice {
  private let topology: Topology
  private let names: ExpressionEnvironment
  /// The unknown name; nil if the mistake is another one.
  private let name: String?
  /// Whether something is asked of the name: a dot follows it.
  private let isAsked: Bool

  /// The advice on a mistake in a text.
  init(
    _ topology: Topology, _ names: ExpressionEnvironment, _ mistake: ExpressionMistake,
    _ text: String
  ) {
    self.topology = topology
    self.names = names
    let bytes = Array(text.utf8)
    let range = mistake.range.clamped(to: bytes.indices)
    let isUnknown = mistake.code == CheckCodes.unknownName
    name = isUnknown ? String(decoding: bytes[range], as: UTF8.self) : nil
    isAsked = bytes[range.upperBound...].first { $0 != UInt8(ascii: " ") } == UInt8(ascii: ".")
  }

  /// The fields of messages, where nothing else can be asked.
  private var messageFields: [String]? {
    guard names.name("nodes") == nil, let message = names.name("message"),
      case .object(let type) = message.type
    else { return nil }
    return names.objectTypes[type].fields.map(\.name)
  }

  /// What there is where only messages are looked at.
  var note: String? {
    guard name != nil, let fields = messageFields else { return nil }
    let list = fields.map { "`message.\($0)`" }.joined(separator: ", ")
    return "a condition on messages sees parameters and the message alone: " + list
  }

  /// What to write instead.
  var help: String? {
    guard let name else { return nil }
    if messageFields != nil {
      return topology.names.contains(name)
        ? "ask where it comes from or goes: `message.from == \"\(name)\"`" : nil
    }
    if isAsked, topology.groups.contains(where: { $0.name == name }) {
      let isOne = names.objectTypes.contains { type in
        type.name == "node" && type.fields.contains { $0.name == "group" }
      }
      let condition = isOne ? "n.group == \"\(name)\"" : "\"\(name)\" in n.groups"
      return "`\(name)` is a group; its nodes are `nodes.filter(n, \(condition))`"
    }
    return NumberedNames(topology.names).help(on: name)
  }
}

/// Nodes that are numbered: `node1`, `node2` and so on.
struct NumberedNames {
  private let names: [String]

  /// Looks at the names of all nodes.
  init(_ names: [String]) {
    self.names = names
  }

  /// What to say of a name that would be one of them with another number; nil if it would not.
  func help(on name: String) -> String? {
    guard let stem = Self.stem(of: name), names.count > 1,
      names.indices.allSatisfy({ names[$0] == "\(stem)\($0 + 1)" })
    else { return nil }
    return "the nodes are `\(names[0])` to `\(names[names.count - 1])`"
  }

  /// A name without the number at its end; nil without either.
  private static func stem(of name: String) -> Substring? {
    let figures = UInt8(ascii: "0")...UInt8(ascii: "9")
    let digits = name.utf8.reversed().prefix { figures.contains($0) }
    guard !digits.isEmpty, digits.count < name.utf8.count else { return nil }
    return name.dropLast(digits.count)
  }
}
