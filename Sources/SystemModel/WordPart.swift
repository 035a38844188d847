/// Where a field of a message or an observation stands: a word of its own, or some bits of one
/// that it shares with others.
///
/// Bits hold a number from 0 to ``highest``, or nothing: 0 stands for ``WordType/absent``, and
/// every number for the one below it.
public struct WordPart: Hashable, Sendable, BitwiseCopyable {
  /// Which word, counted from 0.
  public var word: Int { Int(place) }
  @usableFromInline let place: UInt8
  @usableFromInline let shift: UInt8
  /// 64: the whole word, as it is.
  @usableFromInline let width: UInt8

  @inlinable init(place: UInt8, shift: UInt8, width: UInt8) {
    self.place = place
    self.shift = shift
    self.width = width
  }

  /// A whole word.
  public static func whole(_ word: Int) -> WordPart {
    WordPart(place: UInt8(word), shift: 0, width: 64)
  }

  /// Some bits of a word, counted from the lowest, 2 to 62 of them.
  public init(word: Int, bits: Range<Int>) {
    precondition((2...62).contains(bits.count) && bits.upperBound <= 64, "no such bits: \(bits)")
    self.init(place: UInt8(word), shift: UInt8(bits.lowerBound), width: UInt8(bits.count))
  }

  /// The highest number that it holds.
  public var highest: Int64 { width == 64 ? .max : 1 << Int64(width) - 2 }

  /// Whether a value fits in.
  public func holds(_ value: Int64) -> Bool {
    width == 64 || value == WordType.absent || (0...highest).contains(value)
  }

  /// Its value in a word.
  @inlinable public func value(in word: Int64) -> Int64 {
    guard width < 64 else { return word }
    let bits = UInt64(bitPattern: word) &>> UInt64(shift) & (1 &<< UInt64(width) &- 1)
    return bits == 0 ? .min : Int64(bits) &- 1
  }

  /// Its value in a message.
  @inlinable public func value(in payload: MessagePayload) -> Int64 {
    value(in: payload[Int(place)])
  }

  /// A word that has a value here, and 0 in all other bits.
  public func word(of value: Int64) -> Int64 {
    guard width < 64 else { return value }
    precondition(holds(value), "\(value) is not from 0 to \(highest)")
    guard value != WordType.absent else { return 0 }
    return Int64(bitPattern: UInt64(value + 1) << UInt64(shift))
  }

  /// Which bits of its word it takes.
  var mask: UInt64 { width == 64 ? .max : (1 << UInt64(width) - 1) << UInt64(shift) }
}

/// The places of some fields: as they say, or a word each, in their order.
struct FieldLayout {
  let parts: [WordPart]

  /// Fields in so many words at the most; no two may share a bit.
  init(_ fields: [MessageDeclaration.Field], words: Int) {
    parts = fields.enumerated().map { $1.part ?? .whole($0) }
    var taken = Array(repeating: UInt64(0), count: words)
    for part in parts {
      precondition(part.word < words, "more than \(words) words")
      precondition(taken[part.word] & part.mask == 0, "two fields share a bit")
      taken[part.word] |= part.mask
    }
  }
}
