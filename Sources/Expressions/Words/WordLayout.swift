/// How a host keeps what expressions read as 64-bit words, so that simple conditions need no values.
///
/// Numbers of words and lists are the host's own; nil means that something is not kept as a word.
public protocol WordLayout {
  /// The word of a declared name.
  func word(ofRoot slot: Int) -> WordReading?
  /// The word of a field of the object that a declared name stands for.
  func word(ofField field: Int, ofRoot slot: Int) -> WordReading?
  /// The word of a field of the elements of a list.
  func word(ofField field: Int, ofElementsOf list: Int) -> WordReading?
  /// The number of the list of objects that a declared name stands for.
  func list(ofRoot slot: Int) -> Int?
  /// The value of a declared name that never changes.
  func constant(ofRoot slot: Int) -> Value?
  /// The word that stands for a text; a word that nothing has if no word does.
  func word(of text: String, in alphabet: Int) -> Int64?
}

/// A word that a host can be asked for.
public struct WordReading: Sendable {
  /// What its words mean: two of one meaning are equal if their values are.
  public enum Meaning: Sendable, Hashable {
    /// The number itself, or nanoseconds, or 0 and 1.
    case int, duration, bool
    /// Texts that the host has numbered, by the number of their table.
    case text(alphabet: Int)
  }

  /// The word of null.
  public static let null = Int64.min

  /// The host's number for it.
  public let number: Int
  /// What it means.
  public let meaning: Meaning
  /// Whether it may be ``null``.
  public let isNullable: Bool

  /// Describes a word.
  public init(_ number: Int, _ meaning: Meaning, isNullable: Bool = false) {
    self.number = number
    self.meaning = meaning
    self.isNullable = isNullable
  }
}

/// A state of the host's world, as words. Asking changes nothing: it is `mutating` so that a large
/// struct is not copied for a question.
public protocol WordSource: ~Copyable {
  /// A word by its number.
  mutating func word(_ number: Int) -> Int64
  /// A word of an element of a list.
  mutating func word(_ number: Int, ofElement place: Int, in list: Int) -> Int64
  /// How many elements a list has.
  mutating func count(ofList list: Int) -> Int
}
