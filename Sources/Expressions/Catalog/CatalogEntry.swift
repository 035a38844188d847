/// One operator, function or macro: what the checker goes by and the reference prints.
public struct CatalogEntry: Sendable {
  /// How it is written.
  public enum Kind: Sendable, Hashable {
    /// Between, before or around its operands; the name shows it with `_` for each.
    case `operator`
    /// With arguments in parentheses, by itself or on a value.
    case function
    /// Like a function, but an argument is a name or is evaluated many times.
    case macro
  }

  /// The types it takes and gives.
  public struct Signature: Sendable, Hashable {
    /// What it is called on, if it is.
    public let receiver: TypePattern?
    /// What it takes.
    public let parameters: [TypePattern]
    /// Whether the last parameter may be there once or more.
    public let isVariadic: Bool
    /// What it gives.
    public let result: TypePattern

    /// All the operands, the receiver first.
    var operands: [TypePattern] { (receiver.map { [$0] } ?? []) + parameters }
  }

  /// The name: `contains`, `math.abs`, `_+_`.
  public let name: String
  /// How it is written.
  public let kind: Kind
  /// The chapter of the reference: `Strings`.
  public let group: String
  /// The types it takes and gives; a macro has none, its forms say it.
  public let signatures: [Signature]
  /// Each way to write it, with types: `list(A).sort() -> list(A)`.
  public let forms: [String]
  /// What it does, in one or two sentences.
  public let doc: String
  /// An expression that is true and shows it.
  public let example: String
  /// Whether it is ours: CEL and its extensions do not have it.
  public let isOurs: Bool
  let builtin: Builtin?
  let macro: Macro?
}

extension CatalogEntry {
  /// An operator; `operands` are lists of types, a result behind each arrow.
  static func `operator`(
    _ name: String, _ builtin: Builtin?, _ overloads: [String], ours: [String] = [], _ doc: String,
    example: String
  ) -> CatalogEntry {
    let signatures = (overloads + ours).map { Signature(types: $0, isMember: false) }
    return CatalogEntry(
      name: name, kind: .operator, group: "Operators", signatures: signatures,
      forms: signatures.map { $0.text(asOperator: name) }, doc: doc, example: example,
      isOurs: false, builtin: builtin, macro: nil)
  }

  /// A function; an overload that starts with a dot is called on its first operand.
  static func function(
    _ name: String, _ builtin: Builtin, _ group: String, _ overloads: [String], _ doc: String,
    example: String, isOurs: Bool = false
  ) -> CatalogEntry {
    let signatures = overloads.map { text in
      Signature(
        types: text.hasPrefix(".") ? String(text.dropFirst()) : text,
        isMember: text.hasPrefix("."))
    }
    return CatalogEntry(
      name: name, kind: .function, group: group, signatures: signatures,
      forms: signatures.map { $0.text(asFunction: name) }, doc: doc, example: example,
      isOurs: isOurs, builtin: builtin, macro: nil)
  }

  /// A macro with its forms spelt out.
  static func macro(
    _ name: String, _ macro: Macro, _ forms: [String], _ doc: String, example: String,
    isOurs: Bool = false
  ) -> CatalogEntry {
    CatalogEntry(
      name: name, kind: .macro, group: "Macros", signatures: [], forms: forms, doc: doc,
      example: example, isOurs: isOurs, builtin: nil, macro: macro)
  }
}

extension CatalogEntry.Signature {
  /// Reads `int, int -> int`; dots behind the last operand mean once or more.
  init(types text: String, isMember: Bool) {
    let parts = text.split(separator: " -> ", omittingEmptySubsequences: false)
    precondition(parts.count == 2, "signature \(text)")
    var operands = CatalogEntry.Signature.split(String(parts[0]))
    isVariadic = operands.last?.hasSuffix("...") == true
    if isVariadic { operands[operands.count - 1].removeLast(3) }
    let patterns = operands.map { TypePattern($0) }
    receiver = isMember ? patterns.first : nil
    parameters = isMember ? Array(patterns.dropFirst()) : patterns
    result = TypePattern(String(parts[1]))
  }

  /// Splits at commas outside parentheses.
  private static func split(_ text: String) -> [String] {
    var parts: [String] = []
    var depth = 0
    var part = ""
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == ",", depth == 0 {
        parts.append(part)
        part = ""
      } else if character != " " || depth > 0 {
        part.append(character)
      }
    }
    return part.isEmpty ? parts : parts + [part]
  }

  fileprivate func text(asFunction name: String) -> String {
    let list = parameters.map(\.text).joined(separator: ", ") + (isVariadic ? ", …" : "")
    return (receiver.map { "\($0.text)." } ?? "") + "\(name)(\(list)) -> \(result.text)"
  }

  /// The name with each `_` replaced by an operand.
  fileprivate func text(asOperator name: String) -> String {
    var rest = operands.map(\.text)[...]
    return name.map { $0 == "_" ? rest.popFirst() ?? "_" : String($0) }.joined()
      + " -> \(result.text)"
  }
}
