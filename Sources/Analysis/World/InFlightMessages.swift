import SystemModel

/// The messages that are under way, in the order of their numbers, which is that of sending.
///
/// They stand in blocks, so that one that arrives makes room in its block alone, however many are
/// under way: to follow messages costs little while nobody looks at them.
struct InFlightMessages: Sendable {
  struct Message: Sendable {
    let id: Int64
    let from: NodeID
    let to: NodeID
    let sent: Int64
    let payload: MessagePayload
  }

  /// How many messages a block is begun with; twice as many at the most.
  private static let blockSize = 64

  /// None is empty.
  private var blocks: ContiguousArray<ContiguousArray<Message>> = []
  /// How many messages are under way.
  private(set) var count = 0
  /// The block that was looked at last, and how many messages stand in those before it.
  private var near = (block: 0, start: 0)

  mutating func reset() {
    blocks.removeAll(keepingCapacity: true)
    count = 0
    near = (0, 0)
  }

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
    guard let (block, place) = place(of: id) else { return }
    blocks[block].remove(at: place)
    if blocks[block].isEmpty { blocks.remove(at: block) }
    count -= 1
    near = (0, 0)
  }

  /// The message of a number, if it is under way.
  func find(_ id: Int64) -> Message? {
    place(of: id).map { blocks[$0.block][$0.place] }
  }

  /// The message at a place in the order, counted from 0; quick beside the one before.
  @inline(__always)
  mutating func message(at place: Int) -> Message {
    while place < near.start {
      near.block -= 1
      near.start -= blocks[near.block].count
    }
    while place - near.start >= blocks[near.block].count {
      near.start += blocks[near.block].count
      near.block += 1
    }
    return blocks[near.block][place - near.start]
  }

  /// Something about each message, in their order.
  func map<Result>(_ body: (Message) -> Result) -> [Result] {
    var results: [Result] = []
    results.reserveCapacity(count)
    for block in blocks { for message in block { results.append(body(message)) } }
    return results
  }

  private mutating func insert(_ message: Message) {
    count += 1
    near = (0, 0)
    guard let last = blocks.last?.last, last.id >= message.id else {
      append(message)
      return
    }
    let block = block(of: message.id)
    blocks[block].insert(message, at: firstPlace(notBelow: message.id, in: blocks[block]))
    guard blocks[block].count > 2 * Self.blockSize else { return }
    blocks.insert(ContiguousArray(blocks[block][Self.blockSize...]), at: block + 1)
    blocks[block].removeSubrange(Self.blockSize...)
  }

  private mutating func append(_ message: Message) {
    if let block = blocks.indices.last, blocks[block].count < Self.blockSize {
      blocks[block].append(message)
    } else {
      var block: ContiguousArray<Message> = []
      block.reserveCapacity(Self.blockSize)
      block.append(message)
      blocks.append(block)
    }
  }

  private func place(of id: Int64) -> (block: Int, place: Int)? {
    guard !blocks.isEmpty else { return nil }
    let block = block(of: id)
    let place = firstPlace(notBelow: id, in: blocks[block])
    return place < blocks[block].count && blocks[block][place].id == id ? (block, place) : nil
  }

  /// The block in which a number stands, or belongs: the last that begins with none above it.
  private func block(of id: Int64) -> Int {
    var low = 0
    var high = blocks.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if blocks[middle][0].id <= id { low = middle } else { high = middle }
    }
    return low
  }

  private func firstPlace(notBelow id: Int64, in block: ContiguousArray<Message>) -> Int {
    var low = 0
    var high = block.count
    while low < high {
      let middle = (low + high) / 2
      if block[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
