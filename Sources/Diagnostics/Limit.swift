/// A bound of what is read, evaluated or shown, for the reference.
public struct Limit: Sendable {
  /// What is bounded.
  public let what: String
  /// How much of it there may be.
  public let amount: Int
  /// What the amount counts, such as `MiB`; nil where ``what`` says it.
  public let unit: String?

  /// A bound.
  public init(_ what: String, _ amount: Int, _ unit: String? = nil) {
    self.what = what
    self.amount = amount
    self.unit = unit
  }

  /// The amount with its unit, in groups of three digits.
  public var text: String {
    var digits = ""
    for (place, digit) in String(amount).reversed().enumerated() {
      if place > 0, place % 3 == 0 { digits.append("_") }
      digits.append(digit)
    }
    return String(digits.reversed()) + (unit.map { " \($0)" } ?? "")
  }
}
