/// The stable keys of random streams: they depend on what the author wrote and on nothing else, so
/// that a new entry changes no draw of another.
struct StableKeys {
  private var counts: [String: Int] = [:]

  /// The key of a named entry: the hash of its name.
  func key(named name: String) -> UInt64 { Self.hash("name:\(name)") }

  /// The key of an entry without a name: the hash of its kind and time as written, and how many
  /// equal ones came before it.
  mutating func key(of text: String) -> UInt64 {
    let ordinal = counts[text, default: 0]
    counts[text] = ordinal + 1
    return Self.hash("entry:\(text)#\(ordinal)")
  }

  /// 64-bit FNV-1a over the UTF-8 of a text.
  static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
  }
}
