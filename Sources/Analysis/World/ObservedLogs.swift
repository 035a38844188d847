import SystemModel

/// The logs of all nodes, as the observations of the log family tell them.
struct ObservedLogs: Sendable {
  /// An entry as it is told; what is equal in it counts as equal.
  struct Entry: Hashable, Sendable {
    let term: Int64
    /// What it writes; absent if nothing.
    let value: Int64
  }

  /// What an observation says of a log.
  enum Change {
    /// The entry at an index is the last one now.
    case appended(Int64)
    /// Only the entries up to an index are left.
    case cut(Int64)
    /// The entry of an index was carried out.
    case applied(Int64, Entry)
  }

  /// The values of the observations that tell an entry.
  static let entryFields = "index, term, value"

  private var logs: [[Entry]]
  private let appended, truncated, applied, loaded: UInt8
  private let index, term, value: WordPart
  private let symbols: SymbolTable

  init(_ schema: WorldSchema) {
    let description = schema.description
    logs = Array(repeating: [], count: schema.nodeCount)
    appended = description.place(ofObservation: "appended")
    truncated = description.place(ofObservation: "truncated")
    applied = description.place(ofObservation: "applied")
    loaded = description.place(ofObservation: "loaded")
    let entry = description.observations[Int(appended)]
    func part(_ name: String) -> WordPart {
      entry.fields.firstIndex { $0.name == name }.map { entry.parts[$0] } ?? .whole(0)
    }
    (index, term, value) = (part("index"), part("term"), part("value"))
    symbols = schema.symbols
  }

  mutating func reset() {
    for node in logs.indices { logs[node].removeAll(keepingCapacity: true) }
  }

  /// The entry of a node at an index, counted from 1; nil behind the last.
  func entry(_ index: Int64, of node: NodeID) -> Entry? {
    logs[node.index].indices.contains(Int(index) - 1) ? logs[node.index][Int(index) - 1] : nil
  }

  /// Takes an observation in; nil if it is about no log.
  mutating func take(_ record: TraceRecord) -> Change? {
    let node = record.from.index
    switch record.code {
    case appended:
      let place = index.value(in: record.first)
      guard place > 0 else { return nil }
      cut(node, to: place - 1)
      logs[node].append(entry(record.first))
      return .appended(place)
    case truncated, loaded:
      cut(node, to: record.first)
      return .cut(record.first)
    case applied:
      let place = index.value(in: record.first)
      return place > 0 ? .applied(place, entry(record.first)) : nil
    default: return nil
    }
  }

  /// An entry in words.
  func text(_ entry: Entry) -> String {
    let written = entry.value == WordType.absent ? "" : " with \"\(symbols.text(entry.value))\""
    return "an entry of term \(entry.term)\(written)"
  }

  private mutating func cut(_ node: Int, to last: Int64) {
    logs[node].removeLast(max(0, logs[node].count - Int(max(0, last))))
  }

  private func entry(_ word: Int64) -> Entry {
    Entry(term: term.value(in: word), value: value.value(in: word))
  }
}
