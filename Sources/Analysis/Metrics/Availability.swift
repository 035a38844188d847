import SystemModel

/// Which nodes are available, and for how long groups were not.
///
/// A node is available while it is up and goes on, and leads or has accepted and synced with a
/// leader that is up and goes on, that a majority of all nodes can reach both ways, and that it can
/// reach itself. A group is unavailable until all its live nodes are available, and while it has
/// none.
struct Availability: Sendable {
  /// How a group has fared.
  struct GroupTime: Sendable {
    /// Since when it is unavailable; -1 while it is available.
    var since: Int64 = 0
    /// Nanoseconds of unavailability before that.
    var sum: Int64 = 0

    /// Nanoseconds of unavailability up to an instant.
    func total(at instant: Int64) -> Int64 { since < 0 ? sum : sum + max(0, instant - since) }
  }

  /// Whether each node is available.
  private(set) var nodes: ContiguousArray<Bool>
  /// All nodes, then each group in the order of the topology.
  private(set) var groups: ContiguousArray<GroupTime>
  /// For each fault and group, fault after fault, what had summed up when the fault first fired;
  /// -1 before.
  private var marks: ContiguousArray<Int64>
  /// Which nodes lead and can be reached both ways by a majority; kept to be used again.
  private var isReachableLeader: ContiguousArray<Bool>

  init(_ schema: WorldSchema) {
    nodes = ContiguousArray(repeating: false, count: schema.nodeCount)
    groups = ContiguousArray(repeating: GroupTime(), count: schema.topology.groups.count + 1)
    isReachableLeader = nodes
    let faults = min(schema.faults.count, Availability.faultLimit)
    marks = ContiguousArray(repeating: -1, count: faults * groups.count)
  }

  /// How many faults, the first of the plan, have metrics of unavailability of their own.
  static let faultLimit = 64

  mutating func reset() {
    for node in nodes.indices { nodes[node] = false }
    for group in groups.indices { groups[group] = GroupTime() }
    for place in marks.indices { marks[place] = -1 }
  }

  /// A fault fires; its first time counts.
  mutating func mark(fault: Int, at instant: Int64) {
    let first = fault * groups.count
    guard marks.indices.contains(first), marks[first] < 0 else { return }
    for group in groups.indices { marks[first + group] = groups[group].total(at: instant) }
  }

  /// Nanoseconds for which a group (0: all nodes) was unavailable up to an instant.
  func unavailable(group: Int, at instant: Int64) -> Int64 { groups[group].total(at: instant) }

  /// The same since a fault first fired; nil if it did not.
  func unavailable(group: Int, sinceFault fault: Int, at instant: Int64) -> Int64? {
    let place = fault * groups.count + group
    guard marks.indices.contains(place), marks[place] >= 0 else { return nil }
    return groups[group].total(at: instant) - marks[place]
  }
}

extension Availability {
  /// What a world shows of its nodes.
  struct Sight {
    let schema: WorldSchema
    let words: ContiguousArray<Int64>
    let isUp: ContiguousArray<Bool>
    let isPaused: ContiguousArray<Bool>
    let reach: Reachability

    func isLive(_ node: Int) -> Bool { isUp[node] && !isPaused[node] }

    func word(_ node: Int, _ field: Int) -> Int64 { words[node * schema.fieldCount + field] }

    func leads(_ node: Int) -> Bool {
      word(node, schema.roleField) == schema.leaderWord && isLive(node)
    }

    /// Whether more than half of all nodes, itself included, reach a node and are reached by it.
    func isReachedByMajority(_ leader: Int) -> Bool {
      var reached = 0
      for node in isUp.indices where isLive(node) {
        let (mine, other) = (NodeID(leader), NodeID(node))
        if reach.reaches(mine, other), reach.reaches(other, mine) { reached += 1 }
      }
      return reached > isUp.count / 2
    }
  }

  /// Looks anew at who is available after an event; tells whether that changed for a node.
  mutating func refresh(_ sight: Sight, at instant: Int64) -> Bool {
    let schema = sight.schema
    guard schema.roleField >= 0, schema.leaderField >= 0, schema.syncedField >= 0 else {
      return false
    }
    for node in nodes.indices {
      isReachableLeader[node] = sight.leads(node) && sight.isReachedByMajority(node)
    }
    var hasChanged = false
    for node in nodes.indices {
      let isAvailable = sight.isLive(node) && isServed(node, sight)
      hasChanged = hasChanged || isAvailable != nodes[node]
      nodes[node] = isAvailable
    }
    refresh(group: 0, schema.topology.nodes, sight, at: instant)
    for (place, group) in schema.topology.groups.enumerated() {
      refresh(group: place + 1, group.nodes.members, sight, at: instant)
    }
    return hasChanged
  }

  private func isServed(_ node: Int, _ sight: Sight) -> Bool {
    if isReachableLeader[node] { return true }
    let leader = Int(truncatingIfNeeded: sight.word(node, sight.schema.leaderField))
    guard isReachableLeader.indices.contains(leader), leader != node, isReachableLeader[leader]
    else { return false }
    return sight.word(node, sight.schema.syncedField) == 1
      && sight.reach.reaches(NodeID(node), NodeID(leader))
  }

  private mutating func refresh(
    group: Int, _ members: [NodeID], _ sight: Sight, at instant: Int64
  ) {
    var live = 0
    var served = 0
    for node in members where sight.isLive(node.index) {
      live += 1
      if nodes[node.index] { served += 1 }
    }
    let isAvailable = live > 0 && served == live
    if isAvailable, groups[group].since >= 0 {
      groups[group].sum += instant - groups[group].since
      groups[group].since = -1
    } else if !isAvailable, groups[group].since < 0 {
      groups[group].since = instant
    }
  }
}
