import SystemModel

/// Tells when the windows of a scope open and close.
struct WindowTracker: Sendable, BitwiseCopyable {
  /// One end of a window.
  enum Edge: Sendable, Equatable, BitwiseCopyable {
    /// The start or the end of the run.
    case run
    /// An instant, in nanoseconds.
    case instant(Int64)
    /// A tracker of the judge, by its place.
    case point(Int)
    /// A fault begins to act, or no longer acts, as a tracker of that tells.
    case fault(Int, point: Int)
  }

  let opening: Edge
  let closing: Edge
  /// Whether a window may open again.
  let reopens: Bool
  /// Whether a window has opened, or will never open.
  private var isSpent = false

  init(opening: Edge, closing: Edge, reopens: Bool) {
    self.opening = opening
    self.closing = closing
    self.reopens = reopens
  }

  mutating func reset() { isSpent = false }

  /// Whether a point, by its place in the judge, opens or closes a window.
  func uses(_ point: Int) -> Bool {
    for edge in [opening, closing] {
      switch edge {
      case .run, .instant: continue
      case .point(let place), .fault(_, let place): if place == point { return true }
      }
    }
    return false
  }

  /// The next instant at which a window opens or closes by itself; `Int64.max` if there is none.
  /// An opening at T0 comes with the first event.
  func wake(isOpen: Bool, openedAt: Int64) -> Int64 {
    if isOpen {
      if case .instant(let instant) = closing, instant > openedAt { return instant }
    } else if case .instant(let instant) = opening, !isSpent, instant > 0 {
      return instant
    }
    return .max
  }

  /// Whether an open window closes at an instant by itself.
  func closes(at instant: Int64, openedAt: Int64) -> Bool {
    closing == .instant(instant) && instant > openedAt
  }

  /// Whether a window opens at an instant by itself.
  mutating func opens(at instant: Int64) -> Bool {
    guard !isSpent, opening == .instant(instant) else { return false }
    isSpent = true
    return true
  }

  /// Whether an open window closes with an event; `fired` tells which points came with it, and
  /// `isActive` which faults act after it.
  func closes(fired: (Int) -> Bool, isActive: (Int) -> Bool) -> Bool {
    switch closing {
    case .run, .instant: false
    case .point(let point): fired(point)
    case .fault(let fault, let point): fired(point) && !isActive(fault)
    }
  }

  /// Whether a window opens with an event; `isFirst` says that it starts the run.
  mutating func opens(isFirst: Bool, fired: (Int) -> Bool, isActive: (Int) -> Bool) -> Bool {
    guard !isSpent else { return false }
    let opens: Bool
    switch opening {
    case .run:
      opens = isFirst && !closesAtOnce(fired: fired, isActive: isActive)
      isSpent = isFirst
    case .instant(let instant): opens = isFirst && instant <= 0
    case .point(let point): opens = fired(point)
    case .fault(let fault, let point): opens = fired(point) && isActive(fault)
    }
    if opens, !reopens { isSpent = true }
    return opens
  }

  /// Whether a window from the start closes before it has a state.
  private func closesAtOnce(fired: (Int) -> Bool, isActive: (Int) -> Bool) -> Bool {
    if case .instant(let instant) = closing { return instant <= 0 }
    return closes(fired: fired, isActive: isActive)
  }
}
