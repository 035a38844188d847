/// Small matters of English in messages.
enum Wording {
  /// A noun with its article: `an int`, `a node`.
  static func a(_ noun: String) -> String {
    let isVowel = noun.unicodeScalars.first.map { "aeiou".unicodeScalars.contains($0) } ?? false
    return (isVowel ? "an " : noun == "null" ? "" : "a ") + noun
  }
}
