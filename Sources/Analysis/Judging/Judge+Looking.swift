import SystemModel

extension Judge {
  /// How many decided assertions make it worth while to work out anew who wants to know what.
  private static var dropLimit: Int { 8 }

  /// Looks at an event that changed something of interest.
  mutating func look(at event: ArraySlice<TraceRecord>) {
    let changed = host.world.changed
    let nodes = host.world.changedNodes
    number += 1
    for point in firedPoints { points[point].settle() }
    firedPoints.removeAll(keepingCapacity: true)
    touchConditions(changed, nodes)
    lookForPoints(event, changed)
    for place in touchedTriggers { lookForTrigger(place) }
    touchedTriggers.removeAll(keepingCapacity: true)
    invariantIndex.forEach(reading: changed) { summon($0) }
    if number == 1 { for place in monitors.indices { summon(place) } }

    var index = 0
    while index < summoned.count {
      examine(summoned[index], event, changed)
      index += 1
    }
    summoned.removeAll(keepingCapacity: true)
    previousChanges = changed
    previousNodes = nodes
    if isExplaining {
      followTails()
    } else if retired > Judge.dropLimit, number & 255 == 0 {
      findReaders()
    }
  }

  /// An assertion has to be looked at because of the present event.
  private mutating func summon(_ place: Int) {
    guard monitors[place].summoned != number, !monitors[place].isRetired else { return }
    monitors[place].summoned = number
    summoned.append(place)
  }

  /// Finds the conditions that the event may have given another value.
  private mutating func touchConditions(_ changed: Topics, _ nodes: UInt64) {
    conditionIndex.forEach(reading: changed) { place in
      if conditions[place].touched != number, conditions[place].isTouched(by: changed, at: nodes) {
        touch(place)
      }
    }
    // What reads the state before may have another value after the next event as well.
    for place in oldConditions where conditions[place].touched != number {
      if conditions[place].isTouched(by: previousChanges, at: previousNodes) { touch(place) }
    }
    if number == 1 {
      for place in conditions.indices where conditions[place].touched != number { touch(place) }
    }
  }

  private mutating func touch(_ place: Int) {
    conditions[place].touched = number
    conditions[place].isStale = true
    switch conditions[place].owner {
    case .assertion(let owner): if monitors[owner].heeds(place) { summon(owner) }
    case .point(let point): touchedPoints.append(point)
    case .trigger(let trigger): touchedTriggers.append(trigger)
    }
  }

  /// Finds the points that come with the event, and summons the assertions that wait for them.
  private mutating func lookForPoints(_ event: ArraySlice<TraceRecord>, _ changed: Topics) {
    pointIndex.forEach(reading: changed) { point in
      if !points[point].hasFired, points[point].look(at: event) { fire(point) }
    }
    if !changed.isDisjoint(with: messagePoints.wanted) { lookForMessages(event) }
    if changed.contains(.calls) {
      for point in callPoints where points[point].look(at: event, host.world.calls) { fire(point) }
    }
    for point in touchedPoints {
      guard case .condition(let condition) = points[point].kind else { continue }
      let truth = evaluate(condition)
      if points[point].see(truth) { fire(point) }
      if truth == .failed { refuse(point: point, condition) }
    }
    touchedPoints.removeAll(keepingCapacity: true)
  }

  private mutating func lookForMessages(_ event: ArraySlice<TraceRecord>) {
    for record in event {
      messagePoints.forEach(awaiting: record) { point in
        if points[point].look(at: record, plan.system.predicates) { fire(point) }
        if points[point].hasFailed { refuseMessages(at: point, event) }
      }
    }
  }

  private mutating func fire(_ point: Int) {
    firedPoints.append(point)
    for place in windowsOfPoint[point] { summon(place) }
  }

  private mutating func lookForTrigger(_ place: Int) {
    guard !triggers[place].isSpent(at: host.world.now) else { return }
    let condition = triggers[place].condition
    let truth = evaluate(condition)
    let failure = diagnostic(condition).map {
      ConditionFailure(diagnostic: $0, at: Instant(nanoseconds: max(host.world.now, 0)))
    }
    if triggers[place].see(truth, failure) { fired.append(triggers[place].fault) }
  }

  /// Lets a monitor close and open its window with an event, and shows it the state after it.
  private mutating func examine(
    _ place: Int, _ event: ArraySlice<TraceRecord>, _ changed: Topics
  ) {
    if monitors[place].invariant >= 0 {
      examineInvariant(place, event, changed)
    } else if let isNew = turnWindow(place, event) {
      if isNew || isTouched(monitors[place].first) || isTouched(monitors[place].second) {
        show(place, at: host.world.now, event)
      }
      settle(place)
    }
  }

  /// The same for a monitor of an invariant.
  private mutating func examineInvariant(
    _ place: Int, _ event: ArraySlice<TraceRecord>, _ changed: Topics
  ) {
    let breach = judgeInvariant(place, event, changed)
    guard let isNew = turnWindow(place, event) else { return }
    monitors[place].subjects += breach.subjects
    let violation =
      breach.violation ?? (isNew ? invariants[monitors[place].invariant].standing : nil)
    if let violation { report(violation, place, event) }
    settle(place)
  }

