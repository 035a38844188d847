import Analysis
import SystemModel

/// Numbers of a sweep as people read them.
enum SweepText {
  /// A share in percent with more decimals for more runs, rounded half up; but only all is 100 and
  /// only none is 0.
  static func percent(_ proportion: Proportion) -> String {
    guard proportion.total > 0 else { return "–" }
    let digits = digits(proportion.total)
    let scale = (0..<digits).reduce(UInt(100)) { scale, _ in scale * 10 }
    let product = UInt(proportion.count).multipliedFullWidth(by: scale)
    let total = UInt(proportion.total)
    let (down, rest) = total.dividingFullWidth(product)
    let rounded = rest >= total - rest ? down + 1 : down
    let isSome = proportion.count > 0 && proportion.count < proportion.total
    return decimal(isSome ? min(max(rounded, 1), scale - 1) : rounded, digits) + " %"
  }

  /// The interval in percent, rounded outwards.
  static func interval(_ proportion: Proportion) -> String {
    guard let (low, high) = proportion.interval95 else { return "–" }
    let digits = digits(proportion.total)
    let scale = (0..<digits).reduce(100.0) { scale, _ in scale * 10 }
    let least = decimal(UInt((low * scale).rounded(.down)), digits)
    return "\(least) … \(decimal(UInt((high * scale).rounded(.up)), digits)) %"
  }

  /// A value; lengths of time with at most three decimals, fractions with at most six.
  static func value(_ value: MetricValue) -> String {
    switch value {
    case .count(let number): "\(number)"
    case .duration(let span): Duration(nanoseconds: rounded(span)).text
    case .ratio: RunSections.text(value)
    }
  }

  private static func rounded(_ nanoseconds: Int64) -> Int64 {
    let unit: Int64 =
      switch nanoseconds.magnitude {
      case 1_000_000_000...: 1_000_000
      case 1_000_000...: 1000
      default: 1
      }
    let rest = nanoseconds % unit
    let down = nanoseconds - rest
    guard 2 * rest.magnitude >= unit.magnitude else { return down }
    let (up, overflow) = down.addingReportingOverflow(rest < 0 ? -unit : unit)
    return overflow ? down : up
  }

  private static func digits(_ total: Int) -> Int {
    min(max(1, String(total).count - 2), 6)
  }

  private static func decimal(_ amount: UInt, _ digits: Int) -> String {
    let unit = (0..<digits).reduce(UInt(1)) { unit, _ in unit * 10 }
    let (whole, rest) = amount.quotientAndRemainder(dividingBy: unit)
    if rest == 0 { return "\(whole)" }
    return "\(whole).\(String(unit + rest).dropFirst())"
  }
}
