/// Numbers with a chosen count of decimals, rounded from their exact value, halves to even.
enum DecimalText {
  /// Writes `[-]123.450`.
  static func fixed(_ value: Double, _ precision: Int) -> String {
    guard value.isFinite else { return DoubleText.word(value) }
    return sign(value) + fixed(ExactDecimal(value), precision)
  }

  /// Writes `[-]123.000`.
  static func fixed(_ value: Int64, _ precision: Int) -> String {
    (value < 0 ? "-" : "") + fixed(ExactDecimal(value.magnitude), precision)
  }

  /// Writes `[-]1.2345e+02`.
  static func scientific(_ value: Double, _ precision: Int) -> String {
    guard value.isFinite else { return DoubleText.word(value) }
    return sign(value) + scientific(ExactDecimal(value), precision)
  }

  /// Writes `[-]1.2300e+02`.
  static func scientific(_ value: Int64, _ precision: Int) -> String {
    (value < 0 ? "-" : "") + scientific(ExactDecimal(value.magnitude), precision)
  }

  private static func sign(_ value: Double) -> String { value.sign == .minus ? "-" : "" }

  private static func fixed(_ decimal: ExactDecimal, _ precision: Int) -> String {
    let digits = decimal.rounded(toPlaces: precision)
    let padded = [UInt8](repeating: 0, count: max(0, precision + 1 - digits.count)) + digits
    let point = padded.count - precision
    let text = padded.map { String($0) }
    return text[..<point].joined() + (precision > 0 ? "." + text[point...].joined() : "")
  }

  private static func scientific(_ decimal: ExactDecimal, _ precision: Int) -> String {
    var exponent = decimal.exponent
    var digits = decimal.rounded(toPlaces: precision - exponent)
    if digits.count > precision + 1 {
      exponent += 1
      digits = decimal.rounded(toPlaces: precision - exponent)
    }
    digits += [UInt8](repeating: 0, count: max(0, precision + 1 - digits.count))
    let text = digits.map { String($0) }
    let power = String(exponent.magnitude)
    return text[0] + (precision > 0 ? "." + text[1...].joined() : "")
      + "e" + (exponent < 0 ? "-" : "+") + (power.count < 2 ? "0" : "") + power
  }
}

/// A number as all of its decimal digits.
struct ExactDecimal {
  /// The digits, the first of which is not 0 unless all are.
  private let digits: [UInt8]
  /// How many of the digits stand behind the point; more than there are means zeros in front.
  private let places: Int

  /// The digits of a whole number.
  init(_ value: UInt64) {
    digits = String(value).utf8.map { $0 - 48 }
    places = 0
  }

  /// The digits of a finite double without its sign: each double is a whole number of some negative
  /// power of two, hence of ten.
  init(_ value: Double) {
    guard value != 0 else {
      digits = [0]
      places = 0
      return
    }
    let exponent = Int(value.exponent) - 52
    let significand = UInt64(value.significand.magnitude * 0x1p52)
    var limbs = [UInt32(significand % 1_000_000_000)]
    var rest = significand / 1_000_000_000
    while rest > 0 {
      limbs.append(UInt32(rest % 1_000_000_000))
      rest /= 1_000_000_000
    }
    // As many factors at once as leave a product that fits 64 bits.
    let (factor, atOnce): (UInt64, Int) = exponent < 0 ? (5, 13) : (2, 32)
    var left = Int(exponent.magnitude)
    while left > 0 {
      let power = (0..<min(left, atOnce)).reduce(UInt64(1)) { power, _ in power * factor }
      ExactDecimal.multiply(&limbs, by: power)
      left -= atOnce
    }
    var text = String(limbs[limbs.count - 1])
    for limb in limbs.dropLast().reversed() {
      text += String(String(UInt64(limb) + 1_000_000_000).dropFirst())
    }
    digits = text.utf8.map { $0 - 48 }
    places = max(0, -exponent)
  }

  /// How many digits a double has at the most, as far as its size tells.
  static func digitLimit(of value: Double) -> Int {
    guard value.isFinite, value != 0 else { return 1 }
    let exponent = Int(value.exponent) - 52
    return 17 + Int(exponent.magnitude) * (exponent < 0 ? 7 : 3) / 10
  }

  /// The power of ten of the first digit; 0 for zero.
  var exponent: Int { digits == [0] ? 0 : digits.count - 1 - places }

  /// The digits up to so many behind the point (before it, if negative), without zeros in front,
  /// rounded to the nearest and to even in the middle.
  func rounded(toPlaces wanted: Int) -> [UInt8] {
    if wanted >= places { return digits + [UInt8](repeating: 0, count: wanted - places) }
    let kept = digits.count - (places - wanted)
    guard kept >= 0 else { return [0] }
    var result = kept == 0 ? [0] : Array(digits[..<kept])
    let next = digits[kept]
    let isBeyond = digits[(kept + 1)...].contains { $0 != 0 }
    let isUp = next > 5 || (next == 5 && (isBeyond || result[result.count - 1] % 2 == 1))
    guard isUp else { return result }
    var index = result.count - 1
    while index >= 0, result[index] == 9 {
      result[index] = 0
      index -= 1
    }
    if index < 0 { return [1] + result }
    result[index] += 1
    return result
  }

  private static func multiply(_ limbs: inout [UInt32], by factor: UInt64) {
    var carry: UInt64 = 0
    for index in limbs.indices {
      let product = UInt64(limbs[index]) * factor + carry
      limbs[index] = UInt32(product % 1_000_000_000)
      carry = product / 1_000_000_000
    }
    while carry > 0 {
      limbs.append(UInt32(carry % 1_000_000_000))
      carry /= 1_000_000_000
    }
  }
}
