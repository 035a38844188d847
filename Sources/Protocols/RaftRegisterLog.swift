import SystemModel

/// Leadership: section 5.3 as the leader sees it.
extension RaftRegister {
  /// The followers' logs are compared by heartbeats first; entries follow where they match.
  mutating func lead(_ effects: inout Effects<Self>) {
    role = .leader
    leader = id
    isSynced = true
    ledTerm = term
    next = Array(repeating: log.count + 1, count: nodeCount)
    match = Array(repeating: 0, count: nodeCount)
    for node in 0..<nodeCount where node != id.index { unsure.insert(NodeID(node)) }
    effects.cancelTimer(.election)
    effects.observe(Observed.becameLeader, value: term)
    tick(&effects)
    store(LogEntry(term: term, command: RegisterCommand(.none)), &effects)
    advanceCommit(&effects)
  }

  /// What comes next for every follower: an entry that it lacks, or a heartbeat.
  mutating func tick(_ effects: inout Effects<Self>) {
    let others = (0..<nodeCount).filter { $0 != id.index }
    if let first = others.first, others.allSatisfy({ next[$0] == next[first] }) {
      effects.broadcast(message(from: next[first]))
    } else {
      for node in others { effects.send(message(from: next[node]), to: NodeID(node)) }
    }
    effects.setTimer(.heartbeat, after: heartbeat)
  }

  private func message(from index: Int64) -> Message {
    let previous = index - 1
    let append = Append(
      term: term, previous: previous, previousTerm: log.term(at: previous) ?? 0,
      entry: index <= log.count ? log[index] : nil, commit: commit)
    return index <= log.count ? .append(append) : .heartbeat(append)
  }

  /// Takes a command of a client into the log.
  mutating func propose(
    _ command: RegisterCommand, for client: NodeID, request: Int64, _ effects: inout Effects<Self>
  ) {
    if mistake == .staleReads, command.kind == .read {
      answer(client, request, (.ok, registers.value(of: command.key)), &effects)
      return
    }
    guard log.count < Self.limit else {
      answer(client, request, (.fail, WordType.absent), &effects)
      return
    }
    store(LogEntry(term: term, command: command), &effects)
    if mistake == .answeredEarly, command.kind == .write {
      answer(client, request, (.ok, WordType.absent), &effects)
    } else {
      debts.append(Debt(index: log.count, term: term, client: client, request: request))
    }
    var ready = NodeSet()
    for node in next.indices where node != id.index && next[node] == log.count {
      if !unsure.contains(NodeID(node)) { ready.insert(NodeID(node)) }
    }
    if !ready.isEmpty { effects.send(message(from: log.count), to: ready) }
    advanceCommit(&effects)
  }

  mutating func countCopy(
    term told: Int64, last: Int64, of sender: NodeID, _ effects: inout Effects<Self>
  ) {
    raise(to: told, &effects)
    guard role == .leader, told == term else { return }
    match[sender.index] = max(match[sender.index], last)
    let isNew = unsure.remove(sender)
    let isNext = last >= next[sender.index]
    next[sender.index] = max(next[sender.index], last + 1)
    advanceCommit(&effects)
    guard isNew || isNext, next[sender.index] <= log.count else { return }
    effects.send(message(from: next[sender.index]), to: sender)
  }

  /// A log does not match: an earlier entry is tried, one that the follower may have.
  mutating func goBack(
    term told: Int64, previous: Int64, last: Int64, of sender: NodeID,
    _ effects: inout Effects<Self>
  ) {
    raise(to: told, &effects)
    guard role == .leader, told == term, previous == next[sender.index] - 1 else { return }
    next[sender.index] = max(1, min(previous, last + 1))
    effects.send(message(from: next[sender.index]), to: sender)
  }

  /// Commits what a majority has, if it is of the own term: section 5.4.2.
  private mutating func advanceCommit(_ effects: inout Effects<Self>) {
    guard role == .leader else { return }
    match[id.index] = log.count
    let copied = match.sorted(by: >)[majority - 1]
    let highest = mistake == .committedEarly ? log.count : copied
    guard highest > commit else { return }
    if log[highest].term == term || mistake == .oldTermCommitted {
      carryOut(to: highest, &effects)
    }
  }
}

