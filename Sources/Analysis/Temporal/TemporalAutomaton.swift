import SystemModel

/// The memory of a temporal form: judges the states of its windows one after the other, and keeps
/// a handful of words whatever the length of the run.
///
/// Instants are in nanoseconds. The caller opens and closes windows, shows every state in which a
/// condition may have changed, and lets time pass to each instant at which something happens, and
/// to ``wake``, before it shows what happens there.
struct TemporalAutomaton: Sendable, BitwiseCopyable {
  /// The forms; ``AssertionForm`` says what they mean.
  enum Form: Sendable, BitwiseCopyable { case always, never, eventually, sometimes, response, hold }

  /// What a step came to.
  enum Step: Sendable, Equatable {
    /// Nothing is decided.
    case goOn
    /// Nothing that is still to come can break it.
    case settled
    /// It is broken.
    case broken(at: Int64, Cause)
    /// A condition that decides could not be evaluated: 0 the first, 1 the second.
    case failed(condition: Int)
  }

  /// Why it is broken.
  enum Cause: Sendable, Equatable {
    /// A state is as it must not be.
    case state
    /// `within` was over.
    case late
    /// The window closed.
    case closed
    /// It held, but not as long as `for` says.
    case short
    /// Nothing can happen any more.
    case quiescence
    /// No state of any window had it.
    case neverReached
  }

  /// The judgement on what is not broken when the run ends.
  enum Ending: Sendable, Equatable {
    case pass
    /// There was no window.
    case noWindow
    /// The condition of a `when` was never true, or that of a `hold` never looked at.
    case noChance
    /// A window is open, and what it waits for might have come.
    case open
    case broken(at: Int64, Cause)
  }

  /// A stretch of time for which something held.
  struct Hold: Sendable, BitwiseCopyable {
    let since: Int64
    let until: Int64

    var length: Int64 { until - since }
  }

  let form: Form
  /// The longest wait; `Int64.max` if there is no bound.
  let within: Int64
  /// How long the awaited condition must stay; 0 if a state is enough.
  let lasting: Int64
  /// Whether there is at most one window.
  let hasOneWindow: Bool
  /// Whether a `hold` has an `until`.
  let hasUntil: Bool

  /// Whether a window is open.
  private(set) var isOpen = false
  /// When the last window was opened.
  private(set) var openedAt: Int64 = 0
  /// How many windows were opened.
  private(set) var windows = 0
  /// How many states were judged; of a response, how often `when` came true.
  private(set) var chances = 0
  /// Whether the open window needs no more looking at.
  private(set) var isDone = false
  /// Whether `when` was true in the last state of the window.
  private var wasTrue = false
  /// Since when something is, or was last, awaited.
  private(set) var awaitedSince: Int64 = 0
  /// Since when something is awaited; -1 if nothing is.
  private var pendingSince: Int64 = -1 {
    didSet {
      guard pendingSince >= 0 else { return }
      awaitedSince = pendingSince
      longestHold = Hold(since: pendingSince, until: pendingSince)
    }
  }
  /// Since when what is awaited holds; -1 if it does not.
  private var holdsSince: Int64 = -1
  /// The longest time for which what is or was last awaited held, and no longer does.
  private(set) var longestHold = Hold(since: 0, until: 0)

  init(
    _ form: Form, within: Int64 = .max, lasting: Int64 = 0, hasOneWindow: Bool = true,
    hasUntil: Bool = false
  ) {
    self.form = form
    self.within = within
    self.lasting = lasting
    self.hasOneWindow = hasOneWindow
    self.hasUntil = hasUntil
  }

  /// Forgets the run.
  mutating func reset() {
    isOpen = false
    windows = 0
    chances = 0
    isDone = false
    pendingSince = -1
    holdsSince = -1
  }

  /// The next instant to let time pass to, if nothing happens before; `Int64.max` if there is none.
  var wake: Int64 {
    guard pendingSince >= 0 else { return .max }
    if holdsSince >= 0 { return sum(holdsSince, lasting) }
    return deadline == .max ? .max : deadline + 1
  }

  /// Whether something is awaited.
  var isAwaiting: Bool { pendingSince >= 0 }
  /// Since when what is awaited holds; nil if it does not.
  var heldSince: Int64? { holdsSince >= 0 ? holdsSince : nil }

  /// The last instant at which what is awaited may come, or begin.
  private var deadline: Int64 { sum(pendingSince, within) }

  private func sum(_ instant: Int64, _ span: Int64) -> Int64 {
    let (sum, overflow) = instant.addingReportingOverflow(span)
    return overflow ? .max : sum
  }

  /// A window opens; show its first state next.
  mutating func open(at instant: Int64) {
    isOpen = true
    openedAt = instant
    windows += 1
    isDone = false
    wasTrue = false
    holdsSince = -1
    pendingSince = form == .eventually ? instant : -1
  }

