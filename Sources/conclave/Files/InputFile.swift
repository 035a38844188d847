#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is read from its beginning, at most up to a bound, so that a device or a pipe
/// without end does no harm.
struct InputFile: ~Copyable {
  /// The system did not give the bytes.
  struct ReadError: Error {}

  private let descriptor: Int32
  private let isOwned: Bool

  /// Opens a file; nil if the system refuses.
  init?(_ path: String) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    isOwned = true
    if descriptor < 0 { return nil }
  }

  private init(descriptor: Int32) {
    self.descriptor = descriptor
    isOwned = false
  }

  deinit {
    if isOwned { _ = close(descriptor) }
  }

  /// Standard input.
  static var standard: InputFile { InputFile(descriptor: 0) }

  /// The bytes up to the end or the bound.
  func read(upTo bound: Int) throws(ReadError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while bytes.count < bound {
      let wanted = min(buffer.count, bound - bytes.count)
      let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, wanted) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw ReadError() }
      if count == 0 { break }
      bytes.append(contentsOf: buffer[..<count])
    }
    return bytes
  }

  private func systemRead(
    _ stream: Int32, _ start: UnsafeMutableRawPointer?, _ count: Int
  ) -> Int {
    #if canImport(Glibc)
      Glibc.read(stream, start, count)
    #elseif canImport(Musl)
      Musl.read(stream, start, count)
    #else
      Darwin.read(stream, start, count)
    #endif
  }
}
