/// Words in backquotes, as messages list them.
public enum WordList {
  /// The words with commas; of very many the first twenty, and how many there are besides.
  public static func text(_ words: [String]) -> String {
    words.count > 20 ? "\(all(Array(words.prefix(20)))) and \(words.count - 20) more" : all(words)
  }

  /// All of the words with commas.
  public static func all(_ words: [String]) -> String {
    words.map { "`\($0)`" }.joined(separator: ", ")
  }

  /// All of the words, with `or` before the last.
  public static func choice(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return all(words) }
    return all(words.dropLast()) + " or `\(last)`"
  }
}
