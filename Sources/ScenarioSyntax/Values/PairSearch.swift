extension String {
  /// Where two ASCII characters first stand together; nil if they do nowhere.
  ///
  /// Values are looked through many thousand times in a large scenario, and the standard search for
  /// a pattern costs more than all else that is done with a short text.
  func range(ofPair first: Unicode.Scalar, _ second: Unicode.Scalar) -> Range<Index>? {
    var rest = utf8[...]
    while let place = rest.firstIndex(of: UInt8(ascii: first)) {
      rest = rest[utf8.index(after: place)...]
      if rest.first == UInt8(ascii: second) { return place..<utf8.index(after: rest.startIndex) }
    }
    return nil
  }

  /// Whether a value of a parameter is asked for anywhere in the text.
  var asksForParameter: Bool { range(ofPair: "$", "{") != nil }
}
