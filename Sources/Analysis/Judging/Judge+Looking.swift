import Expressions
import SystemModel

extension Judge {
  /// Looks at an event that changed something of interest.
  mutating func look(at event: ArraySlice<TraceRecord>) {
    let changed = host.world.changed
    let nodes = host.world.changedNodes
    let isFirst = host.world.events == 1
    for place in conditions.indices {
      if isTouched(place, changed, nodes) { conditions[place].spoil() }
    }
    if !points.isEmpty { lookForPoints(event, changed, nodes, isFirst: isFirst) }
    if !triggers.isEmpty { lookForTriggers(changed, nodes, isFirst: isFirst) }
    var isSettled = isFirst
    for place in active {
      examine(place, event, changed, nodes, isFirst: isFirst)
      isSettled = isSettled || monitors[place].isRetired
    }
    previousChanges = changed
    previousNodes = nodes
    if isSettled { prune() } else { findWake() }
  }

  /// Whether an event may have given a condition another value: one that reads the world before
  /// has one after the next event as well.
  private func isTouched(_ place: Int, _ changed: Topics, _ nodes: UInt64) -> Bool {
    let reads = conditions[place].reads
    return reads.isTouched(by: changed, at: nodes)
      || reads.usesOld && reads.isTouched(by: previousChanges, at: previousNodes)
  }

  private mutating func lookForPoints(
    _ event: ArraySlice<TraceRecord>, _ changed: Topics, _ nodes: UInt64, isFirst: Bool
  ) {
    for place in points.indices {
      points[place].settle()
      if case .condition(let condition) = points[place].kind {
        guard isFirst || isTouched(condition, changed, nodes) else { continue }
        let truth = conditions[condition].evaluate(host, &budget)
        _ = points[place].see(truth)
        if truth == .failed { refuse(point: place, condition) }
      } else if !changed.isDisjoint(with: points[place].topics) {
        _ = points[place].look(at: event, plan.system.predicates)
      }
    }
  }

  private mutating func lookForTriggers(_ changed: Topics, _ nodes: UInt64, isFirst: Bool) {
    for place in triggers.indices {
      let condition = triggers[place].condition
      guard !triggers[place].isSpent(at: host.world.now),
        isFirst || isTouched(condition, changed, nodes)
      else { continue }
      let truth = conditions[condition].evaluate(host, &budget)
      if triggers[place].see(truth, conditions[condition].diagnostic) {
        fired.append(triggers[place].fault)
      }
    }
  }

  /// Lets a monitor close and open its window with an event, and shows it the state after it.
  private mutating func examine(
    _ place: Int, _ event: ArraySlice<TraceRecord>, _ changed: Topics, _ nodes: UInt64,
    isFirst: Bool
  ) {
    guard !monitors[place].isRetired else { return }
    let at = host.world.now
    let breach = judgeInvariant(place, event, changed)
    if monitors[place].automaton.isOpen, closes(place) {
      take(monitors[place].automaton.close(at: at), place, event)
      if !monitors[place].window.reopens { monitors[place].isRetired = true }
    }
    if monitors[place].isRetired { return }
    var isNew = false
    if !monitors[place].automaton.isOpen {
      guard opens(place, isFirst: isFirst) else { return }
      monitors[place].automaton.open(at: at)
      isNew = true
    }
    switch monitors[place].watch {
    case .invariant(let number):
      note(subjects: breach.subjects, place)
      let violation = breach.violation ?? (isNew ? invariants[number].standing : nil)
      if let violation { report(violation, place, event) }
    case .temporal(let first, let second):
      guard
        isNew || isTouched(first, changed, nodes)
          || second >= 0 && isTouched(second, changed, nodes)
      else { return }
      show(place, first, second, at: at, event)
    case .atEnd, .metric: break
    }
  }

  /// Shows a monitor the present state.
  mutating func show(
    _ place: Int, _ first: Int, _ second: Int, at instant: Int64,
    _ event: ArraySlice<TraceRecord>?
  ) {
    var automaton = monitors[place].automaton
    let step = automaton.see(at: instant) { which in
      conditions[which == 0 ? first : second].evaluate(host, &budget)
    }
    monitors[place].automaton = automaton
    take(step, place, event)
  }

  /// An invariant takes in every event of interest, whether or not a window is open.
  private mutating func judgeInvariant(
    _ place: Int, _ event: ArraySlice<TraceRecord>, _ changed: Topics
  ) -> (violation: Violation?, subjects: Int) {
    guard case .invariant(let number) = monitors[place].watch,
      !changed.isDisjoint(with: monitors[place].topics)
    else { return (nil, 0) }
    let before = invariants[number].subjects
    let violation = invariants[number].judge(event, host.world)
    return (violation, invariants[number].subjects - before)
  }

  private mutating func note(subjects: Int, _ place: Int) {
    monitors[place].subjects += subjects
  }

  private func closes(_ place: Int) -> Bool {
    guard monitors[place].window.closing != .run else { return false }
    return monitors[place].window.closes {
      points[$0].hasFired
    } isActive: {
      host.world.faults.entries[$0].active > 0
    }
  }

  private mutating func opens(_ place: Int, isFirst: Bool) -> Bool {
    var window = monitors[place].window
    let opens = window.opens(isFirst: isFirst) {
      points[$0].hasFired
    } isActive: {
      host.world.faults.entries[$0].active > 0
    }
    monitors[place].window = window
    return opens
  }

  /// Lets time pass to an instant at which something happens, past all that is due by itself.
  mutating func tick(to instant: Int64) {
    while wake <= instant {
      let due = wake
      var isSettled = false
      for place in active {
        pass(place, to: due)
        isSettled = isSettled || monitors[place].isRetired
      }
      if isSettled { prune() } else { findWake() }
      precondition(wake > due, "time stands still at \(due)")
    }
  }

  /// Lets time pass for a monitor; its windows close and open by themselves.
  private mutating func pass(_ place: Int, to instant: Int64) {
    if monitors[place].automaton.isOpen {
      take(monitors[place].automaton.pass(to: instant), place, nil)
    }
    if !monitors[place].isRetired, monitors[place].automaton.isOpen,
      monitors[place].window.closes(
        at: instant, openedAt: monitors[place].automaton.openedAt)
    {
      take(monitors[place].automaton.close(at: instant), place, nil)
      if !monitors[place].window.reopens { monitors[place].isRetired = true }
    }
    guard !monitors[place].isRetired, !monitors[place].automaton.isOpen,
      monitors[place].window.opens(at: instant)
    else { return }
    monitors[place].automaton.open(at: instant)
    switch monitors[place].watch {
    case .temporal(let first, let second): show(place, first, second, at: instant, nil)
    case .invariant(let number):
      if let violation = invariants[number].standing { report(violation, place, nil) }
    case .atEnd, .metric: break
    }
  }
}
