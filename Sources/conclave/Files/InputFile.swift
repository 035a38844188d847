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
  /// The system did not give the bytes, or nobody wrote to a pipe.
  struct ReadError: Error {}

  /// How long a named pipe may be silent before it is given up, in milliseconds.
  private static let patience: Int32 = 1_000

  private let descriptor: Int32
  private let isOwned: Bool

  /// Opens a file; nil if the system refuses, or if it is a folder.
  ///
  /// A pipe must be written to soon. With `isPlain` it must be a file proper: neither a pipe nor a
  /// device.
  static func opened(_ path: String, isPlain: Bool) -> InputFile? {
    // A pipe would block here until somebody opens its other end.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { return nil }
    guard let kind = kind(of: descriptor), kind != S_IFDIR, !isPlain || kind == S_IFREG,
      kind != S_IFIFO || hasInput(descriptor)
    else {
      _ = close(descriptor)
      return nil
    }
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
    return InputFile(descriptor: descriptor, isOwned: true)
  }

  /// Why a file cannot be opened, or its bytes are not given.
  static func reason(_ path: String) -> String {
    var status = stat()
    guard stat(path, &status) == 0 else {
      return errno == EACCES ? "there is no permission to read it" : "there is no such file"
    }
    if status.st_mode & S_IFMT == S_IFDIR { return "it is a folder" }
    return access(path, R_OK) == 0 ? "it cannot be read" : "there is no permission to read it"
  }

  private init(descriptor: Int32, isOwned: Bool) {
    self.descriptor = descriptor
    self.isOwned = isOwned
  }

  deinit {
    if isOwned { _ = close(descriptor) }
  }

  /// Standard input.
  static var standard: InputFile { InputFile(descriptor: 0, isOwned: false) }

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

  /// What a descriptor stands for, as the bits of its mode say.
  private static func kind(of descriptor: Int32) -> mode_t? {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// Waits for somebody to write to a pipe.
  private static func hasInput(_ descriptor: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, patience) > 0
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
