import SystemModel

/// What is to be done to a register, as an entry of a log says it.
public struct RegisterCommand: Hashable, Sendable, BitwiseCopyable {
  /// What it does, in the order of the declared words.
  public enum Kind: Int64, Sendable, BitwiseCopyable {
    /// Nothing: an entry with which a leader begins its term.
    case none
    /// Tells the value.
    case read
    /// Replaces the value.
    case write
    /// Replaces the value if it is the expected one.
    case cas
  }

  /// What it does.
  public let kind: Kind
  /// Which register.
  public let key: Int64
  /// The new value.
  public let value: Int64
  /// What a `cas` must find.
  public let expected: Int64

  init(
    _ kind: Kind, key: Int64 = WordType.absent, value: Int64 = WordType.absent,
    expected: Int64 = WordType.absent
  ) {
    self.kind = kind
    self.key = key
    self.value = value
    self.expected = expected
  }
}

/// An entry of a log: a command, and the term of the leader that took it.
struct LogEntry: Hashable {
  let term: Int64
  let command: RegisterCommand
}

/// The entries of a log, which are counted from 1.
struct ReplicatedLog: Hashable {
  private var entries: [LogEntry] = []

  /// How many entries there are: the index of the last one.
  var count: Int64 { Int64(entries.count) }

  /// The term of the last entry; 0 if there is none.
  var lastTerm: Int64 { entries.last?.term ?? 0 }

  /// An entry.
  subscript(index: Int64) -> LogEntry { entries[Int(index) - 1] }

  /// The term of an entry; 0 in front of the first, nil behind the last.
  func term(at index: Int64) -> Int64? {
    if index == 0 { return 0 }
    return index <= count ? self[index].term : nil
  }

  mutating func append(_ entry: LogEntry) { entries.append(entry) }

  /// Takes out what is behind an entry.
  mutating func truncate(to last: Int64) { entries.removeLast(Int(max(0, count - last))) }
}

/// The values of registers, which are equal wherever the same commands were carried out.
struct RegisterFile: Hashable {
  private struct Register: Hashable {
    let key: Int64
    var value: Int64
  }

  /// By key.
  private var registers: [Register] = []

  /// How many were ever written.
  var count: Int { registers.count }

  /// The value of a register; absent if it was never written.
  func value(of key: Int64) -> Int64 {
    let place = place(of: key)
    return has(key, at: place) ? registers[place].value : WordType.absent
  }

  /// Does what a command says; tells what its client is told.
  mutating func carryOut(_ command: RegisterCommand) -> (outcome: CallOutcome, value: Int64) {
    switch command.kind {
    case .none: break
    case .read: return (.ok, value(of: command.key))
    case .write: set(command.key, to: command.value)
    case .cas:
      guard value(of: command.key) == command.expected else { return (.fail, WordType.absent) }
      set(command.key, to: command.value)
    }
    return (.ok, WordType.absent)
  }

  private mutating func set(_ key: Int64, to value: Int64) {
    let place = place(of: key)
    if has(key, at: place) {
      registers[place].value = value
    } else {
      registers.insert(Register(key: key, value: value), at: place)
    }
  }

  private func has(_ key: Int64, at place: Int) -> Bool {
    place < registers.count && registers[place].key == key
  }

  /// Where a key is, or belongs.
  private func place(of key: Int64) -> Int {
    var low = 0
    var high = registers.count
    while low < high {
      let middle = (low + high) / 2
      if registers[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