  /// Lets a monitor close and open its window with an event; tells whether the window that is open
  /// then is a new one, nil if none is.
  private mutating func turnWindow(_ place: Int, _ event: ArraySlice<TraceRecord>) -> Bool? {
    let at = host.world.now
    if monitors[place].automaton.isOpen, closes(place) { close(place, at: at, event) }
    if monitors[place].isRetired { return nil }
    if monitors[place].automaton.isOpen { return false }
    guard opens(place) else { return nil }
    monitors[place].automaton.open(at: at)
    if isExplaining { explainers[place]?.open(at: at) }
    return true
  }

  private func isTouched(_ condition: Int) -> Bool {
    condition >= 0 && conditions[condition].touched == number
  }

  /// Works out when a monitor that was looked at has to be looked at next.
  private mutating func settle(_ place: Int) {
    let before = monitors[place].wake
    monitors[place].findWake()
    let after = monitors[place].wake
    if after < wake {
      wake = after
    } else if before == wake, after > before {
      findWake()
    }
  }

  /// Shows a monitor the present state.
  mutating func show(_ place: Int, at instant: Int64, _ event: ArraySlice<TraceRecord>?) {
    let (first, second) = (monitors[place].first, monitors[place].second)
    var automaton = monitors[place].automaton
    let step = automaton.see(at: instant) { which in evaluate(which == 0 ? first : second) }
    if isExplaining {
      let before = monitors[place].automaton
      monitors[place].automaton = automaton
      explain(place, at: instant, from: before, step)
    } else {
      monitors[place].automaton = automaton
    }
    if !lastSights.isEmpty { noteSight(place) }
    if step != .goOn { take(step, place, event) }
  }

  /// Shows a monitor the state at an instant that opens its window by itself: an event of its own,
  /// at which it is that instant.
  private mutating func showOpening(_ place: Int, at instant: Int64) {
    let before = host.world.turnClock(to: instant)
    for condition in [monitors[place].first, monitors[place].second]
    where condition >= 0 && conditions[condition].reads.contains(.now) {
      conditions[condition].isStale = true
    }
    show(place, at: instant, nil)
    _ = host.world.turnClock(to: before)
  }

  /// The window of a monitor closes.
  private mutating func close(_ place: Int, at instant: Int64, _ event: ArraySlice<TraceRecord>?) {
    noteClosing(place, at: instant)
    take(monitors[place].automaton.close(at: instant), place, event)
    if isExplaining { explainers[place]?.close() }
    if !monitors[place].window.reopens { retire(place) }
    settle(place)
  }

  /// An assertion is decided, or will not be looked at any more.
  mutating func retire(_ place: Int) {
    guard !monitors[place].isRetired else { return }
    monitors[place].isRetired = true
    retired += 1
    settle(place)
  }

  /// An invariant takes in every event of interest, whether or not a window is open.
  private mutating func judgeInvariant(
    _ place: Int, _ event: ArraySlice<TraceRecord>, _ changed: Topics
  ) -> (violation: Violation?, subjects: Int) {
    let number = monitors[place].invariant
    guard !changed.isDisjoint(with: monitors[place].topics) else { return (nil, 0) }
    return invariants[number].judgeCounting(event, host.world)
  }

  private mutating func closes(_ place: Int) -> Bool {
    guard monitors[place].closesWithEvents else { return false }
    let window = monitors[place].window
    return window.closes {
      points[$0].hasFired
    } isActive: {
      host.world.faults.entries[$0].active > 0
    }
  }

  private mutating func opens(_ place: Int) -> Bool {
    var window = monitors[place].window
    let opens = window.opens(isFirst: number == 1) {
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
      for place in monitors.indices where monitors[place].wake <= due { pass(place, to: due) }
      findWake()
      precondition(wake > due, "time stands still at \(due)")
    }
  }

  /// Lets time pass for a monitor; its windows close and open by themselves.
  private mutating func pass(_ place: Int, to instant: Int64) {
    if monitors[place].automaton.isOpen {
      let before = monitors[place].automaton
      let step = monitors[place].automaton.pass(to: instant)
      if isExplaining {
        explainers[place]?.follow(
          at: instant, from: before, to: monitors[place].automaton, step)
      }
      take(step, place, nil)
    }
    if !monitors[place].isRetired, monitors[place].automaton.isOpen,
      monitors[place].window.closes(at: instant, openedAt: monitors[place].automaton.openedAt)
    {
      close(place, at: instant, nil)
    }
    if !monitors[place].isRetired, !monitors[place].automaton.isOpen,
      monitors[place].window.opens(at: instant)
    {
      monitors[place].automaton.open(at: instant)
      if isExplaining { explainers[place]?.open(at: instant) }
      if monitors[place].invariant < 0 {
        showOpening(place, at: instant)
      } else if let violation = invariants[monitors[place].invariant].standing {
        report(violation, place, nil)
      }
    }
    monitors[place].findWake()
  }
}
