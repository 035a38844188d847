import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Remembers that somebody has asked the process to end, so that it can end with what it knows.
///
/// The second time the process ends at once, as it would have without this.
enum Interruption {
  private static let flag = Atomic<Bool>(false)
  private static let watched = [SIGINT, SIGTERM]

  /// Whether somebody has asked.
  static var hasOccurred: Bool { flag.load(ordering: .relaxed) }

  /// Lets this thread be interrupted. Whoever started the process may have kept the signals back, and
  /// those that carry out tasks do so themselves.
  static func admit() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in watched { sigaddset(&signals, number) }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Watches for Ctrl-C and for a polite request to end, for the rest of the process.
  static func watch() {
    for number in watched {
      var action = sigaction()
      action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
      #if canImport(Glibc) || canImport(Musl)
        action.__sigaction_handler.sa_handler = handle
      #else
        action.__sigaction_u.__sa_handler = handle
      #endif
      sigaction(number, &action, nil)
    }
  }

  private static let handle: @convention(c) (Int32) -> Void = { _ in
    flag.store(true, ordering: .relaxed)
  }
}
