#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The two streams that a person or a CI server reads.
enum Terminal {
  /// Writes to standard output; what the system does not take ends the process with the status of
  /// a file that cannot be written, as nobody may take a lost report for a pass.
  static func print(_ text: String) {
    if write(text, to: 1) { return }
    complain("error: standard output: it cannot be written\n")
    exit(ExitStatus.unreadable.rawValue)
  }

  /// Writes to standard error.
  static func complain(_ text: String) { _ = write(text, to: 2) }

  /// Whether standard output takes colour: it is a terminal and nobody has said no.
  static var hasColour: Bool { wantsColour(1) }

  /// Whether standard error takes colour.
  static var errorHasColour: Bool { wantsColour(2) }

  /// Whether standard error is a terminal, which takes progress.
  static var takesProgress: Bool { isatty(2) == 1 && !isDumb }

  /// The width of the terminal in columns; 100 where there is none.
  static var width: Int {
    var size = winsize()
    guard isatty(1) == 1, ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else {
      return 100
    }
    return min(Int(size.ws_col), 160)
  }

  /// How many processors there are.
  static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  private static var isDumb: Bool {
    guard let term = getenv("TERM") else { return false }
    return String(cString: term) == "dumb"
  }

  private static func wantsColour(_ stream: Int32) -> Bool {
    guard isatty(stream) == 1, !isDumb else { return false }
    guard let refusal = getenv("NO_COLOR") else { return true }
    return refusal.pointee == 0
  }

  /// Writes to a descriptor; false if the system does not take it all, `errno` says why.
  static func write(_ text: String, to stream: Int32) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let raw = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: rest))
        let count = systemWrite(stream, raw.baseAddress, raw.count)
        guard count > 0 else {
          if count < 0, errno == EINTR { continue }
          return false
        }
        rest = rest.dropFirst(count)
      }
      return true
    }
  }

  private static func systemWrite(
    _ stream: Int32, _ start: UnsafeRawPointer?, _ count: Int
  ) -> Int {
    #if canImport(Glibc)
      Glibc.write(stream, start, count)
    #elseif canImport(Musl)
      Musl.write(stream, start, count)
    #else
      Darwin.write(stream, start, count)
    #endif
  }
}
