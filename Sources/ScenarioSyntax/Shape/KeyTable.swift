/// A key of the scenario language: declared once, for the reader and for all that is generated.
///
/// A class, since it never changes and goes with every value that is read.
public final class KeyDeclaration: Sendable {
  /// A condition under which the key has an effect.
  public enum Need: Sendable, Hashable {
    /// One of these keys stands beside it.
    case anyOf([String])
    /// A key beside it has one of these words; with `orAbsent`, or is not given.
    case value(String, [String], orAbsent: Bool)
    /// None of these keys stands beside it.
    case noneOf([String])
  }

  /// As it is written.
  public let name: String
  /// What it means, in sentences.
  public let summary: String
  /// What may be written for it.
  public let grammar: ValueGrammar
  /// Whether it must be given.
  public let isRequired: Bool
  /// What holds where it is not given; empty where there is nothing to say.
  public let absent: String
  /// An example of its value.
  public let example: String
  /// When it has an effect; anywhere else it is refused.
  public let needs: [Need]

  /// Declares a key.
  init(
    name: String, summary: String, grammar: ValueGrammar, isRequired: Bool, absent: String,
    example: String, needs: [Need]
  ) {
    self.name = name
    self.summary = summary
    self.grammar = grammar
    self.isRequired = isRequired
    self.absent = absent
    self.example = example
    self.needs = needs
  }
}

/// A key that is read as a typed value.
struct Key<Value>: Sendable {
  let declaration: KeyDeclaration
  let form: Form<Value>

  /// Declares a key; `example` is a value for it.
  init(
    _ name: String, _ form: Form<Value>, example: String, required: Bool = false,
    absent: String = "", needs: [KeyDeclaration.Need] = [], _ summary: String
  ) {
    declaration = KeyDeclaration(
      name: name, summary: summary, grammar: form.grammar, isRequired: required, absent: absent,
      example: example, needs: needs)
    self.form = form
  }

  var name: String { declaration.name }
}

/// The keys of one kind of mapping.
public struct KeyTable: Sendable {
  /// Keys that decide the same thing.
  public struct Choice: Sendable {
    /// The keys.
    public let keys: [String]
    /// Whether one of them must be given.
    public let isRequired: Bool
    /// Whether they exclude each other.
    public let isExclusive: Bool
    /// What they decide, as a clause: `what it does`.
    public let what: String

    /// Describes keys that decide the same thing.
    init(_ what: String, _ keys: [String], required: Bool, exclusive: Bool = true) {
      self.what = what
      self.keys = keys
      isRequired = required
      isExclusive = exclusive
    }
  }

  /// A key that is needed beside another one.
  public struct Companion: Sendable {
    /// The key beside which it is needed.
    public let of: String
    /// The words of that key with which it is needed; empty: any value.
    public let words: [String]
    /// The key that is needed.
    public let key: String

    /// Says which key another one needs, with some words only or always.
    init(of other: String, words: [String] = [], _ key: String) {
      self.of = other
      self.words = words
      self.key = key
    }
  }

  /// A word that is not a key here, and what to say to somebody who writes it.
  public struct Hint: Sendable {
    /// The word.
    public let word: String
    /// Whether it belongs to what a later version will do.
    public let isLater: Bool
    /// What to write instead; empty for what comes later.
    public let advice: String

    /// A word that a later version may know.
    public static func later(_ word: String) -> Hint {
      Hint(word: word, isLater: true, advice: "")
    }

    /// Whether the advice is to write a key.
    func names(_ key: String) -> Bool {
      advice.hasPrefix("write `\(key)`") || advice.hasPrefix("write `\(key):")
    }

    /// A word that is written elsewhere or otherwise.
    public static func instead(_ word: String, _ advice: String) -> Hint {
      Hint(word: word, isLater: false, advice: advice)
    }
  }

  /// The name in the grammar: `fault`.
  public let name: String
  /// What has these keys: `a fault`.
  public let summary: String
  /// Where it stands: `an entry of `faults``.
  public let place: String
  /// The keys, in the order of the reference.
  public let keys: [KeyDeclaration]
  /// Which keys decide the same thing.
  public let choices: [Choice]
  /// Which keys need another one beside them.
  public let companions: [Companion]
  /// Words that are not keys here, with advice.
  public let hints: [Hint]
  /// What tells most names of keys apart at a glance; see ``mark(of:)``.
  private let marks: [UInt32]
  /// The keys of each choice, as bits by their places.
  let choiceMasks: [UInt64]
  /// The places of the keys that must be given.
  let requiredPlaces: [Int]
  /// The places of the keys that do not have an effect everywhere.
  let needyPlaces: [Int]

  /// Describes a kind of mapping.
  init(
    _ name: String, _ summary: String, in place: String, keys: [KeyDeclaration],
    choices: [Choice] = [], companions: [Companion] = [], hints: [Hint] = []
  ) {
    self.name = name
    self.summary = summary
    self.place = place
    self.keys = keys
    self.choices = choices
    self.companions = companions
    self.hints = hints
    marks = keys.map { Self.mark(of: $0.name) }
    choiceMasks = choices.map { choice in
      keys.indices.filter { choice.keys.contains(keys[$0].name) }.reduce(0) { $0 | 1 << $1 }
    }
    requiredPlaces = keys.indices.filter { keys[$0].isRequired }
    needyPlaces = keys.indices.filter { !keys[$0].needs.isEmpty }
  }

  /// The place of a key among ``keys``.
  func index(of name: String) -> Int? {
    let mark = Self.mark(of: name)
    for place in marks.indices where marks[place] == mark {
      if keys[place].name == name { return place }
    }
    return nil
  }

  /// The place of a key among ``keys``, known by its declaration.
  func index(of declaration: KeyDeclaration) -> Int? {
    for place in keys.indices where keys[place] === declaration { return place }
    return index(of: declaration.name)
  }

  /// The length of a name with its first byte: keys are looked up for each entry of a scenario, and
  /// to compare them letter by letter takes longer than the rest.
  private static func mark(of name: String) -> UInt32 {
    let bytes = name.utf8
    guard let first = bytes.first else { return 0 }
    return UInt32(truncatingIfNeeded: bytes.count) << 8 | UInt32(first)
  }
}
