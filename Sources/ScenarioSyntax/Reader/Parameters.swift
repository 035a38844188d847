internal import Diagnostics

/// The value of a parameter, by the form in which it is written.
public indirect enum WrittenValue: Hashable, Sendable {
  /// `true` or `false`.
  case bool(Bool)
  /// A whole number.
  case int(Int64)
  /// A number with decimals.
  case decimal(Double)
  /// A percentage.
  case percentage(Fraction)
  /// A length of time in nanoseconds.
  case duration(Int64)
  /// Any other text.
  case text(String)
  /// Several values of one form.
  case list([WrittenValue])

  /// The value that a text stands for.
  public init(_ text: String) {
    if let bool = try? NumberValue.bool(text) {
      self = .bool(bool)
    } else if let int = try? NumberValue.int(text, in: .min ... .max) {
      self = .int(int)
    } else if let span = try? DurationValue.parse(text) {
      self = .duration(span)
    } else if let part = try? NumberValue.percentage(text) {
      self = .percentage(part)
    } else if let quantity = Quantity(text), quantity.unit.isEmpty, let double = Double(text) {
      self = .decimal(double)
    } else {
      self = .text(text)
    }
  }

  /// The form in words: `a length of time`.
  public var form: String {
    switch self {
    case .bool: "`true` or `false`"
    case .int: "a whole number"
    case .decimal: "a decimal number"
    case .percentage: "a percentage"
    case .duration: "a length of time"
    case .text: "a text"
    case .list(let items): "a list, each item \(items.first?.form ?? "a text")"
    }
  }

  /// Whether two values are written in the same form.
  func hasForm(of other: WrittenValue) -> Bool { form == other.form }
}

/// A parameter of a scenario with its value.
public struct Parameter: Sendable {
  /// The name.
  public let name: Marked<String>
  /// The value, typed by its form.
  public let value: WrittenValue
  /// What replaces `${name}`: a scalar, or a list of scalars.
  let node: MarkedNode
  /// How many bytes of text that is.
  let byteCount: Int

  init(name: Marked<String>, value: WrittenValue, node: MarkedNode) {
    self.name = name
    self.value = value
    self.node = node
    let scalars = node.sequence ?? [node]
    byteCount = scalars.reduce(0) { $0 + ($1.scalar?.text.utf8.count ?? 0) }
  }

  /// A parameter with a value that was worked out of what stands at a place.
  init(name: Marked<String>, text: String, at span: SourceSpan) {
    let scalar = MarkedScalar(text: text, style: .plain, span: span)
    self.init(
      name: name, value: WrittenValue(text), node: MarkedNode(.scalar(scalar), span: span))
  }
}

/// What `${name}` stands for in one cell of a scenario.
struct ParameterValues {
  private(set) var all: [Parameter] = []
  /// Names that were declared with a mistake, which was reported; nothing stands for them.
  var broken: Set<String> = []
  private var places: [String: Int] = [:]

  init(_ parameters: [Parameter] = []) {
    for parameter in parameters { set(parameter) }
  }

  var isEmpty: Bool { all.isEmpty && broken.isEmpty }

  subscript(name: String) -> Parameter? { places[name].map { all[$0] } }

  /// Adds a parameter, or gives it another value.
  mutating func set(_ parameter: Parameter) {
    if let place = places[parameter.name.value] {
      all[place] = parameter
    } else {
      places[parameter.name.value] = all.count
      all.append(parameter)
    }
  }
}

extension Reading {
  /// The node with `${name}` replaced, if it is a scalar; nil if that fails, which is reported.
  mutating func resolve(_ node: MarkedNode) -> MarkedNode? {
    guard let scalar = node.scalar, scalar.text.has(UInt8(ascii: "$")) else {
      return node
    }
    let parts: [ParameterText.Part]
    do throws(ValueMistake) {
      parts = try ParameterText.parts(of: scalar.text)
    } catch {
      report(.badValue(error, node, for: nil, notes: []))
      return nil
    }
    if parts.count == 1, case .name(let name) = parts[0] {
      guard let parameter = parameter(name, at: node), spend([parameter], at: node) else {
        return nil
      }
      return moved(parameter.node, to: node.span)
    }
    guard let text = joined(parts, at: node) else { return nil }
    return MarkedNode(
      .scalar(MarkedScalar(text: text, style: scalar.style, span: scalar.span)), span: node.span)
  }

