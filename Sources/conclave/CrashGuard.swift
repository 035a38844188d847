#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Turns a trap of ours into the exit status of a bug, with words that say what to do.
///
/// What went wrong has been printed by then; the handler only adds where to report it. It runs on
/// a stack of its own, so that an overflown stack is told too.
enum CrashGuard {
  private static let stackSize = 64 * 1024

  /// Installs the guard for the rest of the process.
  static func install() {
    var stack = stack_t()
    stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: stackSize, alignment: 16)
    stack.ss_size = stackSize
    sigaltstack(&stack, nil)
    for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT] {
      var action = sigaction()
      action.sa_flags = Int32(SA_ONSTACK) | Int32(bitPattern: UInt32(SA_RESETHAND))
      #if canImport(Glibc) || canImport(Musl)
        action.__sigaction_handler.sa_handler = handle
      #else
        action.__sigaction_u.__sa_handler = handle
      #endif
      sigaction(number, &action, nil)
    }
  }

  private static let handle: @convention(c) (Int32) -> Void = { _ in
    let words: StaticString =
      "error: this is a bug in conclave; please report it with the scenario and the command\n"
    _ = write(2, words.utf8Start, words.utf8CodeUnitCount)
    _exit(70)
  }
}
