extension String {
  /// Where two ASCII characters first stand together; nil if they do nowhere.
  ///
  /// Values are looked through many thousand times in a large scenario, and the standard search for
  /// a pattern costs more than all else that is done with a short text.
  func range(ofPair first: Unicode.Scalar, _ second: Unicode.Scalar) -> Range<Index>? {
    guard has(UInt8(ascii: first)) else { return nil }
    var rest = utf8[...]
    while let place = rest.firstIndex(of: UInt8(ascii: first)) {
      rest = rest[utf8.index(after: place)...]
      if rest.first == UInt8(ascii: second) { return place..<utf8.index(after: rest.startIndex) }
    }
    return nil
  }

  /// Whether a byte is in the text; looked for where the text is stored, since its view asks at
  /// each byte how that is.
  func has(_ byte: UInt8) -> Bool {
    utf8.withContiguousStorageIfAvailable { $0.contains(byte) } ?? utf8.contains(byte)
  }

  /// Whether a value of a parameter is asked for anywhere in the text.
  var asksForParameter: Bool { range(ofPair: "$", "{") != nil }
}
