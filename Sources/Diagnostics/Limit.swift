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
    Limit.grouped(Int64(amount), by: "_") + (unit.map { " \($0)" } ?? "")
  }

  /// A number with its digits in groups of three.
  public static func grouped(_ number: Int64, by separator: Character) -> String {
    var digits = ""
    for (place, digit) in String(number).reversed().enumerated() {
      if place > 0, place % 3 == 0, digit != "-" { digits.append(separator) }
      digits.append(digit)
    }
    return String(digits.reversed())
  }
}
