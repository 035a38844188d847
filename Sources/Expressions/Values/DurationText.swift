/// Durations in the language's notation: `145ms`, `1.5s`, `1m30s`, `-2us`.
public enum DurationText {
  /// The units, longest first, with their length in nanoseconds.
  public static let units: [(name: String, nanoseconds: Int64)] = [
    ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000),
    ("us", 1_000), ("ns", 1),
  ]

  /// The number of nanoseconds of one unit; `µs` is `us` in both of its spellings.
  public static func nanoseconds(of unit: String) -> Int64? {
    if unit.unicodeScalars.count == 2,
      let micro = unit.unicodeScalars.first, micro == "\u{B5}" || micro == "\u{3BC}",
      unit.unicodeScalars.last == "s"
    {
      return 1_000
    }
    return units.first { Scalars.equal($0.name, unit) }?.nanoseconds
  }

  /// Reads a duration: an optional sign, then numbers, each with its unit; or a bare 0.
  ///
  /// Digits beyond a nanosecond are cut off. Nil if it is none or does not fit 64 bits.
  public static func parse(_ text: String) -> Int64? {
    var scalars = Array(text.unicodeScalars)[...]
    let isNegative = scalars.first == "-"
    if isNegative || scalars.first == "+" { scalars = scalars.dropFirst() }
    if scalars.count == 1, scalars.first == "0" { return 0 }
    guard !scalars.isEmpty else { return nil }
    var total: UInt64 = 0
    while !scalars.isEmpty {
      guard let part = parsePart(&scalars) else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(part)
      guard !overflow else { return nil }
      total = sum
    }
    if isNegative { return total <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- total) : nil }
    return Int64(exactly: total)
  }

  /// Writes a duration exactly, in the largest unit up to seconds that it reaches: `1.5s`, `145ms`.
  public static func format(_ nanoseconds: Int64) -> String {
    let magnitude = nanoseconds.magnitude
    let sign = nanoseconds < 0 ? "-" : ""
    if magnitude == 0 { return "0s" }
    for (unit, length) in units.suffix(4) {
      let length = UInt64(length)
      guard magnitude >= length else { continue }
      return sign + decimal(magnitude, over: length) + unit
    }
    return sign + "\(magnitude)ns"
  }

  /// Seconds with as many decimals as needed and an `s`: the form of `string(duration)`.
  static func seconds(_ nanoseconds: Int64) -> String {
    (nanoseconds < 0 ? "-" : "") + decimal(nanoseconds.magnitude, over: 1_000_000_000) + "s"
  }

  private static func decimal(_ amount: UInt64, over unit: UInt64) -> String {
    let (whole, rest) = amount.quotientAndRemainder(dividingBy: unit)
    guard rest != 0 else { return "\(whole)" }
    var digits = String(unit + rest).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(whole).\(digits)"
  }

  /// Takes a number with its unit off the front.
  private static func parsePart(_ scalars: inout ArraySlice<Unicode.Scalar>) -> UInt64? {
    let whole = takeDigits(&scalars)
    var decimals: [UInt64] = []
    if scalars.first == "." {
      scalars = scalars.dropFirst()
      decimals = takeDigits(&scalars)
    }
    guard !whole.isEmpty || !decimals.isEmpty else { return nil }
    let letters = scalars.prefix { $0 != "." && !("0"..."9").contains($0) }
    scalars = scalars.dropFirst(letters.count)
    var name = ""
    name.unicodeScalars.append(contentsOf: letters)
    guard let unit = nanoseconds(of: name).map(UInt64.init) else { return nil }
    var total: UInt64 = 0
    for digit in whole {
      let (shifted, first) = total.multipliedReportingOverflow(by: 10)
      let (sum, second) = shifted.addingReportingOverflow(digit)
      guard !first, !second else { return nil }
      total = sum
    }
    let (scaled, overflow) = total.multipliedReportingOverflow(by: unit)
    guard !overflow else { return nil }
    var part: UInt64 = 0
    var place = unit
    for digit in decimals.prefix(19) {
      // Each place is exact as long as ten divides the unit; what is left is below a nanosecond.
      guard place % 10 == 0 else {
        part += digit * place / 10
        break
      }
      place /= 10
      part += digit * place
    }
    let (sum, tooMuch) = scaled.addingReportingOverflow(part)
    return tooMuch ? nil : sum
  }

  private static func takeDigits(_ scalars: inout ArraySlice<Unicode.Scalar>) -> [UInt64] {
    let digits = scalars.prefix { ("0"..."9").contains($0) }
    scalars = scalars.dropFirst(digits.count)
    return digits.map { UInt64($0.value - 48) }
  }
}
