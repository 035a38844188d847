import Testing

@testable import Expressions

struct ValueComparisonTests {
  static let equality = Trial.table(
    #"""
    1 == 1 => true
    1 == 2 => false
    1 != 1 => false
    1 != 2 => true
    1.0 == 1.0 => true
    -0.0 == 0.0 => true
    0.0 / 0.0 == 0.0 / 0.0 => false
    0.0 / 0.0 != 0.0 / 0.0 => true
    1 == 1.0 => true
    1 == 1.5 => false
    1.0 != 1 => false
    9223372036854775807 == 9223372036854775807.0 => false
    9007199254740993 == 9007199254740992.0 => false
    9007199254740992 == 9007199254740992.0 => true
    -9223372036854775808 == -9223372036854775808.0 => true
    'a' == 'a' => true
    'a' == 'A' => false
    'é' == 'e\u0301' => false
    '' == '' => true
    true == true => true
    true == false => false
    null == null => true
    15ms == 15000us => true
    15ms == 16ms => false
    [] == [] => true
    [1, 2] == [1, 2] => true
    [1, 2] == [2, 1] => false
    [1] == [1, 1] => false
    [1, 2.0] == [1.0, 2] => true
    [[1]] == [[1.0]] => true
    {} == {} => true
    {'a': 1} == {'a': 1} => true
    {'a': 1, 'b': 2} == {'b': 2, 'a': 1} => true
    {'a': 1} == {'a': 2} => false
    {'a': 1} == {'b': 1} => false
    {'a': 1} == {'a': 1, 'b': 2} => false
    {1: 1.0} == {1: 1} => true
    type(1) == int => true
    type(1) == type(2) => true
    type(1.0) == int => false
    type(type(1)) == type => true
    type([]) == list => true
    type({}) == map => true
    type(null) == null_type => true
    type('') == string => true
    type(true) == bool => true
    type(1s) == google.protobuf.Duration => true
    1 == 'a' => E0410
    1 == null => E0410
    'a' == true => E0410
    [1] == ['a'] => E0410
    {'a': 1} == {1: 1} => E0410
    15ms == 15 => E0410
    1 == int => E0410
    dyn(1) == 'a' => false
    dyn(1) != 'a' => true
    dyn(1) == null => false
    dyn([1]) == {'a': 1} => false
    dyn(1s) == 1 => false
    dyn(true) == 1 => false
    """#)

  @Test(arguments: equality) func `values are equal or not`(trial: Trial) {
    #expect(Trial.outcome(trial.text) == trial.wanted)
  }

  static let order = Trial.table(
    #"""
    1 < 2 => true
    2 < 1 => false
    1 <= 1 => true
    1 > 1 => false
    1 >= 1 => true
    1 < 1.5 => true
    2 > 1.5 => true
    1.5 < 2 => true
    1.0 <= 1 => true
    9223372036854775807 < 9223372036854775808.0 => true
    9223372036854775807 >= 9223372036854775807.0 => false
    9007199254740993 > 9007199254740992.0 => true
    -9223372036854775808 >= -9223372036854775808.0 => true
    -9223372036854775808 > -1e300 => true
    0.0 / 0.0 < 1.0 => false
    0.0 / 0.0 >= 1.0 => false
    1 < 0.0 / 0.0 => false
    -0.0 < 0.0 => false
    1.0 / 0.0 > 9223372036854775807 => true
    'a' < 'b' => true
    'a' < 'B' => false
    'a' < 'aa' => true
    '' < 'a' => true
    '\uffff' < '\U0001F600' => true
    'z' < 'é' => true
    false < true => true
    true <= false => false
    15ms < 1s => true
    -1s < 0s => true
    1 < 'a' => E0410
    1 < true => E0410
    15ms < 15 => E0410
    [1] < [2] => E0411
    null < null => E0411
    {'a': 1} < {'b': 1} => E0411
    int < string => E0411
    dyn(1) < 'a' => E0501
    dyn([1]) < [2] => E0411
    dyn([1]) < dyn([2]) => E0501
    dyn(null) < 1 => E0501
    """#)

  @Test(arguments: order) func `values come before or after`(trial: Trial) {
    #expect(Trial.outcome(trial.text) == trial.wanted)
  }

  /// The places where a double is about to lose or has lost the fraction, and the ends.
  static let edges: [Int64] = [
    .min, .min + 1, -(1 << 54) - 1, -(1 << 53) - 1, -(1 << 53), -(1 << 53) + 1, -2, -1, 0, 1, 2,
    (1 << 53) - 1, 1 << 53, (1 << 53) + 1, (1 << 54) + 1, (1 << 62) - 1, 1 << 62, .max - 1, .max,
  ]

  @Test(arguments: edges) func `ints and doubles compare by their exact values`(number: Int64) {
    var doubles: [Double] = [.infinity, -.infinity, 1e300, -1e300]
    doubles += [.leastNonzeroMagnitude, -.leastNonzeroMagnitude]
    for edge in Self.edges.map(Double.init) {
      doubles += [edge, edge.nextUp, edge.nextDown, edge + 0.5, edge - 0.5]
    }
    for double in doubles {
      #expect(Value.order(number, double) == Self.exact(number, double), "\(number) \(double)")
      #expect(
        Value.int(number).isSame(as: .double(double)) == (Self.exact(number, double) == .equal))
    }
    #expect(Value.order(number, .nan) == .unordered)
  }

  /// Compares through decimal digits: slow and plain.
  private static func exact(_ number: Int64, _ double: Double) -> Ordering {
    if double.isInfinite { return double > 0 ? .less : .greater }
    let whole = DecimalText.fixed(double.rounded(.towardZero), 0)
    let left = signed(String(number))
    let right = signed(whole == "-0" ? "0" : whole)
    if left != right { return left < right ? .less : .greater }
    let fraction = double - double.rounded(.towardZero)
    return fraction == 0 ? .equal : fraction > 0 ? .less : .greater
  }

  /// A key that sorts as the number does: sign, then length, then digits.
  private static func signed(_ digits: String) -> Digits {
    let isNegative = digits.hasPrefix("-")
    return Digits(isNegative: isNegative, text: String(digits.drop { $0 == "-" }))
  }

  private struct Digits: Comparable {
    let isNegative: Bool
    let text: String

    static func < (left: Digits, right: Digits) -> Bool {
      if left.isNegative != right.isNegative { return left.isNegative }
      let isLess = (left.text.count, left.text) < (right.text.count, right.text)
      return left.isNegative ? left != right && !isLess : isLess
    }
  }
}
