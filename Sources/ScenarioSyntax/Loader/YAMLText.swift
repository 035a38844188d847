internal import Diagnostics

/// A text that is safe to hand to libyaml: UTF-8, without characters that YAML forbids.
struct YAMLText {
  let file: SourceFile
  let fileIndex: Int
  /// Bytes of the byte order mark in front, which is skipped: 0 or 3.
  let bomLength: Int
  /// Byte offset of every 64th character; empty if all characters are ASCII.
  private let checkpoints: [Int]

  /// Byte offset of a character, by its index behind the byte order mark.
  func offset(of characterIndex: Int) -> Int {
    guard !checkpoints.isEmpty else { return min(characterIndex + bomLength, file.bytes.count) }
    let checkpoint = min(characterIndex / 64, checkpoints.count - 1)
    var offset = checkpoints[checkpoint]
    var left = characterIndex - checkpoint * 64
    while left > 0, offset < file.bytes.count {
      offset += Self.length(ofCharacterStarting: file.bytes[offset])
      left -= 1
    }
    return offset
  }

  /// The place of two byte offsets.
  func span(_ start: Int, _ end: Int) -> SourceSpan {
    SourceSpan(file: fileIndex, start: start, end: end)
  }

  /// The byte at an offset, or 0 behind the end.
  func byte(_ offset: Int) -> UInt8 {
    offset >= 0 && offset < file.bytes.count ? file.bytes[offset] : 0
  }

  private static func length(ofCharacterStarting byte: UInt8) -> Int {
    byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
  }
}

extension YAMLText {
  /// Checks a file; nil if it is not fit, with the reason in the bag.
  init?(_ file: SourceFile, fileIndex: Int, limit: Int, into bag: inout DiagnosticBag) {
    self.file = file
    self.fileIndex = fileIndex
    let bytes = file.bytes
    guard bytes.count <= limit else {
      bag.report(.textTooLarge(file: fileIndex, limit: limit))
      return nil
    }
    if let encoding = Self.wideEncoding(of: bytes) {
      bag.report(.wideEncoding(encoding, file: fileIndex))
      return nil
    }
    bomLength = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let scan = bytes.withUnsafeBufferPointer { [bomLength] bytes in
      Self.scan(bytes, from: bomLength, fileIndex: fileIndex)
    }
    checkpoints = scan.checkpoints
    guard scan.mistakes.isEmpty else {
      bag.report(contentsOf: scan.mistakes)
      return nil
    }
  }

  /// Walks over the characters to check them and to note where they are.
  private static func scan(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, fileIndex: Int
  ) -> (checkpoints: [Int], mistakes: [Diagnostic]) {
    var scan = CharacterScan(bytes: bytes, offset: start)
    scan.skipPlainASCII()
    guard scan.offset < bytes.count else { return ([], []) }
    var checkpoints: [Int] = []
    var mistakes: [Diagnostic] = []
    checkpoints.reserveCapacity(bytes.count / 64 + 1)
    scan = CharacterScan(bytes: bytes, offset: start)
    var hasLoneReturn = false
    while scan.offset < bytes.count, mistakes.count < reportedMistakes {
      if scan.count % 64 == 0 { checkpoints.append(scan.offset) }
      let start = scan.offset
      let verdict = scan.next()
      switch verdict {
      case .good: continue
      case .loneReturn:
        // Where one line ends like this, all do: one mistake.
        guard !hasLoneReturn else { continue }
        hasLoneReturn = true
        mistakes.append(
          .loneReturn(at: SourceSpan(file: fileIndex, start: start, end: scan.offset)))
      case .forbidden(let scalar):
        let span = SourceSpan(file: fileIndex, start: start, end: scan.offset)
        mistakes.append(.forbiddenCharacter(scalar, at: span))
      case .invalid:
        while scan.offset < bytes.count, scan.isAtInvalidByte { _ = scan.next() }
        let run = SourceSpan(file: fileIndex, start: start, end: scan.offset)
        mistakes.append(.invalidUTF8(bytes[start], at: run))
      }
    }
    return (checkpoints, mistakes)
  }

