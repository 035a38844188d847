public import Diagnostics

extension MarkedScalar {
  /// The place in the file of a part of the text, given by UTF-8 offsets into ``text``.
  ///
  /// Looks through quotes, escapes and folding by reading the scalar again, so it is meant for
  /// reports and not for every value. An empty range gives the place between two characters.
  /// `file` is the text that ``span`` points into.
  public func span(ofText range: Range<Int>, in file: SourceFile) -> SourceSpan {
    let map = ScalarMap(self, in: file)
    guard !range.isEmpty else {
      let place = map.start(of: range.lowerBound)
      return SourceSpan(file: span.file, start: place, end: place)
    }
    return SourceSpan(
      file: span.file, start: map.start(of: range.lowerBound), end: map.end(of: range.upperBound))
  }

  /// The comment that follows a text without quotes in its line.
  ///
  /// An author who wrote ` #` as part of the text has lost the rest of it, and needs quotes.
  public func commentBehind(in file: SourceFile) -> SourceSpan? {
    guard style == .plain else { return nil }
    let line = file.line(file.lineIndex(of: span.end))
    var offset = span.end
    while offset < line.endIndex, line[offset] == 0x20 || line[offset] == 0x09 { offset += 1 }
    guard offset < line.endIndex, offset > span.end, line[offset] == UInt8(ascii: "#") else {
      return nil
    }
    return SourceSpan(file: span.file, start: offset, end: line.endIndex)
  }
}

/// Which bytes of a file the bytes of a scalar's text come from.
///
/// The source is read along the text that libyaml made of it, so what YAML chops off at the end, or
/// how it finds the indentation of a block, need not be known.
struct ScalarMap {
  /// A stretch of text and the source it comes from: the same bytes if both have the same length
  /// and `isVerbatim`, otherwise an escape or a folded line end as a whole.
  struct Piece {
    var text: Int
    var textCount: Int
    var source: Int
    var sourceCount: Int
    var isVerbatim: Bool
  }

  private(set) var pieces: [Piece] = []
  private let text: [UInt8]
  private let source: [UInt8]
  private var cursor: Int
  private var textCount = 0

  init(_ scalar: MarkedScalar, in file: SourceFile) {
    text = Array(scalar.text.utf8)
    source = file.bytes
    cursor = scalar.span.start
    switch scalar.style {
    case .plain: readFlow(quote: nil)
    case .singleQuoted: readFlow(quote: UInt8(ascii: "'"))
    case .doubleQuoted: readFlow(quote: UInt8(ascii: "\""))
    case .literal: readBlock(isFolded: false)
    case .folded: readBlock(isFolded: true)
    }
  }

  /// Where the byte of the text at an offset begins in the source.
  func start(of offset: Int) -> Int {
    guard let piece = piece(holding: offset) else { return end(of: textCount) }
    return piece.isVerbatim ? piece.source + offset - piece.text : piece.source
  }

  /// Where the part of the text before an offset ends in the source.
  func end(of offset: Int) -> Int {
    guard let piece = piece(holding: min(offset, textCount) - 1) else {
      return pieces.first?.source ?? cursor
    }
    return piece.isVerbatim
      ? piece.source + min(offset, textCount) - piece.text : piece.source + piece.sourceCount
  }

  /// The piece with a byte of the text, found by halving.
  private func piece(holding offset: Int) -> Piece? {
    guard offset >= 0, offset < textCount else { return nil }
    var low = 0
    var high = pieces.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if pieces[middle].text <= offset { low = middle } else { high = middle }
    }
    return pieces[low]
  }
}

extension ScalarMap {
  private var isDone: Bool { textCount >= text.count || cursor >= source.count }

  private func byte(_ offset: Int) -> UInt8 { offset < source.count ? source[offset] : 0 }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// Adds bytes that stand in the text as they stand in the source, or goes past both.
  private mutating func copy(_ count: Int) {
    if let last = pieces.last, last.isVerbatim, last.source + last.sourceCount == cursor {
      pieces[pieces.count - 1].textCount += count
      pieces[pieces.count - 1].sourceCount += count
    } else {
      pieces.append(
        Piece(
          text: textCount, textCount: count, source: cursor, sourceCount: count, isVerbatim: true))
    }
    textCount += count
    cursor += count
  }

  /// Adds `count` bytes of text that stand for the source from the cursor to `end`.
  private mutating func replace(_ count: Int, until end: Int) {
    if count > 0 {
      pieces.append(
        Piece(
          text: textCount, textCount: count, source: cursor, sourceCount: end - cursor,
          isVerbatim: false))
    }
    textCount += count
    cursor = end
  }

