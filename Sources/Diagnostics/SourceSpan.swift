/// A half-open range of bytes in one of the texts of a run.
///
/// It takes 12 bytes, since everything that is read carries one; texts are far shorter than 2 GiB.
public struct SourceSpan: Sendable, Hashable, Comparable {
  private let shortFile: Int32
  private let shortStart: Int32
  private let shortEnd: Int32

  /// A range of bytes; `end` is raised to `start` if it is less.
  public init(file: Int = 0, start: Int, end: Int) {
    shortFile = Int32(file)
    shortStart = Int32(clamping: start)
    shortEnd = Int32(clamping: max(start, end))
  }

  /// Which text: an index into ``SourceMap``; 0 is the file the user named.
  public var file: Int { Int(shortFile) }
  /// Byte offset of the first byte.
  public var start: Int { Int(shortStart) }
  /// Byte offset behind the last byte; equal to `start` for a place between two bytes.
  public var end: Int { Int(shortEnd) }

  /// Order of appearance: by file, start, then end.
  public static func < (left: SourceSpan, right: SourceSpan) -> Bool {
    (left.file, left.start, left.end) < (right.file, right.start, right.end)
  }
}

/// All the texts that the spans of one run point into.
public struct SourceMap: Sendable {
  /// The texts in the order in which they were read; the scenario itself comes first.
  public private(set) var files: [SourceFile]

  /// Starts with the scenario itself.
  public init(_ files: [SourceFile] = []) {
    self.files = files
  }

  /// Adds a text and returns the index that its spans carry.
  public mutating func add(_ file: SourceFile) -> Int {
    files.append(file)
    return files.count - 1
  }

  /// The text that a span points into.
  public subscript(_ span: SourceSpan) -> SourceFile { files[span.file] }
}
