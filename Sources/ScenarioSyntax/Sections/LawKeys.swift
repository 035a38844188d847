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
  /// A normal distribution of the logarithm.
  case lognormal(median: Int64, p99: Int64)
  /// A least time and a tail that falls like a power, with the mean of the whole.
  case pareto(mean: Int64, minimum: Int64)
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

  static let lognormal = Key(
    "lognormal", LognormalKeys.form, example: "{median: 20ms, p99: 90ms}",
    "Most times near the median and a long tail: their logarithm has a bell curve.")
  static let pareto = Key(
    "pareto", ParetoKeys.form, example: "{mean: 20ms, min: 10ms}",
    "A heavy tail: few times are very long. None is below `min`, and the nearer that is to 0, the "
      + "heavier the tail.")

  static let table = KeyTable(
    "law", "a law of chance", in: "a latency",
    keys: [
      uniform.declaration, normal.declaration, exponential.declaration, lognormal.declaration,
      pareto.declaration,
    ],
    choices: [
      .init(
        "which law it is", ["uniform", "normal", "exponential", "lognormal", "pareto"],
        required: true)
    ],
    hints: [
      .later("bandwidth"),
      .instead("constant", "a constant is written alone, such as `5ms`"),
      .instead("mean", "say which law has it: `{normal: {mean: 20ms, deviation: 4ms}}`"),
      .instead("min", "say which law has it: `{exponential: {mean: 20ms, min: 5ms}}`"),
      .instead("median", "say which law has it: `{lognormal: {median: 20ms, p99: 90ms}}`"),
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
        if let range = DurationValue.plainRange(text) {
          return .uniform(range.lowerBound, range.upperBound)
        }
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
      let lognormal = fields.take(lognormal, &reading)
      let pareto = fields.take(pareto, &reading)
      return uniform ?? normal ?? exponential ?? lognormal ?? pareto
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
          .disorder(
            "the least time", minimum, "above the mean", mean, at: minimumEntry.value.span,
            help: "make `min` at most `mean`, which is that of the whole"))
        return nil
      }
      return .exponential(mean: mean, minimum: minimum)
    }
  }
}

/// The keys of a law whose logarithm is normal.
enum LognormalKeys {
  static let median = Key(
    "median", Form<Int64>.positiveDuration, example: "20ms", required: true,
    "What half of the times do not exceed.")
  static let p99 = Key(
    "p99", Form<Int64>.positiveDuration, example: "90ms", required: true,
    "What 99 of 100 times do not exceed, above `median`.")

  static let table = KeyTable(
    "lognormal", "a lognormal law", in: "`lognormal`",
    keys: [median.declaration, p99.declaration],
    hints: [
      .instead("mean", "write `median`; of the tail `p99` speaks"),
      .instead("mu", "write `median`"), .instead("sigma", "write `p99`"),
      .instead("deviation", "write `p99`"),
    ])

  static var form: Form<LawText> {
    Form.mapping(table) { fields, reading in
      let median = fields.take(median, &reading)
      let p99Entry = fields.entry("p99")
      let p99 = fields.take(p99, &reading)
      guard let median, let p99, let p99Entry else { return nil }
      guard p99 > median else {
        reading.report(
          .disorder(
            "the 99th percentile", p99, "not above the median", median, at: p99Entry.value.span,
            help: "make `p99` greater than `median`; a constant is written alone, such as `5ms`"))
        return nil
      }
      return .lognormal(median: median, p99: p99)
    }
  }
}

/// The keys of a law whose tail falls like a power.
enum ParetoKeys {
  static let mean = Key(
    "mean", Form<Int64>.positiveDuration, example: "20ms", required: true,
    "The mean of the whole, above `min`.")
  static let minimum = Key(
    "min", Form<Int64>.positiveDuration, example: "10ms", required: true, "The least time.")

  static let table = KeyTable(
    "pareto", "a Pareto law", in: "`pareto`", keys: [mean.declaration, minimum.declaration],
    hints: [
      .instead("minimum", "write `min`"), .instead("scale", "write `min`"),
      .instead("alpha", "write `mean`; the exponent is mean / (mean − min)"),
      .instead("shape", "write `mean`; the exponent is mean / (mean − min)"),
    ])

  static var form: Form<LawText> {
    Form.mapping(table) { fields, reading in
      let mean = fields.take(mean, &reading)
      let minimumEntry = fields.entry("min")
      let minimum = fields.take(minimum, &reading)
      guard let mean, let minimum, let minimumEntry else { return nil }
      guard minimum < mean else {
        reading.report(
          .disorder(
            "the least time", minimum, "not below the mean", mean, at: minimumEntry.value.span,
            help: "make `min` less than `mean`, which is that of the whole"))
        return nil
      }
      return .pareto(mean: mean, minimum: minimum)
    }
  }
}

extension Diagnostic {
  /// A time of a law that is on the wrong side of another one.
  fileprivate static func disorder(
    _ name: String, _ time: Int64, _ relation: String, _ other: Int64, at span: SourceSpan,
    help: String
  ) -> Diagnostic {
    .outOfRange(
      "\(name) \(DurationValue.text(time)) is \(relation) \(DurationValue.text(other))", at: span,
      help: help)
  }
}
