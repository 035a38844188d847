import SystemModel

/// The calls of a history that have not ended, by their numbers and by who made them.
struct OpenCalls {
  struct Call {
    let client: Int32
    let node: NodeID
    let number: Int64
    let kind: UInt8
    let words: [Int64]
  }

  /// The calls of a client in the order in which they were made. One that has ended is passed over
  /// when its turn comes, unless it was the last.
  private struct Turns {
    private var numbers: [Int64] = []
    private var start = 0

    mutating func add(_ number: Int64) { numbers.append(number) }

    mutating func end(_ number: Int64) {
      if start < numbers.count, numbers.last == number { numbers.removeLast() }
    }

    mutating func first(of open: [Int64: Call]) -> Call? {
      while start < numbers.count {
        if let call = open[numbers[start]] { return call }
        start += 1
      }
      numbers.removeAll(keepingCapacity: true)
      start = 0
      return nil
    }
  }

  private var calls: [Int64: Call] = [:]
  private var turns: [Int32: Turns] = [:]

  /// The open call of a number.
  subscript(number: Int64) -> Call? { calls[number] }

  /// The call of a client that has been open longest.
  mutating func first(of client: Int32) -> Call? { turns[client]?.first(of: calls) }

  mutating func add(_ call: Call) {
    calls[call.number] = call
    turns[call.client, default: Turns()].add(call.number)
  }

  /// Takes the call of a number out; nil if none is open.
  mutating func end(_ number: Int64) -> Call? {
    guard let call = calls.removeValue(forKey: number) else { return nil }
    turns[call.client]?.end(number)
    return call
  }
}