/// Following: section 5.3 as a follower sees it.
extension RaftRegister {
  mutating func answer(
    _ append: Append, from sender: NodeID, _ effects: inout Effects<Self>
  ) {
    raise(to: append.term, &effects)
    let previous = append.previous
    guard append.term == term else {
      effects.send(.appendReject(term: term, previous: previous, last: log.count), to: sender)
      return
    }
    // Another leader of the own term is the work of a mistake.
    guard role != .leader else { return }
    follow(sender, &effects)
    let own = log.term(at: previous)
    let isUnchecked =
      mistake == .appendUnchecked || mistake == .heartbeatUnchecked && append.entry == nil
    guard own == append.previousTerm || own != nil && isUnchecked else {
      isSynced = false
      effects.send(.appendReject(term: term, previous: previous, last: log.count), to: sender)
      return
    }
    var last = previous
    if let entry = append.entry {
      last += 1
      take(entry, at: last, &effects)
    }
    carryOut(to: min(append.commit, last), &effects)
    if log.count >= append.commit { isSynced = true }
    effects.send(.appendAck(term: term, last: last), to: sender)
  }

  private mutating func follow(_ sender: NodeID, _ effects: inout Effects<Self>) {
    if role == .candidate { stepDown(&effects) }
    if leader != sender {
      leader = sender
      effects.observe(Observed.acceptedLeader, value: term)
    }
    waitForLeader(&effects)
  }

  /// An entry that is there stays, with those behind it; one of another term goes, with them.
  private mutating func take(
    _ entry: LogEntry, at index: Int64, _ effects: inout Effects<Self>
  ) {
    if index <= log.count {
      if log[index].term == entry.term, mistake != .appendTruncates { return }
      log.truncate(to: index - 1)
      commit = min(commit, log.count)
      effects.observe(Observed.truncated, value: log.count)
    }
    store(entry, &effects)
  }

  private mutating func store(_ entry: LogEntry, _ effects: inout Effects<Self>) {
    log.append(entry)
    effects.observe(Observed.appended, value: Observed.value(log.count, entry))
  }
}

/// Clients, and what the log says: figure 2, "all servers"; dissertation, chapter 6.
extension RaftRegister {
  /// Takes up calls until one has to wait.
  mutating func serve(_ effects: inout Effects<Self>) {
    while call == nil, let next = waiting.popFirst() { begin(next, &effects) }
  }

  private mutating func begin(_ call: ClientCall, _ effects: inout Effects<Self>) {
    guard let leader else {
      effects.complete(call.id, .fail)
      return
    }
    self.call = call
    request += 1
    effects.setTimer(.timeout, after: patience)
    let command = Self.command(of: call)
    if leader == id {
      propose(command, for: id, request: request, &effects)
    } else {
      effects.send(.forward(request: request, command: command), to: leader)
    }
  }

  /// The call of a client of this node is over.
  mutating func end(
    _ outcome: CallOutcome, value: Int64 = WordType.absent, _ effects: inout Effects<Self>
  ) {
    guard let call else { return }
    effects.cancelTimer(.timeout)
    effects.complete(call.id, outcome, value: outcome == .ok ? value : WordType.absent)
    self.call = nil
  }

  /// A node asks for a client: a request that was refused or taken once is not looked at again.
  mutating func take(
    _ command: RegisterCommand, request: Int64, from sender: NodeID,
    _ effects: inout Effects<Self>
  ) {
    if let place = taken.firstIndex(where: { $0.from == sender }) {
      guard request > taken[place].request || mistake == .copiesTaken else { return }
      taken[place].request = request
    } else {
      taken.append(Taken(from: sender, request: request))
    }
    if role == .leader {
      propose(command, for: sender, request: request, &effects)
    } else {
      answer(sender, request, (.fail, WordType.absent), &effects)
    }
  }

  mutating func answer(
    _ client: NodeID, _ request: Int64, _ result: (outcome: CallOutcome, value: Int64),
    _ effects: inout Effects<Self>
  ) {
    if client != id {
      let isOk = result.outcome == .ok
      effects.send(.answer(request: request, isOk: isOk, value: result.value), to: client)
    } else if request == self.request {
      end(result.outcome, value: result.value, &effects)
    }
  }

  /// Commits and carries out the entries up to one, and answers those whose calls they are.
  mutating func carryOut(to last: Int64, _ effects: inout Effects<Self>) {
    while commit < last {
      commit += 1
      let entry = log[commit]
      effects.observe(Observed.applied, value: Observed.value(commit, entry))
      let result = registers.carryOut(entry.command)
      while let place = debts.firstIndex(where: { $0.index == commit }) {
        let debt = debts.remove(at: place)
        // Where an entry of another term is committed, this one never will be.
        let isMeant = debt.term == entry.term
        answer(debt.client, debt.request, isMeant ? result : (.fail, WordType.absent), &effects)
      }
    }
  }

  private static func command(of call: ClientCall) -> RegisterCommand {
    switch call.kind {
    case CallKind.read: RegisterCommand(.read, key: call.first)
    case CallKind.write: RegisterCommand(.write, key: call.second, value: call.first)
    default: RegisterCommand(.cas, key: call.third, value: call.second, expected: call.first)
    }
  }
}
