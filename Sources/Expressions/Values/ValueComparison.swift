/// How two values that have an order stand to each other.
enum Ordering {
  case less, equal, greater
  /// One of them is NaN: every comparison but `!=` is false.
  case unordered
}

extension Value {
  /// The language's `==`: ints and doubles compare exactly, other unlike types are never equal,
  /// NaN equals nothing, objects are equal if they are one object, now or before.
  public func isSame(as other: Value) -> Bool {
    switch (self, other) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.double(let left), .double(let right)): left == right
    case (.int(let left), .double(let right)): Value.order(left, right) == .equal
    case (.double(let left), .int(let right)): Value.order(right, left) == .equal
    case (.string(let left), .string(let right)): Scalars.equal(left, right)
    case (.duration(let left), .duration(let right)): left == right
    case (.list(let left), .list(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
    case (.map(let left), .map(let right)): Value.same(left, right)
    case (.object(let left), .object(let right)): left.isSame(as: right)
    case (.type(let left), .type(let right)): left == right
    default: false
    }
  }

  /// The language's order; nil for types that have none between them.
  func order(to other: Value) -> Ordering? {
    switch (self, other) {
    case (.int(let left), .int(let right)): Value.order(left, right)
    case (.double(let left), .double(let right)): Value.order(left, right)
    case (.int(let left), .double(let right)): Value.order(left, right)
    case (.double(let left), .int(let right)): Value.order(right, left).reversed
    case (.duration(let left), .duration(let right)): Value.order(left, right)
    case (.bool(let left), .bool(let right)): Value.order(left ? 1 : 0, right ? 1 : 0)
    case (.string(let left), .string(let right)):
      Scalars.equal(left, right) ? .equal : Scalars.precedes(left, right) ? .less : .greater
    default: nil
    }
  }

  /// Compares numbers of one type.
  static func order<Number: Comparable>(_ left: Number, _ right: Number) -> Ordering {
    left < right ? .less : left > right ? .greater : left == right ? .equal : .unordered
  }

  /// Compares an int with a double by their exact values, never by a rounded one.
  static func order(_ left: Int64, _ right: Double) -> Ordering {
    if right.isNaN { return .unordered }
    if right >= 0x1p63 { return .less }
    if right < -0x1p63 { return .greater }
    let floor = right.rounded(.down)
    let order = order(left, Int64(floor))
    return order == .equal && floor < right ? .less : order
  }

  private static func same(_ left: ValueMap, _ right: ValueMap) -> Bool {
    left.keys == right.keys && zip(left.values, right.values).allSatisfy { $0.isSame(as: $1) }
  }
}

extension Ordering {
  /// The order seen from the other side.
  var reversed: Ordering {
    switch self {
    case .less: .greater
    case .greater: .less
    case .equal, .unordered: self
    }
  }
}
