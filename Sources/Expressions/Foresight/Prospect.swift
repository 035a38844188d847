/// What a value may be, as much as is known before any run: a set that holds every value it can
/// take, and perhaps more.
public indirect enum Prospect: Sendable, Equatable {
  /// Nothing is known.
  case anything
  /// A bool that may be true, or false, or either.
  case truth(canHold: Bool, canBreak: Bool)
  /// An int, or a duration in nanoseconds.
  case whole(ClosedRange<Int64>)
  /// A double.
  case real(ClosedRange<Double>)
  /// One of some strings.
  case oneOf([String])
  /// A list of some length whose elements are all like one.
  case list(count: ClosedRange<Int64>, of: Prospect)
  /// An object of the host's world, and which one, if that is known.
  case object(type: Int, index: Int?)

  /// A bool of which nothing is known.
  public static let open = Prospect.truth(canHold: true, canBreak: true)

  /// A bool that is known.
  public static func known(_ truth: Bool) -> Prospect {
    .truth(canHold: truth, canBreak: !truth)
  }

  /// The truth, if it is known.
  var truth: Bool? {
    guard case .truth(let canHold, let canBreak) = self, canHold != canBreak else { return nil }
    return canHold
  }

  /// What is known of a value that is written out.
  init(_ value: Value) {
    switch value {
    case .bool(let truth): self = .known(truth)
    case .int(let number), .duration(let number): self = .whole(number...number)
    case .double(let number): self = number.isFinite ? .real(number...number) : .anything
    case .string(let text): self = .oneOf([text])
    case .list(let values):
      let count = Int64(values.count)
      self = .list(count: count...count, of: Prospect.joined(values.map { Prospect($0) }))
    case .null, .map, .object, .type: self = .anything
    }
  }

  /// What is known of a value of a type.
  init(_ type: ExpressionType) {
    switch type {
    case .bool: self = .open
    case .word(let words): self = .oneOf(words)
    case .list(let element): self = .list(count: 0...Int64.max, of: Prospect(element))
    case .object(let type): self = .object(type: type, index: nil)
    default: self = .anything
    }
  }

  /// What is known of a value that is like one of some others.
  static func joined(_ prospects: [Prospect]) -> Prospect {
    guard let first = prospects.first else { return .anything }
    return prospects.dropFirst().reduce(first) { $0.joined(with: $1) }
  }

  /// What is known of a value that is like one of two.
  public func joined(with other: Prospect) -> Prospect {
    switch (self, other) {
    case (.truth(let left, let leftBreak), .truth(let right, let rightBreak)):
      .truth(canHold: left || right, canBreak: leftBreak || rightBreak)
    case (.whole(let left), .whole(let right)):
      .whole(min(left.lowerBound, right.lowerBound)...max(left.upperBound, right.upperBound))
    case (.real(let left), .real(let right)):
      .real(min(left.lowerBound, right.lowerBound)...max(left.upperBound, right.upperBound))
    case (.oneOf(let left), .oneOf(let right)):
      .oneOf(left + right.filter { !left.contains($0) })
    case (.list(let left, let element), .list(let right, let other)):
      .list(
        count: min(left.lowerBound, right.lowerBound)...max(left.upperBound, right.upperBound),
        of: element.joined(with: other))
    case (.object(let left, let first), .object(let right, let second)) where left == right:
      .object(type: left, index: first == second ? first : nil)
    default: .anything
    }
  }
}

/// What is known before any run of the names and fields that expressions read.
public struct StaticFacts: Sendable {
  /// What is known of a declared name, by its slot.
  let root: @Sendable (_ slot: Int) -> Prospect
  /// What is known of a field of an object: its type, which one it is if that is known, and the
  /// index of the field.
  let field: @Sendable (_ type: Int, _ object: Int?, _ field: Int) -> Prospect

  /// Facts that hold in every state that is meant; what is not known is ``Prospect/anything``.
  public init(
    root: @escaping @Sendable (_ slot: Int) -> Prospect,
    field: @escaping @Sendable (_ type: Int, _ object: Int?, _ field: Int) -> Prospect
  ) {
    self.root = root
    self.field = field
  }
}

extension CheckedExpression {
  /// Whether the expression has one value whatever a run does: true, false, or nil if a run decides.
  ///
  /// An evaluation that fails is left out of account.
  public func foreseen(_ facts: StaticFacts) -> Bool? {
    var foreseer = Foreseer(facts, localCount: localCount)
    return foreseer.prospect(of: node).truth
  }

  /// Whether the expression reads nothing: neither a name nor anything that comes from one.
  public var readsNothing: Bool { dependencies.roots.isEmpty && !dependencies.readsAnyField }
}
