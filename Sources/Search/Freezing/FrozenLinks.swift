import ScenarioSyntax
import SystemModel

/// Takes the chance out of `latencies`: laws become constants, and losses, copies and reordering go.
struct FrozenLinks {
  private let topology: Topology
  private let isFull: Bool
  private var draft: ScenarioDraft
  /// How long the messages of each entry were on their way, by its place; the last are those of
  /// `default`.
  private var flights: [[Int64]] = []
  /// The ends of the entries of `links` that say a latency: the senders, receivers, and whether they
  /// are nodes both.
  private var ends: [(from: NodeSet, to: NodeSet, isPair: Bool)?] = []

  /// The draft with constants instead of laws; each is the one that needs the fewest exceptions.
  static func frozen(
    _ draft: ScenarioDraft, _ topology: Topology, _ flights: [DrawNotes.Flight]
  ) -> ScenarioDraft {
    var links = FrozenLinks(draft, topology)
    links.sort(flights)
    links.freeze()
    return links.draft
  }

  private init(_ draft: ScenarioDraft, _ topology: Topology) {
    self.draft = draft
    self.topology = topology
    isFull = draft[["topology", "shape"]]?.text ?? "full" == "full"
    let entries = draft[["latencies", "links"]]?.items ?? []
    ends = entries.map { $0["latency"] == nil ? nil : ends(of: $0) }
    self.flights = Array(repeating: [], count: entries.count + 1)
  }

  private func ends(of entry: DraftValue) -> (from: NodeSet, to: NodeSet, isPair: Bool)? {
    let names =
      entry["between"]?.items?.compactMap(\.text)
      ?? [entry["from"]?.text, entry["to"]?.text].compactMap { $0 }
    let sets = names.compactMap { nodes($0) }
    guard sets.count == 2 else { return nil }
    let isPair = names.allSatisfy { topology.names.contains($0) }
    guard entry["between"] != nil else { return (sets[0], sets[1], isPair) }
    return (sets[0], sets[1], isPair)
  }

  private func nodes(_ name: String) -> NodeSet? {
    if let place = topology.names.firstIndex(of: name) { return NodeSet([NodeID(place)]) }
    return topology.groups.first { $0.name == name }?.nodes
  }

  /// Gives each message to the entry that says its latency.
  private mutating func sort(_ all: [DrawNotes.Flight]) {
    let isBothWays = (draft[["latencies", "links"]]?.items ?? []).map { $0["between"] != nil }
    var known: [UInt32: Int] = [:]
    for message in all {
      guard let flight = message.flight, !message.isCut else { continue }
      let key = LinkPolicies.key(message.from, message.to)
      let place = known[key] ?? entry(message.from, message.to, isBothWays)
      known[key] = place
      flights[place].append(flight)
    }
  }

  private func entry(_ from: NodeID, _ to: NodeID, _ isBothWays: [Bool]) -> Int {
    func speaks(_ place: Int) -> Bool {
      guard let ends = ends[place] else { return false }
      return ends.from.contains(from) && ends.to.contains(to)
        || isBothWays[place] && ends.from.contains(to) && ends.to.contains(from)
    }
    let places = ends.indices.filter { speaks($0) }
    return places.first { ends[$0]?.isPair == true } ?? places.first ?? ends.count
  }

  private mutating func freeze() {
    let entries = draft[["latencies", "links"]]?.items ?? []
    for place in entries.indices.reversed() {
      let path: DraftPath = ["latencies", "links", .item(place)]
      freezeLaw(at: path.appending(.key("latency")), flights[place])
      removeChances(at: path)
      let keys = draft[path]?.entries?.map(\.key) ?? []
      if keys.allSatisfy({ ["between", "from", "to"].contains($0) }) { draft.remove(path) }
    }
    let fallback: DraftPath = ["latencies", "default"]
    guard draft[fallback] != nil else { return }
    let latency = fallback.appending(.key("latency"))
    freezeLaw(at: draft[latency] == nil ? fallback : latency, flights[entries.count])
    removeChances(at: fallback)
    if let value = draft[fallback], let only = value.entries, only.count == 1,
      only[0].key == "latency"
    {
      draft[fallback] = value.with(only[0].value.content)
    }
  }

  private mutating func freezeLaw(at path: DraftPath, _ flights: [Int64]) {
    guard let value = draft[path], let law = FrozenLaw(value) else { return }
    let span = isFull ? FrozenConstant.best(flights, near: law.middle) : law.middle
    draft[path] = value.with(DraftValue.duration(span).content)
  }

  private mutating func removeChances(at path: DraftPath) {
    for key in ["loss", "duplicate"] {
      let place = path.appending(.key(key))
      if let value = draft[place], !value.isCertain || value.text?.hasPrefix("0") == true {
        draft.remove(place)
      }
    }
    let reorder = path.appending(.key("reorder"))
    if draft[reorder] != nil { draft.remove(reorder) }
  }
}

/// The constant that takes the place of a law.
enum FrozenConstant {
  /// The value that comes most often; of several the one next to the middle of the law, and of two
  /// next to it the lower. Without any value the middle.
  static func best(_ values: [Int64], near middle: Int64) -> Int64 {
    let sorted = values.sorted()
    var best: (value: Int64, count: Int)?
    var place = 0
    while place < sorted.count {
      var end = place
      while end < sorted.count, sorted[end] == sorted[place] { end += 1 }
      let found = (value: sorted[place], count: end - place)
      if let known = best {
        let isNearer =
          found.count == known.count && abs(found.value - middle) < abs(known.value - middle)
        if found.count > known.count || isNearer { best = found }
      } else {
        best = found
      }
      place = end
    }
    return best?.value ?? middle
  }
}
