public import SystemModel

/// Writes which fields of a machine changed.
@usableFromInline struct FieldRecorder: Sendable {
  /// The watched fields that are one word, by their places in the declarations.
  @usableFromInline let scalars: ContiguousArray<Int>
  /// The watched fields that are lists.
  @usableFromInline let lists: ContiguousArray<Int>
  /// Whether any field is watched.
  @usableFromInline let watches: Bool
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
    watches = !scalars.isEmpty || !lists.isEmpty
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
