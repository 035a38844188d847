/// For each topic, who wants to know that it has changed.
struct AttentionIndex: Sendable {
  /// The topics that somebody wants to know about.
  private(set) var wanted: Topics = []
  /// The places of those who want to know, topic after topic, and where each topic's begin.
  private var places: ContiguousArray<Int32> = []
  private var starts: ContiguousArray<Int32>

  /// An index of places by the topics that they read; a topic's places keep their order.
  init(_ readers: [(place: Int, reads: Topics)]) {
    starts = [0]
    for bit in 0..<64 as Range<UInt64> {
      let topic = Topics(rawValue: 1 << bit)
      for reader in readers where reader.reads.contains(topic) {
        places.append(Int32(reader.place))
      }
      starts.append(Int32(places.count))
    }
    for reader in readers { wanted.formUnion(reader.reads) }
  }

  /// Calls a function with each place that reads one of some topics; one that reads several of them
  /// comes several times.
  @inline(__always)
  func forEach(reading changed: Topics, _ body: (Int) -> Void) {
    var rest = changed.intersection(wanted).rawValue
    while rest != 0 {
      let bit = rest.trailingZeroBitCount
      rest &= rest - 1
      for index in Int(starts[bit])..<Int(starts[bit + 1]) { body(Int(places[index])) }
    }
  }
}
