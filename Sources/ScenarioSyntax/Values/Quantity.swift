/// A decimal number and what follows it directly: `1.5s`, `200/s`, `1%`.
struct Quantity {
  let isNegative: Bool
  /// The digits before the point, without `_`.
  let whole: [UInt8]
  /// The digits behind the point, without zeros at the end.
  let fraction: [UInt8]
  /// Whether it is written with a point, even if only zeros follow that.
  let hasPoint: Bool
  /// Everything behind the number.
  let unit: String

  /// Takes a number off the front of a text; nil if it does not start with one. Digits may be
  /// grouped by single `_`; `.5` and `5.` are no numbers, and `5..` is 5 with a unit.
  init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    var place = 0
    func digits() -> [UInt8] {
      var result: [UInt8] = []
      while place < bytes.count {
        if Self.isDigit(bytes[place]) {
          result.append(bytes[place] - UInt8(ascii: "0"))
          place += 1
        } else if bytes[place] == UInt8(ascii: "_"), !result.isEmpty, place + 1 < bytes.count,
          Self.isDigit(bytes[place + 1])
        {
          place += 1
        } else {
          break
        }
      }
      return result
    }
    isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { place = 1 }
    whole = digits()
    guard !whole.isEmpty else { return nil }
    if place + 1 < bytes.count, bytes[place] == UInt8(ascii: "."), Self.isDigit(bytes[place + 1]) {
      place += 1
      var decimals = digits()
      while decimals.last == 0 { decimals.removeLast() }
      fraction = decimals
      hasPoint = true
    } else {
      fraction = []
      hasPoint = false
    }
    unit = String(decoding: bytes[place...], as: UTF8.self)
  }

  /// Whether a byte is one of `0` to `9`.
  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// The number without its sign, as it would be written: `1.5`.
  var number: String {
    let digits = Self.text(whole)
    return fraction.isEmpty ? digits : "\(digits).\(Self.text(fraction))"
  }

  private static func text(_ digits: [UInt8]) -> String {
    String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
  }

  /// The digits as one whole number, `10^places` times the value; nil beyond 64 bits.
  func scaled(places: Int) -> Int64? {
    guard fraction.count <= places else { return nil }
    var value: Int64 = 0
    let zeros = Array(repeating: UInt8(0), count: places - fraction.count)
    for digit in whole + fraction + zeros {
      let (shifted, first) = value.multipliedReportingOverflow(by: 10)
      let (sum, second) = shifted.addingReportingOverflow(Int64(digit))
      guard !first, !second else { return nil }
      value = sum
    }
    return value
  }

  /// How many units of 1 the value is, if a whole of `unit` is `size` of them; nil if it does not
  /// come out even or is beyond 64 bits.
  func times(_ size: Int64) -> Exact {
    guard let wholePart = Quantity.number(whole) else { return .tooLarge }
    let (scaled, overflow) = wholePart.multipliedReportingOverflow(by: size)
    guard !overflow else { return .tooLarge }
    var (part, place): (Int64, Int64) = (0, size)
    for digit in fraction {
      guard place % 10 == 0 else { return .uneven }
      place /= 10
      part += Int64(digit) * place
    }
    let (sum, tooMuch) = scaled.addingReportingOverflow(part)
    return tooMuch ? .tooLarge : .value(sum)
  }

  /// The result of ``times(_:)``.
  enum Exact {
    case value(Int64)
    case uneven
    case tooLarge
  }

  private static func number(_ digits: [UInt8]) -> Int64? {
    var value: Int64 = 0
    for digit in digits {
      let (shifted, first) = value.multipliedReportingOverflow(by: 10)
      let (sum, second) = shifted.addingReportingOverflow(Int64(digit))
      guard !first, !second else { return nil }
      value = sum
    }
    return value
  }
}
