public import SystemModel

/// A metric, or a set of metrics that differ in a name, as the reference describes it.
public struct MetricDescription: Sendable {
  /// The name; words in capitals stand for a name of the scenario: `KIND` of message, `CALL`,
  /// `FROM`, `TO` and `NODE`, `GROUP`, `FAULT`.
  public let pattern: String
  /// What it counts in.
  public let unit: MetricUnit
  /// The families of protocols that have it; empty: all.
  public let families: [ProtocolFamily]
  /// What it says, in a sentence.
  public let summary: String
  /// Whether only `metric` and `at_end` may read it, since it needs all samples at once.
  public let isFinal: Bool
  /// Whether a 0 is left out of the result, as for links that nobody used.
  public let omitsZero: Bool
  /// In which direction it gets better.
  public let better: MetricDirection
  /// What a recorded history must speak of for it to have a value.
  public let needs: Needs
  /// What it changes with.
  let topics: Topics
  let read: @Sendable (borrowing World, MetricArguments) -> MetricValue?

  init(
    _ pattern: String, _ unit: MetricUnit, _ families: [ProtocolFamily] = [], isFinal: Bool = false,
    omitsZero: Bool = false, better: MetricDirection = .neither, on topics: Topics,
    needs: Needs, _ summary: String,
    read: @escaping @Sendable (borrowing World, MetricArguments) -> MetricValue?
  ) {
    self.pattern = pattern
    self.unit = unit
    self.families = families
    self.isFinal = isFinal
    self.omitsZero = omitsZero
    self.better = better
    self.topics = topics
    self.needs = needs
    self.summary = summary
    self.read = read
  }

  /// The parts of the pattern between the dots.
  var parts: [Substring] { pattern.split(separator: ".") }
}

/// In which direction a metric gets better, for who compares two sweeps.
public enum MetricDirection: String, Sendable, Hashable, CaseIterable {
  /// Less is better, as of waiting.
  case less
  /// More is better, as of work that is done.
  case more
  /// Neither: a change is a change.
  case neither
}

/// The names of a scenario that a metric is about, by their places.
struct MetricArguments: Sendable, Hashable {
  /// A kind of message, a call, a node, a sender, or a group; 0 of a group is all nodes.
  var first = 0
  /// A receiver or a fault.
  var second = 0
}

/// A metric of a scenario: a description with its capitals filled in.
public struct Metric: Sendable, Hashable {
  /// The flat dotted name.
  public internal(set) var name: String
  /// What it counts in.
  public let unit: MetricUnit
  /// Whether only `metric` and `at_end` may read it.
  public let isFinal: Bool
  /// Which description, by its place in the catalog.
  let entry: Int
  var arguments: MetricArguments

  func read(_ world: borrowing World) -> MetricValue? {
    MetricCatalog.all[entry].read(world, arguments)
  }

  var topics: Topics { MetricCatalog.all[entry].topics }

  var needs: Needs { MetricCatalog.all[entry].needs }

  var better: MetricDirection { MetricCatalog.all[entry].better }
}
