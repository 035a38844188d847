public import SystemModel

/// A named property that every protocol of a family must have, as the reference describes it.
public struct InvariantDescription: Sendable {
  /// The word in scenarios, such as `mutual-exclusion`.
  public let name: String
  /// The family of protocols that it is for.
  public let family: ProtocolFamily
  /// What must hold, in a sentence.
  public let summary: String
  /// What it is about: what has to occur for it not to be vacuous.
  public let subject: String
  /// Where it comes from: paper and section.
  public let source: String
  /// What a recorded history must speak of for it to be judged.
  public let needs: Needs
  /// Whether it is about the calls of the whole run, and so takes a budget and no part of the run.
  public let readsHistory: Bool
  /// Whether it waits for something, so that it is broken by what does not happen.
  public let awaits: Bool
  /// What an event has to change for it to be judged anew.
  let topics: @Sendable (WorldSchema) -> Topics
  let makeMonitor: @Sendable (WorldSchema) -> any InvariantMonitor

  init(
    _ name: String, _ family: ProtocolFamily, _ summary: String, subject: String, source: String,
    needs: Needs, topics: Topics = [], readsHistory: Bool = false, awaits: Bool = false,
    monitor: @escaping @Sendable (WorldSchema) -> any InvariantMonitor
  ) {
    self.name = name
    self.family = family
    self.summary = summary
    self.subject = subject
    self.source = source
    self.needs = needs
    self.readsHistory = readsHistory
    self.awaits = awaits
    self.topics = { topics.union(needs.topics($0.description)) }
    makeMonitor = monitor
  }

  /// The fields of the protocol that it reads.
  public var fields: [String] {
    needs.all.compactMap { need in
      if case .field(let name) = need { name } else { nil }
    }
  }
}

/// Watches one invariant over a run.
protocol InvariantMonitor: Sendable {
  /// How often its subject has occurred.
  var subjects: Int { get }

  /// What is wrong in the present state and was wrong before its last event already; nil if it
  /// holds, or if what was wrong was over with its event.
  var standing: Violation? { get }

  /// Takes over what the scenario says of its check; before the first event.
  mutating func configure(_ options: ConsistencyOptions)

  /// Forgets the run.
  mutating func reset()

  /// Takes an event in that changed one of the topics; tells what it broke.
  mutating func judge(_ event: ArraySlice<TraceRecord>, _ world: borrowing World) -> Violation?

  /// The same, with how often its subject occurred in the event.
  mutating func judgeCounting(
    _ event: ArraySlice<TraceRecord>, _ world: borrowing World
  ) -> (violation: Violation?, subjects: Int)

  /// What it has counted and measured besides, when the run is over: how often it could have been
  /// broken, and how near it came to that.
  func account(_ world: borrowing World) -> [Why.Fact]

  /// What became of a violation of an instant in nanoseconds, when the run is over.
  func aftermath(of instant: Int64, _ world: borrowing World) -> [Evidence.Reading]

  /// Tells at the end what will never come, or cannot be known.
  func conclude(_ end: RunEnd, _ world: borrowing World) -> InvariantEnd
}

extension InvariantMonitor {
  var standing: Violation? { nil }

  mutating func configure(_ options: ConsistencyOptions) {}

  // A requirement with this one answer, so that each monitor has it as code of its own.
  mutating func judgeCounting(
    _ event: ArraySlice<TraceRecord>, _ world: borrowing World
  ) -> (violation: Violation?, subjects: Int) {
    let before = subjects
    let violation = judge(event, world)
    return (violation, subjects - before)
  }

  func account(_ world: borrowing World) -> [Why.Fact] { [] }

  func aftermath(of instant: Int64, _ world: borrowing World) -> [Evidence.Reading] { [] }

  func conclude(_ end: RunEnd, _ world: borrowing World) -> InvariantEnd { .holds }
}

extension Why.Fact {
  /// How often an invariant could have been broken.
  static func mattered(_ text: String) -> Why.Fact { .init("it mattered", text) }

  /// The nearest that it came to that.
  static func closest(_ text: String) -> Why.Fact { .init("closest", text) }

  /// A number of things, such as `1 entry` and `2 entries`.
  static func count(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
  }
}

/// What an invariant says when the run is over.
enum InvariantEnd {
  /// Nothing is missing.
  case holds
  /// Something that must come will never come.
  case broken(Violation)
  /// Something that must come has not come, and might have; with what to do about it, unless a
  /// longer run is enough.
  case open(String, help: String? = nil)
}

/// What broke an invariant.
struct Violation: Sendable {
  /// In a sentence.
  let text: String
  /// The nodes involved.
  let nodes: [NodeID]
  /// When it happened, in nanoseconds, and what happened then; nil: with the present event.
  var at: Int64?
  var event: String?
  /// What shows it.
  var readings: [Evidence.Reading] = []
}
