/// A text that diagnostics point into: a scenario file, or an expression given on the command line.
public struct SourceFile: Sendable, Hashable {
  /// The path as its user gave it, or `<stdin>`; printed, never opened.
  public let name: String
  /// The bytes of the text, valid UTF-8 or not.
  public let bytes: [UInt8]
  /// Byte offset at which each line starts.
  ///
  /// The first is 0. Lines end at LF, CRLF or a lone CR.
  public let lineStarts: [Int]

  /// How many characters start before every 1024th byte, so that columns are found in long lines.
  private let characterCounts: [Int]

  /// Indexes the lines of a text.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    (lineStarts, characterCounts) = bytes.withUnsafeBufferPointer { bytes in
      (Self.lineStarts(bytes), Self.characterCounts(bytes))
    }
  }

  private static func lineStarts(_ bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
    var starts = [0]
    for offset in bytes.indices where bytes[offset] == 0x0A || bytes[offset] == 0x0D {
      let isFirstOfTwo =
        bytes[offset] == 0x0D && offset + 1 < bytes.count && bytes[offset + 1] == 0x0A
      if !isFirstOfTwo { starts.append(offset + 1) }
    }
    return starts
  }

  private static func characterCounts(_ bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
    var counts: [Int] = []
    var count = 0
    for start in Swift.stride(from: 0, to: bytes.count, by: stride) {
      counts.append(count)
      let chunk = bytes[start..<min(start + stride, bytes.count)]
      count += chunk.reduce(0) { $0 &+ ($1 & 0xC0 != 0x80 ? 1 : 0) }
    }
    return counts
  }

  /// Indexes the lines of a text.
  public init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The 1-based line and the 1-based column, counted in Unicode scalars, of a byte offset.
  public func position(of offset: Int) -> (line: Int, column: Int) {
    let line = lineIndex(of: offset)
    let end = min(max(offset, lineStarts[line]), bytes.count)
    return (line + 1, characters(before: end) - characters(before: lineStarts[line]) + 1)
  }

  private static let stride = 1024

  /// How many characters start before a byte offset.
  private func characters(before offset: Int) -> Int {
    guard offset > 0 else { return 0 }
    let stretch = (offset - 1) / Self.stride
    let rest = bytes[stretch * Self.stride..<offset]
    return characterCounts[stretch] + rest.count { $0 & 0xC0 != 0x80 }
  }

  /// The 0-based index of the line that holds a byte offset.
  public func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The bytes of a line, by 0-based index, without its line end.
  public func line(_ index: Int) -> ArraySlice<UInt8> {
    let start = lineStarts[index]
    var end = index + 1 < lineStarts.count ? lineStarts[index + 1] : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return bytes[start..<end]
  }
}
