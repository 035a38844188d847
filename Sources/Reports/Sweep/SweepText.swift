import Analysis
import SystemModel

/// Numbers of a sweep as people read them.
enum SweepText {
  /// A share in percent, rounded down so that only all is 100, with more decimals for more runs.
  static func percent(_ proportion: Proportion) -> String {
    guard proportion.total > 0 else { return "–" }
    let digits = digits(proportion.total)
    let scale = (0..<digits).reduce(UInt(100)) { scale, _ in scale * 10 }
    let product = UInt(proportion.count).multipliedFullWidth(by: scale)
    let share = UInt(proportion.total).dividingFullWidth(product).quotient
    return decimal(share, digits) + " %"
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
