/// A JSON text in the making; keys keep the order in which they are given.
public enum JSONValue: Sendable, Hashable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A whole number.
  case int(Int64)
  /// A whole number that may be beyond `Int64`, such as a seed.
  case unsigned(UInt64)
  /// A number in its shortest form that reads back the same; written as `null` unless finite.
  case double(Double)
  /// A text.
  case string(String)
  /// Values in order.
  case array([JSONValue])
  /// Keys with their values, written in this order; each key once.
  case object([Member])

  /// A key of an object with its value.
  public struct Member: Sendable, Hashable {
    /// The key.
    public let key: String
    /// The value.
    public let value: JSONValue

    /// Joins a key and its value.
    public init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// The text of the value: on one line, or indented by two spaces for each level.
  ///
  /// Ends without a line end. Control characters and such as turn or hide text are escaped, so the
  /// text can be printed to a terminal.
  public func text(indented: Bool) -> String {
    var text = ""
    write(to: &text, indented: indented)
    return text
  }

  /// Appends the text of the value, as ``text(indented:)`` gives it, to what is already written.
  ///
  /// `depth` is the level of the line in which the value starts.
  public func write(
    to output: inout some TextOutputStream, indented: Bool, depth: Int = 0
  ) {
    switch self {
    case .null: output.write("null")
    case .bool(let value): output.write(value ? "true" : "false")
    case .int(let value): output.write(String(value))
    case .unsigned(let value): output.write(String(value))
    case .double(let value): output.write(value.isFinite ? value.description : "null")
    case .string(let value): Self.writeString(value, to: &output)
    case .array(let values):
      let list = JSONList(indented: indented, depth: depth)
      list.write(brackets: ("[", "]"), count: values.count, to: &output) { index, output in
        values[index].write(to: &output, indented: indented, depth: depth + 1)
      }
    case .object(let members):
      let list = JSONList(indented: indented, depth: depth)
      list.write(brackets: ("{", "}"), count: members.count, to: &output) { index, output in
        Self.writeString(members[index].key, to: &output)
        output.write(indented ? ": " : ":")
        members[index].value.write(to: &output, indented: indented, depth: depth + 1)
      }
    }
  }

  /// Writes a text in quotes.
  private static func writeString(_ text: String, to output: inout some TextOutputStream) {
    output.write("\"")
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }) {
      output.write(text)
    } else {
      var escaped = ""
      for scalar in text.unicodeScalars { escape(scalar, into: &escaped) }
      output.write(escaped)
    }
    output.write("\"")
  }

  private static func escape(_ scalar: Unicode.Scalar, into text: inout String) {
    switch scalar {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    case "\r": text += "\\r"
    case "\t": text += "\\t"
    default:
      guard VisibleText.isHidden(scalar) else {
        text.unicodeScalars.append(scalar)
        return
      }
      for unit in String(scalar).utf16 {
        let hex = String(unit, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      }
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// `true` or `false`.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A whole number.
  public init(integerLiteral value: Int64) { self = .int(value) }
  /// Values in order.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// Keys with their values in order.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
}

/// The brackets, commas and line ends around the items of an array or object.
private struct JSONList {
  let indented: Bool
  let depth: Int

  func write<Output: TextOutputStream>(
    brackets: (open: String, close: String), count: Int, to output: inout Output,
    item: (Int, inout Output) -> Void
  ) {
    output.write(brackets.open)
    for index in 0..<count {
      if index > 0 { output.write(",") }
      breakLine(depth + 1, &output)
      item(index, &output)
    }
    if count > 0 { breakLine(depth, &output) }
    output.write(brackets.close)
  }

  private func breakLine(_ depth: Int, _ output: inout some TextOutputStream) {
    if indented { output.write("\n" + String(repeating: "  ", count: depth)) }
  }
}
