/// A range `a..b step s` of whole numbers, decimals, percentages or lengths of time: the values from
/// the first to the last, both included.
struct AxisRange: Sendable {
  /// All numbers are multiples of 10^-9 of their unit, lengths of time nanoseconds.
  private static let places = 9

  /// How many values there are.
  let count: Int64
  private let first: Number
  private let step: Int64

  /// Reads a range. Of lengths of time every nanosecond is a value if there is no step and
  /// `needsStep` is false.
  init(_ text: String, needsStep: Bool = true) throws(ValueMistake) {
    let (bounds, stepText) = Self.parts(of: text)
    guard let (firstText, lastText) = DurationValue.split(bounds) else {
      throw ValueMistake(
        .malformedRange, "`\(text)` is neither a list nor a range",
        help: "write a list, `[\(text)]`, or a range with a step, `0ms..150ms step 5ms`")
    }
    first = try Self.number(firstText)
    let last = try Self.number(lastText)
    guard first.unit == last.unit else {
      throw ValueMistake(.malformedRange, "the ends of `\(bounds)` are not of one kind")
    }
    let step =
      if let stepText {
        try Self.number(stepText)
      } else {
        try Self.defaultStep(first, last, bounds, needsStep: needsStep)
      }
    guard step.unit == first.unit, step.value > 0 else {
      throw ValueMistake(
        .malformedRange, "the step of `\(text)` is not above 0 in the unit of the ends")
    }
    guard first.value <= last.value else {
      throw ValueMistake(
        .malformedRange, "the range `\(bounds)` ends before it starts",
        help: ValueMistake.didYouMean(
          "\(lastText)..\(firstText)" + (stepText.map { " step \($0)" } ?? "")))
    }
    let (steps, rest) = (last.value - first.value).quotientAndRemainder(dividingBy: step.value)
    guard rest == 0 else {
      let end = first.text(of: last.value - rest)
      let start = first.text(of: first.value)
      throw ValueMistake(
        .malformedRange, "the steps of `\(text)` do not reach `\(lastText)`",
        help: steps == 0
          ? "write a step that divides the range"
          : "write `\(start)..\(end) step \(first.text(of: step.value))`, or another step")
    }
    count = steps + 1
    self.step = step.value
  }

  /// A value as a text; the first has the place 0.
  func text(at place: Int64) -> String { first.text(of: first.value + place * step) }

  /// All values of a range with a step, as texts.
  static func texts(of text: String) throws(ValueMistake) -> [String] {
    let range = try AxisRange(text)
    guard range.count <= 10_000 else {
      throw ValueMistake(
        .outOfRange, "`\(text)` has \(range.count) values, and 10_000 are the most")
    }
    return (0..<range.count).map(range.text)
  }

  private struct Number: Sendable {
    enum Unit { case time, percent, none }
    let value: Int64
    let unit: Unit

    func text(of value: Int64) -> String {
      switch unit {
      case .time: DurationValue.text(value)
      case .percent: decimal(value) + "%"
      case .none: decimal(value)
      }
    }

    private func decimal(_ value: Int64) -> String {
      let one = NumberValue.power(places)
      let (whole, rest) = value.magnitude.quotientAndRemainder(dividingBy: UInt64(one))
      let sign = value < 0 ? "-" : ""
      guard rest != 0 else { return "\(sign)\(whole)" }
      var digits = String(UInt64(one) + rest).dropFirst()
      while digits.last == "0" { digits.removeLast() }
      return "\(sign)\(whole).\(digits)"
    }
  }

  private static func parts(of text: String) -> (bounds: String, step: String?) {
    guard let word = text.utf8.firstRange(of: " step ".utf8) else { return (text, nil) }
    return (
      DurationValue.trimmed(text[..<word.lowerBound]),
      DurationValue.trimmed(text[word.upperBound...])
    )
  }

  private static func number(_ text: String) throws(ValueMistake) -> Number {
    guard let quantity = Quantity(text) else {
      throw ValueMistake(.malformedRange, "`\(text)` is not a number that a range can have")
    }
    guard quantity.unit.isEmpty || quantity.unit == "%" else {
      return Number(value: try DurationValue.parse(text), unit: .time)
    }
    guard let value = quantity.scaled(places: places), value < 1 << 60 else {
      throw ValueMistake(.outOfRange, "`\(text)` is too large or too fine for a range")
    }
    return Number(
      value: quantity.isNegative ? -value : value, unit: quantity.unit.isEmpty ? .none : .percent)
  }

  private static func defaultStep(
    _ first: Number, _ last: Number, _ bounds: String, needsStep: Bool
  ) throws(ValueMistake) -> Number {
    if first.unit == .time, !needsStep { return Number(value: 1, unit: .time) }
    let one = NumberValue.power(places)
    guard first.unit == .none, first.value % one == 0, last.value % one == 0 else {
      throw ValueMistake(
        .malformedRange, "the range `\(bounds)` has no step",
        help: "write `\(bounds) step …` with a step in the same unit")
    }
    return Number(value: one, unit: .none)
  }
}
