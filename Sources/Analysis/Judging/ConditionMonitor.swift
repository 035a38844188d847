import Expressions

/// What is known of a condition: it is evaluated again only if an event has touched what it reads.
///
/// Nothing but words: a judge has one for each condition and looks through them at many events.
struct ConditionMonitor: Sendable, BitwiseCopyable {
  /// Who wants to know about it.
  enum Owner: Sendable, BitwiseCopyable {
    case assertion(Int)
    case point(Int)
    case trigger(Int)
  }

  let owner: Owner
  /// What it reads whatever the node, what it reads at some nodes, and those nodes.
  private let topics: Topics
  private let nodeTopics: Topics
  private let nodes: UInt64
  /// Whether it reads the world before the last event.
  let usesOld: Bool
  /// What it was when it was last evaluated.
  var truth = Truth.no
  /// Whether it may have another value now.
  var isStale = true
  /// The last event that touched it, by its number.
  var touched = 0
  /// How often it was evaluated.
  var evaluations = 0

  init(_ reads: Reads, owner: Owner) {
    self.owner = owner
    topics = reads.topics
    nodeTopics = reads.nodeTopics
    nodes = reads.nodes
    usesOld = reads.usesOld
  }

  /// All that it reads.
  var reads: Topics { topics.union(nodeTopics) }

  mutating func reset() {
    isStale = true
    touched = 0
    evaluations = 0
  }

  /// Whether an event that changed some topics at some nodes may have given it another value.
  func isTouched(by changed: Topics, at changedNodes: UInt64) -> Bool {
    !changed.isDisjoint(with: topics)
      || changedNodes & nodes != 0 && !changed.isDisjoint(with: nodeTopics)
  }
}
