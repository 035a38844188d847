import SystemModel

/// For each moment and kind of message, the points that wait for it.
struct MessagePointIndex: Sendable {
  /// The moments that points wait for, as what an event changes.
  private(set) var wanted: Topics = []
  private let kinds: Int
  /// The places of the points, moment after moment and kind after kind, and where each begins.
  private var places: ContiguousArray<Int32> = []
  private var starts: ContiguousArray<Int32> = [0]

  private static let moments: [MessageEvent.Moment] = [.sent, .delivered, .dropped]

  /// An index of points of a protocol with some kinds of messages.
  init(_ points: ContiguousArray<PointTracker>, kinds: Int) {
    self.kinds = kinds
    for moment in Self.moments {
      for kind in 0..<kinds {
        for (place, point) in points.enumerated() {
          guard case .message(let event) = point.kind, event.moment == moment,
            event.messages.kinds.isEmpty || event.messages.kinds.contains(UInt8(kind))
          else { continue }
          places.append(Int32(place))
          wanted.formUnion(point.topics)
        }
        starts.append(Int32(places.count))
      }
    }
  }

  /// Calls a function with each point that waits for such a moment of such a message.
  @inline(__always)
  func forEach(awaiting record: TraceRecord, _ body: (Int) -> Void) {
    let moment: Int
    switch record.kind {
    case .sent: moment = 0
    case .delivered: moment = 1
    case .dropped: moment = 2
    default: return
    }
    let slot = moment * kinds + Int(record.code)
    for index in Int(starts[slot])..<Int(starts[slot + 1]) { body(Int(places[index])) }
  }
}
