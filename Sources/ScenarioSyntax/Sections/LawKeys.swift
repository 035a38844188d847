internal import Diagnostics

/// How a length of time is drawn, in nanoseconds.
public enum LawText: Hashable, Sendable {
  /// Always the same.
  case constant(Int64)
  /// Everything from the first to the second alike, both included.
  case uniform(Int64, Int64)
  /// A bell curve, cut off at 0.
  case normal(mean: Int64, deviation: Int64)
  /// A least time, if one is given, and an exponential part, with the mean of the whole.
  case exponential(mean: Int64, minimum: Int64?)
}

/// The keys of latency laws.
enum LawKeys {
  static let uniform = Key(
    "uniform", rangeForm, example: "20ms..40ms",
    "Every time from the first to the second alike, both included; `a..b` alone says the same.")
  static let normal = Key(
    "normal", NormalKeys.form, example: "{mean: 20ms, deviation: 4ms}",
    "A bell curve; what would be below 0 is 0.")
  static let exponential = Key(
    "exponential", ExponentialKeys.form, example: "{mean: 20ms, min: 5ms}",
    "Many short times and a few long ones: the least time and an exponential part.")

  static let table = KeyTable(
    "law", "a law of chance", in: "a latency",
    keys: [uniform.declaration, normal.declaration, exponential.declaration],
    choices: [.init("which law it is", ["uniform", "normal", "exponential"], required: true)],
    hints: [
      .later("lognormal"), .later("pareto"), .later("bandwidth"),
      .instead("constant", "a constant is written alone, such as `5ms`"),
      .instead("mean", "say which law has it: `{normal: {mean: 20ms, deviation: 4ms}}`"),
      .instead("min", "say which law has it: `{exponential: {mean: 20ms, min: 5ms}}`"),
      .instead("max", "a range has both ends: `20ms..40ms`"),
    ])

  /// A constant, a range, or a law with its options.
  static let form: Form<LawText> = .either(scalar: scalarForm, mapping: mappingForm)

  private static var rangeForm: Form<LawText> {
    Form.scalar(.durationRange) { text throws(ValueMistake) in
      let range = try DurationValue.parseRange(text)
      return .uniform(range.lowerBound, range.upperBound)
    }
  }

  private static var scalarForm: Form<LawText> {
    let grammar = ValueGrammar.either([.scalar(.duration), .scalar(.durationRange)])
    return Form(grammar) { node, reading in
      reading.value(of: node, wanted: grammar) { text throws(ValueMistake) -> LawText in
        guard DurationValue.split(text) != nil else {
          return .constant(try DurationValue.parse(text))
        }
        let range = try DurationValue.parseRange(text)
        return .uniform(range.lowerBound, range.upperBound)
      }
    }
  }

  private static var mappingForm: Form<LawText> {
    Form.mapping(table) { fields, reading in
      let uniform = fields.take(uniform, &reading)
      let normal = fields.take(normal, &reading)
      let exponential = fields.take(exponential, &reading)
      return uniform ?? normal ?? exponential
    }
  }
}

/// The keys of a bell curve.
enum NormalKeys {
  static let mean = Key(
    "mean", Form<Int64>.duration, example: "20ms", required: true, "The mean of the curve.")
  static let deviation = Key(
    "deviation", Form<Int64>.duration, example: "4ms", required: true,
    "The standard deviation of the curve.")

  static let table = KeyTable(
    "normal", "a bell curve", in: "`normal`", keys: [mean.declaration, deviation.declaration],
    hints: [
      .instead("stddev", "write `deviation`"), .instead("sigma", "write `deviation`"),
      .instead("sd", "write `deviation`"), .instead("std", "write `deviation`"),
    ])

  static var form: Form<LawText> {
    Form.mapping(table) { fields, reading in
      let mean = fields.take(mean, &reading)
      let deviation = fields.take(deviation, &reading)
      guard let mean, let deviation else { return nil }
      return .normal(mean: mean, deviation: deviation)
    }
  }
}

/// The keys of an exponential law.
enum ExponentialKeys {
  static let mean = Key(
    "mean", Form<Int64>.duration, example: "20ms", required: true,
    "The mean of the whole, at least `min`.")
  static let minimum = Key(
    "min", Form<Int64>.duration, example: "5ms", absent: "`0ms`", "The least time.")

  static let table = KeyTable(
    "exponential", "an exponential law", in: "`exponential`",
    keys: [mean.declaration, minimum.declaration],
    hints: [.instead("minimum", "write `min`")])

  static var form: Form<LawText> {
    Form.mapping(table) { fields, reading in
      let mean = fields.take(mean, &reading)
      let minimumEntry = fields.entry("min")
      let minimum = fields.take(minimum, &reading)
      guard let mean else { return nil }
      if let minimum, minimum > mean, let minimumEntry {
        reading.report(
          .outOfRange(
            "the least time \(DurationValue.text(minimum)) is above the mean "
              + DurationValue.text(mean), at: minimumEntry.value.span,
            help: "make `min` at most `mean`, which is that of the whole"))
        return nil
      }
      return .exponential(mean: mean, minimum: minimum)
    }
  }
}
