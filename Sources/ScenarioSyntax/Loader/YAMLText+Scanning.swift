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

  /// The first byte from an offset on that is neither white space, line end, comment nor one of the
  /// `...` that may follow a document.
  func skippingDocumentEnds(from offset: Int) -> Int {
    var offset = skippingSpaceAndComments(from: offset)
    while isMarker("...", at: offset) { offset = skippingSpaceAndComments(from: offset + 3) }
    return offset
  }

  /// Whether three characters alone stand at an offset, as those that separate documents do.
  func isMarker(_ marker: String, at offset: Int) -> Bool {
    let end = offset + 3
    return file.bytes[offset...].starts(with: marker.utf8)
      && (end == file.bytes.count || isBlank(byte(end)) || isLineEnd(byte(end)))
  }

  /// Whether a scalar is a block whose mark is followed by a digit.
  func isBlockWithDigit(_ span: SourceSpan) -> Bool {
    let mark = byte(span.start)
    return (mark == UInt8(ascii: ">") || mark == UInt8(ascii: "|"))
      && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte(span.start + 1))
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

  /// What the author gives in the line of an offset: what is behind the first `: ` or the dashes,
  /// or the item around the offset if that is a list or mapping in brackets.
  ///
  /// A comment at the end of the line belongs to it, since quotes are what is missing.
  func value(around offset: Int) -> Range<Int> {
    let line = line(around: offset)
    let start = valueStart(in: line, before: offset)
    if isOpenBracket(byte(start)), start < offset,
      let item = item(around: offset, in: start..<line.upperBound)
    {
      return item
    }
    return start..<max(start, trimmingSpace(from: line.upperBound, downTo: line.lowerBound))
  }

  private func valueStart(in line: Range<Int>, before offset: Int) -> Int {
    var start = line.lowerBound
    while start < line.upperBound, isBlank(byte(start)) { start += 1 }
    while byte(start) == UInt8(ascii: "-"), isBlank(byte(start + 1)), start < offset { start += 2 }
    let isInBrackets = isOpenBracket(byte(start))
    var cursor = start
    while !isInBrackets, cursor < min(offset, line.upperBound) {
      if byte(cursor) == UInt8(ascii: ":"), isBlank(byte(cursor + 1)) {
        start = cursor + 2
        break
      }
      cursor += 1
    }
    while start < line.upperBound, isBlank(byte(start)) { start += 1 }
    return start
  }

  /// The item or value around an offset that is inside brackets; nil if they are closed before it.
  private func item(around offset: Int, in range: Range<Int>) -> Range<Int>? {
    var start = range.lowerBound
    var depth = 0
    for cursor in range.lowerBound..<offset {
      let next = byte(cursor)
      if isOpenBracket(next) {
        depth += 1
      } else if next == UInt8(ascii: "]") || next == UInt8(ascii: "}") {
        depth -= 1
      }
      let isColon = next == UInt8(ascii: ":") && isBlank(byte(cursor + 1))
      if isColon || isFlow(next) { start = cursor + 1 }
    }
    guard depth > 0 else { return nil }
    while start < offset, isBlank(byte(start)) { start += 1 }
    var end = offset
    var parentheses = 0
    while end < range.upperBound {
      if byte(end) == UInt8(ascii: "(") { parentheses += 1 }
      if byte(end) == UInt8(ascii: ")") { parentheses -= 1 }
      if parentheses <= 0, isFlow(byte(end)) { break }
      end += 1
    }
    return start..<max(start, trimmingSpace(from: end, downTo: start))
  }

  private func isOpenBracket(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{")
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
