#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Turns a trap of ours into the exit status of a bug, with words that say what to do.
///
/// What went wrong has been printed by then; the handler adds what was being worked on, and where to
/// report it. It runs on a stack of its own, so that an overflown stack is told too.
enum CrashGuard {
  private static let stackSize = 64 * 1024
  /// Where a thread keeps what it works on, as a text of C.
  private static let work = key()
  /// Where a thread keeps the stack of its handler.
  private static let stack = key()

  /// Installs the guard for the rest of the process.
  static func install() {
    prepareThread()
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

  /// Does something; a trap meanwhile is reported with these words: `running a.yaml with seed 7`.
  static func whilst<Result>(_ words: String, _ body: () throws -> Result) rethrows -> Result {
    prepareThread()
    let text = strdup(words)
    pthread_setspecific(work, text)
    defer {
      pthread_setspecific(work, nil)
      free(text)
    }
    return try body()
  }

  /// Gives the thread a stack for the handler, and makes the keys before any handler needs them.
  private static func prepareThread() {
    guard pthread_getspecific(stack) == nil else { return }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: stackSize, alignment: 16)
    pthread_setspecific(stack, memory)
    pthread_setspecific(work, nil)
    var place = stack_t()
    place.ss_sp = memory
    place.ss_size = stackSize
    sigaltstack(&place, nil)
  }

  private static func key() -> pthread_key_t {
    var key = pthread_key_t()
    pthread_key_create(&key, nil)
    return key
  }

  private static let handle: @convention(c) (Int32) -> Void = { _ in
    say("error: this is a bug in conclave")
    if let text = pthread_getspecific(work) {
      say(", met while ")
      _ = write(2, text, strlen(text.assumingMemoryBound(to: CChar.self)))
    }
    say("; please report it with the scenario and the command\n")
    _exit(70)
  }

  private static func say(_ words: StaticString) {
    _ = write(2, words.utf8Start, words.utf8CodeUnitCount)
  }
}