  /// The node with `${name}` replaced in it and in whatever it holds.
  mutating func resolveDeeply(_ node: MarkedNode) -> MarkedNode? {
    guard let node = resolve(node) else { return nil }
    switch node.content {
    case .scalar: return node
    case .sequence(let items):
      let resolved = items.compactMap { resolveDeeply($0) }
      guard resolved.count == items.count else { return nil }
      return MarkedNode(.sequence(resolved), span: node.span)
    case .mapping(let entries):
      var resolved: [MarkedNode.Entry] = []
      for entry in entries {
        if let value = resolveDeeply(entry.value) {
          resolved.append(MarkedNode.Entry(key: entry.key, value: value))
        }
      }
      guard resolved.count == entries.count else { return nil }
      return MarkedNode(.mapping(resolved), span: node.span)
    }
  }

  /// A text with the values of parameters in it.
  private mutating func joined(_ parts: [ParameterText.Part], at node: MarkedNode) -> String? {
    var pieces: [String] = []
    var used: [Parameter] = []
    for part in parts {
      switch part {
      case .text(let piece): pieces.append(piece)
      case .name(let name):
        guard let parameter = parameter(name, at: node) else { return nil }
        guard let value = parameter.node.scalar else {
          report(.listInText(name, at: node.span))
          return nil
        }
        used.append(parameter)
        pieces.append(value.text)
      }
    }
    return spend(used, at: node) ? pieces.joined() : nil
  }

  /// Takes what parameters bring in from the allowance; reports if it is not enough.
  private mutating func spend(_ used: [Parameter], at node: MarkedNode) -> Bool {
    if allowance.take(used) { return true }
    report(.expandedTooMuch(node.span))
    return false
  }

  private mutating func parameter(_ name: String, at node: MarkedNode) -> Parameter? {
    guard let parameter = parameters[name] else {
      guard !parameters.broken.contains(name) else { return nil }
      report(.unknownParameter(name, at: node.span, known: parameters.all.map(\.name.value)))
      return nil
    }
    usedParameters.insert(name)
    return parameter
  }

  private func moved(_ node: MarkedNode, to span: SourceSpan) -> MarkedNode {
    switch node.content {
    case .scalar(let scalar):
      let copy = MarkedScalar(text: scalar.text, style: scalar.style, span: span)
      return MarkedNode(.scalar(copy), span: span)
    case .sequence(let items):
      return MarkedNode(.sequence(items.map { moved($0, to: span) }), span: span)
    case .mapping: return node
    }
  }
}

/// Texts with `${name}` in them.
enum ParameterText {
  /// How much parameters may bring into a scenario: as much as a file may have.
  struct Allowance {
    private var bytes = YAMLLoader.Limits().textBytes
    private var nodes = YAMLLoader.Limits().nodes

    /// Takes off what parameters bring in; tells whether there was enough.
    mutating func take(_ used: [Parameter]) -> Bool {
      for parameter in used where bytes >= 0 && nodes >= 0 {
        bytes -= parameter.byteCount
        nodes -= (parameter.node.sequence?.count ?? 0) + 1
      }
      return bytes >= 0 && nodes >= 0
    }
  }

  /// A piece of such a text.
  enum Part: Hashable {
    case text(String)
    case name(String)
  }

  /// Takes a text apart; `$${` stands for `${` itself, and a lone `$` for itself.
  static func parts(of text: String) throws(ValueMistake) -> [Part] {
    let bytes = Array(text.utf8)
    var parts: [Part] = []
    var plain: [UInt8] = []
    var place = 0
    let dollar = UInt8(ascii: "$")
    let brace = UInt8(ascii: "{")
    while place < bytes.count {
      let rest = bytes[place...]
      if rest.starts(with: [dollar, dollar, brace]) {
        plain += [dollar, brace]
        place += 3
      } else if rest.starts(with: [dollar, brace]) {
        guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else {
          throw ValueMistake(
            .malformedParameter, "`${` is never closed",
            help: "write `${name}`; for the characters themselves write `$${`")
        }
        let name = String(decoding: bytes[(place + 2)..<end], as: UTF8.self)
        guard (try? NameValue.identifier(name)) != nil else {
          throw ValueMistake(
            .malformedParameter, "`${\(name)}` does not hold a name",
            help: "write `${name}`; for the characters themselves write `$${`")
        }
        if !plain.isEmpty { parts.append(.text(String(decoding: plain, as: UTF8.self))) }
        plain = []
        parts.append(.name(name))
        place = end + 1
      } else {
        plain.append(bytes[place])
        place += 1
      }
    }
    if !plain.isEmpty { parts.append(.text(String(decoding: plain, as: UTF8.self))) }
    return parts
  }
}
