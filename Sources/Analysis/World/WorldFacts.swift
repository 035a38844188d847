public import Expressions
public import SystemModel

/// The state of the nodes before anything has happened: by node, the words of the protocol's
/// fields in the order of their declarations; nil where a field is a list.
public typealias InitialWords = [[Int64?]]

extension WorldEnvironment {
  /// What is known of every state of a run, whatever happens in it: what never changes, and how low
  /// and high numbers go. Numbers of fields, counts and times are never below 0.
  public func facts(
    _ description: ProtocolDescription, _ topology: Topology, until limit: Instant
  ) -> StaticFacts {
    facts(WorldFacts(self, description, topology, times: 0...limit.nanoseconds, initial: nil))
  }

  /// What is known of the first state.
  public func initialFacts(
    _ description: ProtocolDescription, _ topology: Topology, _ words: InitialWords,
    symbols: SymbolTable
  ) -> StaticFacts {
    facts(
      WorldFacts(
        self, description, topology, times: 0...0, initial: words, symbols: symbols.texts))
  }

  private func facts(_ facts: WorldFacts) -> StaticFacts {
    StaticFacts(root: { facts.root($0) }, field: { facts.field($1, ofType: $0, index: $2) })
  }
}

/// Answers what is known of names and fields before a run.
private struct WorldFacts: Sendable {
  private static let counts = Prospect.whole(0...Int64.max)

  private let environment: WorldEnvironment
  private let description: ProtocolDescription
  private let topology: Topology
  private let times: ClosedRange<Int64>
  private let initial: InitialWords?
  private let symbols: [String]

  init(
    _ environment: WorldEnvironment, _ description: ProtocolDescription, _ topology: Topology,
    times: ClosedRange<Int64>, initial: InitialWords?, symbols: [String] = []
  ) {
    self.environment = environment
    self.description = description
    self.topology = topology
    self.times = times
    self.initial = initial
    self.symbols = symbols
  }

  func root(_ slot: Int) -> Prospect {
    switch environment.slots[slot] {
    case .nodes:
      let count = Int64(topology.count)
      return .list(count: count...count, of: object(.node, nil))
    case .node(let index): return object(.node, index)
    case .now: return .whole(times)
    case .calls:
      let isEmpty = initial != nil || description.calls.isEmpty
      return .list(count: isEmpty ? 0...0 : 0...Int64.max, of: object(.call, nil))
    case .messages: return .list(count: 0...Int64.max, of: object(.message, nil))
    case .message: return object(.message, nil)
    case .fault(let index): return object(.fault, index)
    case .metric(let place):
      guard environment.metrics[place].least != nil else { return .anything }
      switch environment.metrics[place].unit {
      case .count, .duration: return Self.counts
      case .ratio: return .real(0...Double.greatestFiniteMagnitude)
      }
    case .leader, .parameter: return .anything
    }
  }

  func field(_ object: Int?, ofType type: Int, index field: Int) -> Prospect {
    switch WorldEnvironment.ObjectKind(rawValue: type) {
    case .node: return node(object, environment.nodeFields[field])
    case .message:
      return WorldTypes.MessageField(rawValue: field) == .sent ? .whole(times) : .anything
    case .call:
      switch WorldTypes.CallField(rawValue: field) {
      case .id, .client: return Self.counts
      case .invoked: return .whole(times)
      default: return .anything
      }
    case .fault:
      return WorldTypes.FaultField(rawValue: field) == .fired ? Self.counts : .anything
    case nil: return .anything
    }
  }

  private func object(_ kind: WorldEnvironment.ObjectKind, _ index: Int?) -> Prospect {
    .object(type: kind.rawValue, index: index)
  }

  private func node(_ node: Int?, _ field: WorldEnvironment.NodeField) -> Prospect {
    switch field {
    case .name: return node.map { .oneOf([topology.names[$0]]) } ?? .anything
    case .index:
      let index = node.map { Int64($0)...Int64($0) }
      return .whole(index ?? 0...Int64(topology.count - 1))
    case .handling: return Self.counts
    case .isUp: return initial == nil ? .open : .known(true)
    case .isPaused: return initial == nil ? .open : .known(false)
    case .word(let place): return word(place, of: node)
    case .groups, .group, .isAvailable: return .anything
    }
  }

  private func word(_ place: Int, of node: Int?) -> Prospect {
    let field = description.fields[place]
    guard !field.nullable else { return .anything }
    if let initial {
      let words = (node.map { [initial[$0]] } ?? initial).map { $0[place] }
      let known = words.map { word in word.map { value($0, field.type) } ?? .anything }
      return known.dropFirst().reduce(known.first ?? .anything) { $0.joined(with: $1) }
    }
    switch field.type {
    case .int, .duration: return Self.counts
    default: return .anything
    }
  }

  private func value(_ word: Int64, _ type: WordType) -> Prospect {
    guard word != WordType.absent else { return .anything }
    switch type {
    case .int, .duration: return .whole(word...word)
    case .bool: return .known(word != 0)
    case .word(let words):
      return words.indices.contains(Int(word)) ? .oneOf([words[Int(word)]]) : .anything
    case .node: return .oneOf([topology.names[Int(word)]])
    case .symbol:
      return symbols.indices.contains(Int(word)) ? .oneOf([symbols[Int(word)]]) : .anything
    case .nodeList: return .anything
    }
  }
}

// What slots and fields stand for, for questions about the text of expressions.
extension WorldEnvironment {
  /// Whether nothing but parameters is read, so that no state can make a difference.
  public func readsOnlyParameters(_ dependencies: ExpressionDependencies) -> Bool {
    !dependencies.readsAnyField
      && dependencies.roots.allSatisfy { root in
        if case .parameter = slots[root.slot] { return true }
        return false
      }
  }

  /// Whether a node is asked for its groups.
  public func readsGroups(_ dependencies: ExpressionDependencies) -> Bool {
    dependencies.readsAnyField
      || dependencies.roots.contains { root in
        root.fields.contains { field in
          field.type == ObjectKind.node.rawValue
            && [.group, .groups].contains(nodeFields[field.field])
        }
      }
  }

  /// Whether a slot stands for the list of all nodes.
  public func isNodes(_ slot: Int) -> Bool { slots[slot] == .nodes }

  /// The node that a slot stands for.
  public func node(_ slot: Int) -> NodeID? {
    if case .node(let index) = slots[slot] { return NodeID(index) }
    return nil
  }
}

extension Metric {
  /// The least value that it can have; nil if it goes below any. Overhead is what a lock costs, and
  /// less than nothing if two were inside at once.
  public var least: Double? { name == "mutex.overhead" ? nil : 0 }
}