  /// The window is in a state; `truth` evaluates the first (0) or second (1) condition in it.
  mutating func see(at instant: Int64, _ truth: (Int) -> Truth) -> Step {
    switch form {
    case .always: judge(truth(0), wanted: .yes, at: instant)
    case .never: judge(truth(0), wanted: .no, at: instant)
    case .sometimes: seek(truth(0))
    case .eventually: isDone ? .goOn : expect(truth(0), condition: 0, at: instant)
    case .response: respond(at: instant, truth)
    case .hold: hold(at: instant, truth)
    }
  }

  /// Whether a change of the first (0) or second (1) condition can matter now: if it is the only
  /// one that changed, showing the state would come to nothing else.
  func heeds(_ condition: Int) -> Bool {
    guard isOpen else { return false }
    switch form {
    case .always, .never, .sometimes: return true
    case .eventually, .hold: return !isDone
    case .response: return condition == 0 || pendingSince >= 0
    }
  }

  /// Time has come to an instant, and nothing happened before it.
  mutating func pass(to instant: Int64) -> Step {
    guard pendingSince >= 0 else { return .goOn }
    if holdsSince >= 0 { return instant >= sum(holdsSince, lasting) ? answered() : .goOn }
    return instant > deadline ? .broken(at: deadline, .late) : .goOn
  }

  /// The window closes; time has passed to the instant already.
  mutating func close(at instant: Int64) -> Step {
    isOpen = false
    guard pendingSince >= 0 else { return .goOn }
    let cause: Cause = holdsSince >= 0 ? .short : .closed
    ceaseToHold(at: instant)
    pendingSince = -1
    return .broken(at: instant, cause)
  }

  /// The run ends, by quiescence or because its time is over; time has passed to the end.
  func conclude(_ end: RunEnd, at instant: Int64) -> Ending {
    if windows == 0 { return .noWindow }
    if form == .sometimes {
      return isDone ? .pass : .broken(at: instant, .neverReached)
    }
    if pendingSince >= 0 {
      if end == .quiescence {
        return holdsSince >= 0 ? .pass : .broken(at: instant, .quiescence)
      }
      return holdsSince < 0 && deadline <= instant ? .broken(at: deadline, .late) : .open
    }
    let needsChance = form != .eventually
    return needsChance && chances == 0 ? .noChance : .pass
  }

  private mutating func judge(_ truth: Truth, wanted: Truth, at instant: Int64) -> Step {
    switch truth {
    case .failed: return .failed(condition: 0)
    case .unknown: return .goOn
    case .no, .yes:
      chances += 1
      return truth == wanted ? .goOn : .broken(at: instant, .state)
    }
  }

  private mutating func seek(_ truth: Truth) -> Step {
    if truth == .failed { return .failed(condition: 0) }
    chances += 1
    guard truth == .yes else { return .goOn }
    isDone = true
    return .settled
  }

  private mutating func respond(at instant: Int64, _ truth: (Int) -> Truth) -> Step {
    let when = truth(0)
    if when == .failed { return .failed(condition: 0) }
    if when == .yes, !wasTrue {
      chances += 1
      if pendingSince < 0 { pendingSince = instant }
    }
    wasTrue = when == .yes
    return pendingSince < 0 ? .goOn : expect(truth(1), condition: 1, at: instant)
  }

  private mutating func hold(at instant: Int64, _ truth: (Int) -> Truth) -> Step {
    if isDone { return .goOn }
    if hasUntil {
      switch truth(1) {
      case .failed: return .failed(condition: 1)
      case .yes:
        isDone = true
        return hasOneWindow ? .settled : .goOn
      case .no, .unknown: break
      }
    }
    return judge(truth(0), wanted: .yes, at: instant)
  }

  /// Something is awaited, and this is what it is in a state.
  private mutating func expect(_ truth: Truth, condition: Int, at instant: Int64) -> Step {
    switch truth {
    case .failed: return .failed(condition: condition)
    case .yes:
      if lasting == 0 { return answered() }
      if holdsSince < 0 { holdsSince = instant }
      return .goOn
    case .no, .unknown:
      guard holdsSince >= 0 else { return .goOn }
      ceaseToHold(at: instant)
      return instant > deadline ? .broken(at: instant, .short) : .goOn
    }
  }

  /// What was awaited holds no longer, if it did.
  private mutating func ceaseToHold(at instant: Int64) {
    guard holdsSince >= 0 else { return }
    let hold = Hold(since: holdsSince, until: instant)
    if hold.length > longestHold.length { longestHold = hold }
    holdsSince = -1
  }

  /// What was awaited has come, and answers all that waited for it.
  private mutating func answered() -> Step {
    pendingSince = -1
    holdsSince = -1
    guard form == .eventually else { return .goOn }
    isDone = true
    return hasOneWindow ? .settled : .goOn
  }
}
