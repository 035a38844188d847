/// Strings as the language sees them: sequences of Unicode scalars, never canonically equivalent.
enum Scalars {
  /// Whether two strings have the same scalars.
  static func equal(_ left: String, _ right: String) -> Bool {
    guard left == right else { return false }
    return left.utf8.count == right.utf8.count && left.utf8.elementsEqual(right.utf8)
  }

  /// Whether the scalars of one string come before those of the other; UTF-8 keeps that order.
  static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  /// Whether a string starts with the scalars of another.
  static func starts(_ text: String, with prefix: String) -> Bool {
    text.utf8.starts(with: prefix.utf8)
  }

  /// Whether a string ends with the scalars of another.
  static func ends(_ text: String, with suffix: String) -> Bool {
    let (whole, end) = (text.utf8, suffix.utf8)
    return end.count <= whole.count && whole.suffix(end.count).elementsEqual(end)
  }

  /// The offset of the first occurrence of some items at or after a place, in time proportional
  /// to both (Knuth, Morris and Pratt).
  static func firstIndex<Item: Equatable>(
    of needle: [Item], in text: [Item], from start: Int = 0
  ) -> Int? {
    guard needle.count <= text.count, start <= text.count - needle.count else { return nil }
    guard !needle.isEmpty else { return start }
    let borders = borders(of: needle)
    var matched = 0
    for index in start..<text.count {
      while matched > 0, text[index] != needle[matched] { matched = borders[matched - 1] }
      if text[index] == needle[matched] { matched += 1 }
      if matched == needle.count { return index + 1 - matched }
    }
    return nil
  }

  /// The offset of the last occurrence of some items that starts at or before a place.
  static func lastIndex<Item: Equatable>(
    of needle: [Item], in text: [Item], upTo last: Int
  ) -> Int? {
    guard needle.count <= text.count, last >= 0 else { return nil }
    let end = min(last, text.count - needle.count) + needle.count
    let found = firstIndex(of: Array(needle.reversed()), in: Array(text[..<end].reversed()))
    return found.map { end - $0 - needle.count }
  }

  /// For each start of a needle, how long its longest proper end is that is also its start.
  private static func borders<Item: Equatable>(of needle: [Item]) -> [Int] {
    var borders = [0]
    var length = 0
    for index in needle.indices.dropFirst() {
      while length > 0, needle[index] != needle[length] { length = borders[length - 1] }
      if needle[index] == needle[length] { length += 1 }
      borders.append(length)
    }
    return borders
  }
}
