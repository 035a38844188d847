import SystemModel

/// The messages that are under way, in the order of their numbers, which is that of sending.
struct InFlightMessages: Sendable {
  struct Message: Sendable {
    let id: Int64
    let from: NodeID
    let to: NodeID
    let sent: Int64
    let payload: MessagePayload
  }

  private(set) var messages: ContiguousArray<Message> = []

  mutating func reset() { messages.removeAll(keepingCapacity: true) }

  mutating func add(_ record: TraceRecord) {
    insert(
      Message(
        id: record.id, from: record.from, to: record.to, sent: record.at, payload: record.payload))
  }

  /// A copy is under way as well; its original, if that is known, has the content.
  mutating func addCopy(_ record: TraceRecord) {
    let content = find(record.first)?.payload ?? MessagePayload(record.code)
    insert(
      Message(
        id: record.id, from: record.from, to: record.to, sent: record.at, payload: content))
  }

  /// A message has arrived or is lost; no harm if it had arrived before.
  mutating func remove(_ id: Int64) {
    let place = firstPlace(notBelow: id)
    if place < messages.count, messages[place].id == id { messages.remove(at: place) }
  }

  /// The message of a number, if it is under way.
  func find(_ id: Int64) -> Message? {
    let place = firstPlace(notBelow: id)
    return place < messages.count && messages[place].id == id ? messages[place] : nil
  }

  private mutating func insert(_ message: Message) {
    if let last = messages.last, last.id >= message.id {
      messages.insert(message, at: firstPlace(notBelow: message.id))
    } else {
      messages.append(message)
    }
  }

  private func firstPlace(notBelow id: Int64) -> Int {
    var low = 0
    var high = messages.count
    while low < high {
      let middle = (low + high) / 2
      if messages[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
