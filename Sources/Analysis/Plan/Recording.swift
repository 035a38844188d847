public import SystemModel

/// What a recorded history calls those who call, and where it says what.
public struct Recording: Sendable {
  /// The names of clients, by their numbers.
  private let clients: [Int32: String]
  /// The line of each record of the trace, counted from 1.
  private let lines: [Int32]
  /// Which record each call begins and ends with, in the order of the calls; -1 for one that is open.
  private var calls: [(begin: Int, end: Int)] = []

  /// A recording: the names of the clients by their numbers, and the line of each record.
  public init(_ trace: Trace, clients: [Int32: String], lines: [Int32]) {
    precondition(lines.count == trace.records.count, "a line for each record")
    self.clients = clients
    self.lines = lines
    for (place, record) in trace.records.enumerated() {
      switch record.kind {
      case .callInvoked: calls.append((place, -1))
      case .callCompleted where calls.indices.contains(Int(record.id)):
        calls[Int(record.id)].end = place
      default: break
      }
    }
  }

  func name(ofClient number: Int32) -> String? { clients[number] }

  /// The line of a record; nil if the history has none for it.
  func line(ofRecord place: Int) -> Int32? {
    lines.indices.contains(place) && lines[place] > 0 ? lines[place] : nil
  }

  func beginLine(ofCall call: Int) -> Int32? {
    calls.indices.contains(call) ? line(ofRecord: calls[call].begin) : nil
  }

  func endLine(ofCall call: Int) -> Int32? {
    calls.indices.contains(call) ? line(ofRecord: calls[call].end) : nil
  }
}
