public import SystemModel

/// A running 64-bit hash of a run: of every delivery, timer, call, fault and loss, each with its
/// instant, its nodes and its content, in order. Equal runs have equal hashes everywhere.
public struct TraceHash: Hashable, Sendable, BitwiseCopyable {
  /// The hash so far.
  @inlinable public var value: UInt64 { state }
  @usableFromInline var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Nothing has happened.
  @inlinable public init() {}

  /// Takes in one thing that happened: `what` is the class and the nodes, packed as in an event's
  /// key without its order.
  @inlinable public mutating func combine(at: Int64, what: UInt64, _ payload: MessagePayload) {
    var word = UInt64(bitPattern: at) &* 0x9FB2_1C65_1E98_DF25
    word ^= what &* 0xD6E8_FEB8_6659_FD93
    word ^= UInt64(bitPattern: payload.first) &* 0xA076_1D64_78BD_642F
    word ^= UInt64(bitPattern: payload.second) &* 0xE703_7ED1_A0B4_28DB
    word ^= (UInt64(bitPattern: payload.third) &+ UInt64(payload.kind)) &* 0x8EBC_6AF0_9C88_C6E3
    mix(word)
  }

  @inlinable mutating func mix(_ word: UInt64) {
    let product = (state ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    state = product.low ^ product.high
  }

  /// The hash as 16 hexadecimal digits.
  public var text: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// Messages by kind and fate, counted whether or not a trace is written.
public struct MessageCounts: Hashable, Sendable {
  /// Copies given to the network, by kind.
  @inlinable public var wire: ContiguousArray<Int> { wireCounts }
  /// Messages of which a broadcast counts once, by kind.
  @inlinable public var logical: ContiguousArray<Int> { logicalCounts }
  /// Messages that have arrived.
  @inlinable public var delivered: Int { deliveredCount }
  /// Messages that were lost, for whatever reason.
  @inlinable public var dropped: Int { droppedCount }
  /// Copies that links or faults made.
  @inlinable public var duplicated: Int { duplicatedCount }

  @usableFromInline var wireCounts: ContiguousArray<Int>
  @usableFromInline var logicalCounts: ContiguousArray<Int>
  @usableFromInline var deliveredCount = 0
  @usableFromInline var droppedCount = 0
  @usableFromInline var duplicatedCount = 0

  /// No messages yet.
  @inlinable public init(kinds: Int) {
    wireCounts = ContiguousArray(repeating: 0, count: kinds)
    logicalCounts = ContiguousArray(repeating: 0, count: kinds)
  }

  /// Goes back to no messages.
  @inlinable mutating func reset() {
    for kind in wireCounts.indices {
      wireCounts[kind] = 0
      logicalCounts[kind] = 0
    }
    deliveredCount = 0
    droppedCount = 0
    duplicatedCount = 0
  }

  @inlinable mutating func countSent(kind: UInt8, logical isLogical: Bool) {
    wireCounts[Int(kind)] &+= 1
    logicalCounts[Int(kind)] &+= isLogical ? 1 : 0
  }
  @inlinable mutating func countDelivered() { deliveredCount &+= 1 }
  @inlinable mutating func countDropped() { droppedCount &+= 1 }
  @inlinable mutating func countDuplicated() { duplicatedCount &+= 1 }
}

/// Writes which fields of a machine changed.
@usableFromInline struct FieldRecorder: Sendable {
  /// The watched fields that are one word, by their places in the declarations.
  @usableFromInline let scalars: ContiguousArray<Int>
  /// The watched fields that are lists.
  @usableFromInline let lists: ContiguousArray<Int>
  /// The last word of each watched scalar of each node.
  @usableFromInline var words: ContiguousArray<Int64>
  /// The last words of each watched list of each node.
  @usableFromInline var listWords: ContiguousArray<[Int64]>

  @usableFromInline init(_ description: ProtocolDescription, watched: [Bool], nodeCount: Int) {
    var scalars: ContiguousArray<Int> = []
    var lists: ContiguousArray<Int> = []
    for (place, field) in description.fields.enumerated() where watched[place] {
      if field.type == .nodeList { lists.append(place) } else { scalars.append(place) }
    }
    self.scalars = scalars
    self.lists = lists
    words = ContiguousArray(repeating: 0, count: nodeCount * scalars.count)
    listWords = ContiguousArray(repeating: [], count: nodeCount * lists.count)
  }

  /// Goes back to the start of a run; words are taken down anew at the start.
  @inlinable mutating func reset() {
    for place in listWords.indices { listWords[place].removeAll(keepingCapacity: true) }
  }

  @inlinable mutating func recordChanges<Machine: StateMachine>(
    of machine: Machine, at node: NodeID, now: Int64, _ records: inout ContiguousArray<TraceRecord>
  ) {
    var place = node.index &* scalars.count
    for field in scalars {
      let word = machine.word(ofField: field)
      if words[place] != word {
        words[place] = word
        records.append(change(field, at: node, now: now, word))
      }
      place &+= 1
    }
    if !lists.isEmpty { recordLists(of: machine, at: node, now: now, &records) }
  }

  @inlinable func change(_ field: Int, at node: NodeID, now: Int64, _ word: Int64) -> TraceRecord {
    TraceRecord(
      .fieldChanged, at: now, from: node, to: node, code: UInt8(truncatingIfNeeded: field),
      first: word)
  }

  /// Writes every watched field, at the start.
  @inlinable mutating func recordAll<Machine: StateMachine>(
    of machine: Machine, at node: NodeID, now: Int64, _ records: inout ContiguousArray<TraceRecord>
  ) {
    var place = node.index &* scalars.count
    for field in scalars {
      let word = machine.word(ofField: field)
      words[place] = word
      records.append(change(field, at: node, now: now, word))
      place &+= 1
    }
    recordLists(of: machine, at: node, now: now, &records)
  }

  @inlinable mutating func recordLists<Machine: StateMachine>(
    of machine: Machine, at node: NodeID, now: Int64, _ records: inout ContiguousArray<TraceRecord>
  ) {
    var place = node.index &* lists.count
    for field in lists {
      let list = machine.list(ofField: field)
      if listWords[place] != list {
        listWords[place] = list
        Self.append(list, field, at: node, now: now, &records)
      }
      place &+= 1
    }
  }

  @usableFromInline static func append(
    _ list: [Int64], _ field: Int, at node: NodeID, now: Int64,
    _ records: inout ContiguousArray<TraceRecord>
  ) {
    var start = 0
    repeat {
      func word(_ offset: Int) -> Int64 { start + offset < list.count ? list[start + offset] : 0 }
      records.append(
        TraceRecord(
          start == 0 ? .listChanged : .continued, at: now, from: node, to: node,
          id: Int64(list.count), code: UInt8(truncatingIfNeeded: field), first: word(0),
          second: word(1), third: word(2)))
      start += 3
    } while start < list.count
  }
}
