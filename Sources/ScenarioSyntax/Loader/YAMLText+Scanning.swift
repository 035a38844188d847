internal import Diagnostics

extension YAMLText {
  /// Where the first directive, a line that starts with `%` before the document, begins.
  var firstDirective: Int? {
    let start = skippingSpaceAndComments(from: bomLength)
    guard byte(start) == UInt8(ascii: "%") else { return nil }
    return start == bomLength || isLineEnd(byte(start - 1)) ? start : nil
  }

  /// The first byte from an offset on that is neither white space, line end nor comment.
  func skippingSpaceAndComments(from offset: Int) -> Int {
    var offset = offset
    while offset < file.bytes.count {
      if byte(offset) == UInt8(ascii: "#") {
        while offset < file.bytes.count, !isLineEnd(byte(offset)) { offset += 1 }
      } else if isBlank(byte(offset)) || isLineEnd(byte(offset)) {
        offset += 1
      } else {
        return offset
      }
    }
    return offset
  }

  /// Whether `---` starts a document at an offset.
  func startsDocument(_ offset: Int) -> Bool {
    file.bytes[offset...].starts(with: Array("---".utf8))
      && (offset + 3 == file.bytes.count || isBlank(byte(offset + 3))
        || isLineEnd(byte(offset + 3)))
  }

  /// Where the run of bytes ends that has neither white space nor brackets nor commas; at least one
  /// byte behind the offset, unless the text ends there.
  func endOfWord(from offset: Int) -> Int {
    var end = min(offset + 1, file.bytes.count)
    while end < file.bytes.count, !isBlank(byte(end)), !isLineEnd(byte(end)), !isFlow(byte(end)) {
      end += 1
    }
    return end
  }

  /// The end of the text before an offset without the white space and line ends behind it.
  func trimmingSpace(from offset: Int, downTo least: Int) -> Int {
    var end = offset
    while end > least, isBlank(byte(end - 1)) || isLineEnd(byte(end - 1)) { end -= 1 }
    return end
  }

  /// The first and the last byte offset of the line around an offset, without its line end.
  func line(around offset: Int) -> Range<Int> {
    let line = file.line(file.lineIndex(of: offset))
    return line.startIndex..<line.endIndex
  }

  /// What stands in a range of bytes.
  func string(_ range: Range<Int>) -> String {
    String(decoding: file.bytes[range], as: UTF8.self)
  }

  /// What the author gives in the line of an offset: what is behind the first `: ` or the dashes.
  ///
  /// A comment at the end of the line belongs to it, since quotes are what is missing.
  func value(around offset: Int) -> Range<Int> {
    let line = line(around: offset)
    var start = line.lowerBound
    while start < line.upperBound, isBlank(byte(start)) { start += 1 }
    while byte(start) == UInt8(ascii: "-"), isBlank(byte(start + 1)), start < offset { start += 2 }
    var cursor = start
    while cursor < min(offset, line.upperBound) {
      if byte(cursor) == UInt8(ascii: ":"), isBlank(byte(cursor + 1)) {
        start = cursor + 2
        break
      }
      cursor += 1
    }
    while start < line.upperBound, isBlank(byte(start)) { start += 1 }
    return start..<max(start, trimmingSpace(from: line.upperBound, downTo: line.lowerBound))
  }

  func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private func isFlow(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"):
      true
    default: false
    }
  }
}