  /// How many bad bytes are reported before the text is given up: a picture has thousands.
  private static let reportedMistakes = 5

  /// The name of the encoding if the text is in units wider than a byte.
  ///
  /// Without a byte order mark it shows in the zero bytes of its first characters, since a YAML
  /// text starts with ASCII.
  private static func wideEncoding(of bytes: [UInt8]) -> String? {
    let head = Array(bytes.prefix(4))
    if head == [0xFF, 0xFE, 0, 0] || head == [0, 0, 0xFE, 0xFF] { return "UTF-32" }
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
    guard head.count == 4 else { return nil }
    switch head.map({ $0 == 0 }) {
    case [true, true, true, false], [false, true, true, true]: return "UTF-32"
    case [true, false, true, false], [false, true, false, true]: return "UTF-16"
    default: return nil
    }
  }
}

/// A walk over the characters of a text that tells the good from the bad.
private struct CharacterScan {
  enum Verdict {
    case good
    /// Well encoded, and not allowed in a scenario.
    case forbidden(Unicode.Scalar)
    /// A carriage return that no line feed follows.
    case loneReturn
    /// Not UTF-8.
    case invalid
  }

  let bytes: UnsafeBufferPointer<UInt8>
  var offset: Int
  /// How many characters were passed.
  var count = 0

  init(bytes: UnsafeBufferPointer<UInt8>, offset: Int) {
    self.bytes = bytes
    self.offset = offset
  }

  /// Stops at the first byte that is not printable ASCII, a tab or part of a line end.
  mutating func skipPlainASCII() {
    while offset < bytes.count, Self.isPlainASCII(bytes[offset]), !isAtLoneReturn { offset += 1 }
  }

  /// Whether the next byte is a carriage return that no line feed follows.
  private var isAtLoneReturn: Bool {
    bytes[offset] == 0x0D && (offset + 1 == bytes.count || bytes[offset + 1] != 0x0A)
  }

  /// Whether the next byte is part of no character.
  var isAtInvalidByte: Bool { bytes[offset] >= 0x80 && decode(bytes[offset]) == nil }

  /// Passes one character, or one byte that is part of none.
  mutating func next() -> Verdict {
    let first = bytes[offset]
    count += 1
    if first < 0x80 {
      let isLone = isAtLoneReturn
      offset += 1
      if isLone { return .loneReturn }
      return Self.isPlainASCII(first) ? .good : .forbidden(Unicode.Scalar(first))
    }
    guard let (scalar, length) = decode(first) else {
      offset += 1
      return .invalid
    }
    offset += length
    return Self.isForbidden(scalar) ? .forbidden(scalar) : .good
  }

  private func decode(_ first: UInt8) -> (Unicode.Scalar, length: Int)? {
    let length: Int
    let least: UInt32
    var value: UInt32
    switch first {
    case 0xC2...0xDF: (length, least, value) = (2, 0x80, UInt32(first & 0x1F))
    case 0xE0...0xEF: (length, least, value) = (3, 0x800, UInt32(first & 0x0F))
    case 0xF0...0xF4: (length, least, value) = (4, 0x10000, UInt32(first & 0x07))
    default: return nil
    }
    guard offset + length <= bytes.count else { return nil }
    for index in 1..<length {
      let byte = bytes[offset + index]
      guard byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    guard value >= least else { return nil }
    return Unicode.Scalar(value).map { ($0, length) }
  }

  private static func isPlainASCII(_ byte: UInt8) -> Bool {
    (byte >= 0x20 && byte < 0x7F) || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  /// C1 controls, the line ends that only some programs honour, byte order marks inside the text
  /// and what is no character at all.
  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x80...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }
}
