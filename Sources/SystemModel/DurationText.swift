extension Duration {
  /// The length exactly, in the largest unit up to seconds that it reaches: `145ms`, `1.5s`, `0s`.
  public var text: String {
    let magnitude = nanoseconds.magnitude
    let sign = nanoseconds < 0 ? "-" : ""
    if magnitude == 0 { return "0s" }
    for (unit, length) in Duration.printedUnits where magnitude >= length {
      return sign + Duration.decimal(magnitude, over: length) + unit
    }
    return "\(sign)\(magnitude)ns"
  }

  /// The length in at most four significant digits, in the unit of ``text``: `5.032s`, `305.7ms`.
  ///
  /// Half a unit of the last digit is rounded away from 0.
  public var briefText: String {
    let magnitude = nanoseconds.magnitude
    var step: UInt64 = 1
    while magnitude / step >= 10_000 { step *= 10 }
    let (quotient, rest) = magnitude.quotientAndRemainder(dividingBy: step)
    let rounded = (quotient + (rest >= step - rest ? 1 : 0)).multipliedReportingOverflow(by: step)
    guard step > 1, !rounded.overflow,
      let value = Int64(exactly: rounded.partialValue)
    else { return text }
    return Duration(nanoseconds: nanoseconds < 0 ? -value : value).text
  }

  /// The length in milliseconds, exactly: the digits in front of the decimal point, and the rest
  /// with its unit, so that a column of lengths can be aligned at the point.
  public var millisecondParts: (whole: String, rest: String) {
    let parts = Duration.decimal(nanoseconds.magnitude, over: 1_000_000)
      .split(separator: ".", maxSplits: 1)
    let rest = parts.count > 1 ? ".\(parts[1])ms" : "ms"
    return ((nanoseconds < 0 ? "-" : "") + parts[0], rest)
  }

  private static var printedUnits: [(unit: String, nanoseconds: UInt64)] {
    [("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000)]
  }

  /// A fraction with as many decimals as it needs; `unit` is a power of ten.
  private static func decimal(_ amount: UInt64, over unit: UInt64) -> String {
    let (whole, rest) = amount.quotientAndRemainder(dividingBy: unit)
    guard rest != 0 else { return "\(whole)" }
    var digits = String(unit + rest).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(whole).\(digits)"
  }
}

extension Instant {
  /// The time since T0, as ``Duration/text`` gives it.
  public var text: String { Duration(nanoseconds: nanoseconds).text }

  /// The time since T0, as ``Duration/briefText`` gives it.
  public var briefText: String { Duration(nanoseconds: nanoseconds).briefText }
}