  /// Where the line end at an offset ends; nil if there is none.
  private func lineEnd(_ offset: Int) -> Int? {
    switch byte(offset) {
    case 0x0A: offset + 1
    case 0x0D: byte(offset + 1) == 0x0A ? offset + 2 : offset + 1
    default: nil
    }
  }

  /// Reads a plain or quoted text.
  private mutating func readFlow(quote: UInt8?) {
    if quote != nil { cursor += 1 }
    while !isDone {
      if foldLines() { continue }
      if quote == UInt8(ascii: "'"), byte(cursor) == UInt8(ascii: "'") {
        replace(1, until: cursor + 2)
      } else if quote == UInt8(ascii: "\""), byte(cursor) == UInt8(ascii: "\\") {
        readEscape()
      } else {
        copy(1)
      }
    }
  }

  /// Reads white space that has a line end in it: one line end is a space, more are one less.
  private mutating func foldLines() -> Bool {
    var offset = cursor
    while Self.isBlank(byte(offset)) { offset += 1 }
    guard let first = lineEnd(offset) else { return false }
    replaceLines(from: first, isFirstKept: false)
    return true
  }

  /// Reads the indentation and empty lines behind a line end.
  private mutating func replaceLines(from start: Int, isFirstKept: Bool) {
    var lines = 0
    var offset = start
    while true {
      while Self.isBlank(byte(offset)) { offset += 1 }
      guard let end = lineEnd(offset) else { break }
      offset = end
      lines += 1
    }
    replace(lines == 0 && !isFirstKept ? 1 : lines, until: offset)
  }

  private mutating func readEscape() {
    if let first = lineEnd(cursor + 1) {
      // An escaped line end stands for nothing, the empty lines behind it for one each.
      replaceLines(from: first, isFirstKept: true)
      return
    }
    let digits: Int
    switch byte(cursor + 1) {
    case UInt8(ascii: "x"): digits = 2
    case UInt8(ascii: "u"): digits = 4
    case UInt8(ascii: "U"): digits = 8
    default: digits = 0
    }
    // The text tells how many bytes the character has.
    let first = text[textCount]
    let count = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    replace(count, until: cursor + 2 + digits)
  }

  /// Reads a block behind `|` or `>`.
  private mutating func readBlock(isFolded: Bool) {
    while !isDone, lineEnd(cursor) == nil { cursor += 1 }
    guard let first = lineEnd(cursor) else { return }
    cursor = first
    let indentation = blockIndentation()
    while !isDone {
      var depth = 0
      while depth < indentation, byte(cursor) == 0x20 {
        depth += 1
        cursor += 1
      }
      while !isDone, lineEnd(cursor) == nil { copy(1) }
      guard !isDone, let end = lineEnd(cursor) else { return }
      if isFolded { foldBlockLine(until: end, indentation) } else { replace(1, until: end) }
    }
  }

  /// How many spaces in front of each line are not part of the text: the difference between the
  /// first lines that have anything else, in the source and in the text.
  ///
  /// In a text of nothing but spaces, the longest lines are compared instead.
  private func blockIndentation() -> Int {
    let (inText, inSource) = (Self.spaces(text[...]), Self.spaces(source[cursor...]))
    if let first = inText.first { return (inSource.first ?? first) - first }
    return inSource.longest - inText.longest
  }

  /// The spaces in front of the first line that has anything else, and in the longest line of
  /// nothing else before.
  private static func spaces(_ bytes: ArraySlice<UInt8>) -> (first: Int?, longest: Int) {
    var count = 0
    var longest = 0
    for byte in bytes {
      switch byte {
      case 0x0A, 0x0D: count = 0
      case 0x20:
        count += 1
        longest = max(longest, count)
      default: return (count, longest)
      }
    }
    return (nil, longest)
  }

  /// Reads a line end in a folded block and the empty lines behind it.
  private mutating func foldBlockLine(until firstEnd: Int, _ indentation: Int) {
    if text[textCount] == 0x20 {
      // Spaces that belong to the text come behind a line end of the text, never at its place.
      replace(1, until: firstEnd)
      return
    }
    var ends = [firstEnd]
    while let end = emptyLineEnd(ends[ends.count - 1], indentation) { ends.append(end) }
    let kept = text[textCount...].prefix { $0 == 0x0A }.count
    // Of the line ends between two lines of text the first is dropped, unless one of the lines is
    // indented further.
    if kept < ends.count, textCount + kept < text.count { cursor = ends.removeFirst() }
    for end in ends.prefix(kept) { replace(1, until: end) }
    if kept == 0 { cursor = firstEnd }
  }

  /// Where a line ends that has nothing but indentation; nil if it has more.
  private func emptyLineEnd(_ start: Int, _ indentation: Int) -> Int? {
    var offset = start
    while byte(offset) == 0x20, offset - start < indentation { offset += 1 }
    return lineEnd(offset)
  }
}
