/// Comparisons of values of which only sets are known.
enum Comparing {
  /// What a comparison gives whatever the two values are; nil if it depends on them.
  static func truth(_ builtin: Builtin, _ left: Prospect, _ right: Prospect) -> Bool? {
    switch builtin {
    case .equal: return equality(left, right)
    case .unequal: return equality(left, right).map { !$0 }
    case .less: return order(left, right, isStrict: true)
    case .lessOrEqual: return order(left, right, isStrict: false)
    case .greater: return order(right, left, isStrict: true)
    case .greaterOrEqual: return order(right, left, isStrict: false)
    default: return nil
    }
  }

  private static func equality(_ left: Prospect, _ right: Prospect) -> Bool? {
    switch (left, right) {
    case (.oneOf(let left), .oneOf(let right)):
      if !left.contains(where: { word in right.contains { Scalars.equal($0, word) } }) {
        return false
      }
      return left.count == 1 && right.count == 1 ? true : nil
    case (.truth, .truth):
      guard let left = left.truth, let right = right.truth else { return nil }
      return left == right
    case (.list(let left, _), .list(let right, _)):
      return left.overlaps(right) ? nil : false
    case (.whole(let left), .whole(let right)):
      if !left.overlaps(right) { return false }
      return left.lowerBound == left.upperBound && left == right ? true : nil
    default:
      guard let left = real(left), let right = real(right), !left.overlaps(right) else {
        return nil
      }
      return false
    }
  }

  /// Whether the left value is below the right one, or not above it.
  private static func order(_ left: Prospect, _ right: Prospect, isStrict: Bool) -> Bool? {
    if case .whole(let left) = left, case .whole(let right) = right {
      return order(left, right, isStrict)
    }
    guard let left = real(left), let right = real(right) else { return nil }
    return order(left, right, isStrict)
  }

  private static func order<Bound: Comparable>(
    _ left: ClosedRange<Bound>, _ right: ClosedRange<Bound>, _ isStrict: Bool
  ) -> Bool? {
    if isStrict {
      if left.upperBound < right.lowerBound { return true }
      return left.lowerBound >= right.upperBound ? false : nil
    }
    if left.upperBound <= right.lowerBound { return true }
    return left.lowerBound > right.upperBound ? false : nil
  }

  private static func real(_ prospect: Prospect) -> ClosedRange<Double>? {
    switch prospect {
    case .real(let range): range
    case .whole(let range): Double(range.lowerBound)...Double(range.upperBound)
    default: nil
    }
  }
}

/// Sums, differences and products of ints and durations of which only ranges are known. A result
/// that is too large is an error, so that the ends of the range of 64 bits bound it.
enum Arithmetic {
  static func negated(_ value: Prospect) -> Prospect {
    guard case .whole(let range) = value, range.lowerBound > Int64.min else { return .anything }
    return .whole(-range.upperBound ... -range.lowerBound)
  }

  static func result(_ builtin: Builtin, _ left: Prospect, _ right: Prospect) -> Prospect {
    guard case .whole(let left) = left, case .whole(let right) = right else { return .anything }
    switch builtin {
    case .add:
      return .whole(
        sum(left.lowerBound, right.lowerBound)...sum(left.upperBound, right.upperBound))
    case .subtract:
      let low = difference(left.lowerBound, right.upperBound)
      return .whole(low...difference(left.upperBound, right.lowerBound))
    case .multiply:
      guard left.lowerBound >= 0, right.lowerBound >= 0 else { return .anything }
      return .whole(
        product(left.lowerBound, right.lowerBound)...product(left.upperBound, right.upperBound))
    default: return .anything
    }
  }

  private static func sum(_ left: Int64, _ right: Int64) -> Int64 {
    let (value, isOver) = left.addingReportingOverflow(right)
    return isOver ? (left < 0 ? Int64.min : Int64.max) : value
  }

  private static func difference(_ left: Int64, _ right: Int64) -> Int64 {
    let (value, isOver) = left.subtractingReportingOverflow(right)
    return isOver ? (left < 0 ? Int64.min : Int64.max) : value
  }

  private static func product(_ left: Int64, _ right: Int64) -> Int64 {
    let (value, isOver) = left.multipliedReportingOverflow(by: right)
    return isOver ? Int64.max : value
  }
}
