/// What may be written for a key, as data: the reference, the schema and the grammar are made
/// from it.
public indirect enum ValueGrammar: Sendable {
  /// A text of a documented kind, such as a length of time.
  case scalar(ScalarKind)
  /// One of some words; those of `later` a later version may know.
  case words([Word], later: [String] = [])
  /// A list of at least `minimum` items, and of at most `maximum` if there is one.
  case list(ValueGrammar, minimum: Int, maximum: Int?)
  /// A mapping with known keys.
  case mapping(KeyTable)
  /// A mapping whose keys are the author's, or those of a protocol; some may be known.
  case dictionary(FreeKeys)
  /// One of several.
  case either([ValueGrammar])

  /// A word with its meaning.
  public struct Word: Sendable {
    /// As it is written.
    public let text: String
    /// What it means, in a sentence.
    public let summary: String

    /// Describes a word.
    public init(_ text: String, _ summary: String) {
      self.text = text
      self.summary = summary
    }
  }

  /// The keys and values of a mapping whose keys are not known beforehand.
  public struct FreeKeys: Sendable {
    /// What the keys are, such as `the name of a node or group`.
    public let what: String
    /// The kind of text that a key is.
    public let key: ScalarKind
    /// What may be written for such a key.
    public let value: ValueGrammar
    /// Keys that are known nevertheless.
    public let known: KeyTable?

    /// Describes a mapping with free keys.
    public init(_ what: String, key: ScalarKind, value: ValueGrammar, known: KeyTable? = nil) {
      self.what = what
      self.key = key
      self.value = value
      self.known = known
    }
  }

  /// The choices of a choice, and of the choices in it.
  public var flattened: [ValueGrammar] {
    if case .either(let grammars) = self { return grammars.flatMap(\.flattened) }
    return [self]
  }

  /// A short name of what is wanted, for the reference and for messages: `a length of time`.
  public var summary: String {
    switch self {
    case .scalar(let kind): return kind.summary
    case .words(let words, _):
      let texts = words.map { "`\($0.text)`" }
      return texts.count == 1 ? texts[0] : "one of " + texts.joined(separator: ", ")
    case .list(let item, _, _): return "a list (each item \(item.summary))"
    case .mapping(let table):
      let names = table.keys.map { "`\($0.name)`" }
      return names.count > 6 ? "a mapping" : "a mapping (\(names.joined(separator: ", ")))"
    case .dictionary(let keys):
      return keys.known == nil ? "a mapping (by \(keys.what))" : "a mapping"
    case .either:
      var texts: [String] = []
      for grammar in flattened where !texts.contains(grammar.summary) {
        texts.append(grammar.summary)
      }
      return Self.joined(texts)
    }
  }

  /// A value of this form, for examples.
  var example: String {
    switch self {
    case .scalar(let kind): kind.examples.first ?? "…"
    case .words(let words, _): words.first?.text ?? "…"
    case .list(let item, _, _): "[\(item.example)]"
    case .mapping(let table):
      "{" + (table.keys.first.map { "\($0.name): \($0.example)" } ?? "") + "}"
    case .dictionary(let keys): "{\(keys.key.examples.first ?? "name"): \(keys.value.example)}"
    case .either(let grammars): grammars.first?.example ?? "…"
    }
  }

  private static func joined(_ texts: [String]) -> String {
    guard let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
    return texts.dropLast().joined(separator: ", ") + " or " + last
  }
}
