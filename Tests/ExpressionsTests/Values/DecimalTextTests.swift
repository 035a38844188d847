import Foundation
import Testing

@testable import Expressions

struct DecimalTextTests {
  /// Doubles of every size, and those that lie exactly between two decimals.
  static let numbers: [Double] = {
    var state: UInt64 = 99
    let random = (0..<400).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(bitPattern: state)
    }
    let halves = (0..<64).map { Double($0) / 8 - 4 }
    return random.filter(\.isFinite) + halves
      + [0, -0.0, 1e22, 1e23, 0.1, 2.675, .greatestFiniteMagnitude, .leastNonzeroMagnitude]
  }()

  @Test(arguments: [0, 1, 2, 3, 6, 17, 40])
  func `decimals are those of C's library`(precision: Int) {
    for number in Self.numbers {
      #expect(
        DecimalText.fixed(number, precision) == String(format: "%.\(precision)f", number))
      #expect(
        DecimalText.scientific(number, precision) == String(format: "%.\(precision)e", number))
    }
  }

  @Test func `ints are exact`() {
    #expect(DecimalText.fixed(Int64.min, 1) == "-9223372036854775808.0")
    #expect(DecimalText.scientific(Int64.max, 3) == "9.223e+18")
    #expect(DecimalText.scientific(Int64(0), 2) == "0.00e+00")
    #expect(DecimalText.fixed(Int64(5), 0) == "5")
  }
}
