public import Diagnostics

/// Something that must hold.
public struct AssertionEntry: Sendable {
  /// What must hold.
  public enum Form: Sendable {
    /// A named invariant of the protocol or its family.
    case invariant(Marked<String>)
    /// In every state.
    case always(ExpressionText)
    /// In no state.
    case never(ExpressionText)
    /// In some state, once it must be.
    case eventually(ExpressionText)
    /// In some state of some run.
    case sometimes(ExpressionText)
    /// Whenever the first becomes true, the second must follow.
    case leadsTo(ExpressionText, ExpressionText)
    /// In the last state.
    case atEnd(ExpressionText)
    /// In every state before another condition holds.
    case hold(ExpressionText, until: ExpressionText?)
    /// Comparisons of a metric in the last state.
    case metric(Marked<String>, [Marked<ComparisonText>])
  }

  /// The name.
  public let name: Marked<String>?
  /// What must hold.
  public let form: Form
  /// In which part of the run.
  public let scope: ScopeText
  /// How soon, in nanoseconds.
  public let within: Marked<Int64>?
  /// For how long, in nanoseconds.
  public let duration: Marked<Int64>?
  /// Why it is all right that it has no chance to fail.
  public let mayBeVacuous: Marked<String>?
  /// The place of what must hold.
  public let span: SourceSpan
  /// How many placements a check of the history of calls may try.
  public var budget: Marked<Int64>?
  /// What registers hold before the first write.
  public var initial: Marked<String>?

  /// The name of an assertion without one: what must hold, as it is written, on one line.
  public var defaultName: String {
    let lines = written.split(whereSeparator: \.isNewline)
    guard lines.count > 1 || lines.first?.count != written.count else { return written }
    return lines.map { $0.split(separator: " ").joined(separator: " ") }.joined(separator: " ")
  }

  private var written: String {
    switch form {
    case .invariant(let name): name.value
    case .always(let text), .never(let text), .eventually(let text), .sometimes(let text),
      .atEnd(let text):
      text.text
    case .leadsTo(let first, let second): "\(first.text) leads to \(second.text)"
    case .hold(let text, let until): until.map { "\(text.text) until \($0.text)" } ?? text.text
    case .metric(let metric, let comparisons):
      "\(metric.value) " + comparisons.map(\.value.text).joined(separator: " and ")
    }
  }
}

/// The part of a run that an assertion speaks of.
public enum ScopeText: Sendable {
  /// All of it.
  case run
  /// The windows of a named fault or workload.
  case during(Marked<String>)
  /// From a point on.
  case after(PointText)
  /// Up to a point.
  case before(PointText)
  /// From each first point to the next second one.
  case between(PointText, PointText)

  /// The place of what is written of it; nil for all of the run.
  public var span: SourceSpan? {
    switch self {
    case .run: nil
    case .during(let fault): fault.span
    case .after(let point), .before(let point), .between(let point, _): point.span
    }
  }
}

/// A point in time, or each of several.
public struct PointText: Sendable {
  /// The points.
  public enum Kind: Sendable {
    /// An instant.
    case instant(Int64)
    /// Each start of a named fault, or the first call of a named workload.
    case start(Marked<String>)
    /// Each end of a named fault, or the end of a named workload's last call.
    case end(Marked<String>)
    /// Each such message.
    case message(MomentText)
    /// Each rising edge of a condition.
    case condition(ExpressionText)
    /// The name of a fault or workload without `.start` or `.end`, which says too little.
    case bare(String)
  }

  /// The points.
  public let kind: Kind
  /// The place.
  public let span: SourceSpan
}

/// A comparison with a value whose form the metric decides.
public struct ComparisonText: Sendable {
  /// How two values are compared.
  public enum Relation: String, Sendable, CaseIterable {
    case atMost = "<="
    case atLeast = ">="
    case equal = "=="
    case unequal = "!="
    case below = "<"
    case above = ">"
  }

  /// How the metric is compared with the value.
  public let relation: Relation
  /// The value.
  public let value: String
  /// The comparison as one text.
  public var text: String { "\(relation.rawValue) \(value)" }
}
