internal import Diagnostics

/// A key of the matrix with its values.
struct MatrixAxis {
  let name: Marked<String>
  let values: [Parameter]
}

/// The matrix of a scenario.
struct Matrix {
  let axes: [MatrixAxis]
  /// Combinations that are left out.
  let exclusions: [[Parameter]]
}

/// The forms of `parameters` and `matrix`. Their keys are the author's.
enum ParameterKeys {
  /// The parameters with their defaults.
  static let form = Form<[Parameter]>(
    .dictionary(
      .init("the name of the parameter", key: .name, value: valueForm.grammar)),
    takesParameters: false
  ) { node, reading in
    guard let entries = reading.entries(of: node, wanted: .scalar(.parameterValue)) else {
      return nil
    }
    return entries.compactMap { entry in
      reading.freeKey(entry.key, .name).flatMap { name in
        let form = Form<Parameter>(valueForm.grammar, takesParameters: false) { node, reading in
          reading.parameter(name, node)
        }
        return reading.read(form, ofFreeKey: entry)
      }
    }
  }

  static let exclude = Key(
    "exclude", exclusionForm.list(), example: "[{mode: slow, cut_at: 0ms}]",
    absent: "every combination runs",
    "Combinations that are left out: each item gives some keys of the matrix with a value or a list."
  )

  static let matrixTable = KeyTable(
    "matrix", "a matrix", in: "`matrix`", keys: [exclude.declaration])

  /// The keys with their values, a list or a range.
  static let matrixForm = Form<Matrix>(
    .dictionary(
      .init("the name of a parameter", key: .name, value: axisForm.grammar, known: matrixTable)),
    takesParameters: false
  ) { node, reading in
    guard let entries = reading.entries(of: node, wanted: .mapping(matrixTable)) else { return nil }
    var axes: [MatrixAxis] = []
    for entry in entries where entry.key.text != "exclude" {
      guard let name = reading.freeKey(entry.key, .name) else { continue }
      let form = Form<[Parameter]>(axisForm.grammar, takesParameters: false) { node, reading in
        reading.axis(name, node)
      }
      if let values = reading.read(form, ofFreeKey: entry, besides: matrixTable) {
        axes.append(MatrixAxis(name: name, values: values))
      }
    }
    let known = entries.filter { $0.key.text == "exclude" }
    if known.count == entries.count { reading.report(.emptyMatrix(node.span)) }
    var fields = reading.fields(of: node, known, matrixTable)
    let exclusions = fields.take(exclude, &reading)
    fields.close()
    return Matrix(axes: axes, exclusions: exclusions ?? [])
  }

  private static let valueForm = Form<RawValue>(
    .either([.scalar(.parameterValue), .list(.scalar(.parameterValue), minimum: 1, maximum: nil)])
  ) { node, _ in RawValue(node: node) }

  private static let axisForm = Form<RawValue>(
    .either([
      .list(valueForm.grammar, minimum: 1, maximum: nil), .scalar(.axisRange),
    ])
  ) { node, _ in RawValue(node: node) }

  private static let exclusionForm = Form<[Parameter]>(
    .dictionary(.init("a key of the matrix", key: .name, value: valueForm.grammar)),
    takesParameters: false
  ) { node, reading in
    form.read(node, &reading)
  }
}

extension Reading {
  /// Reads the value of a parameter: a text or a list of texts, without `${name}`.
  mutating func parameter(_ name: Marked<String>, _ node: MarkedNode) -> Parameter? {
    switch node.content {
    case .mapping:
      report(.wrongKind(node, wanted: .scalar(.parameterValue), for: key))
      return nil
    case .scalar(let scalar):
      guard !scalar.isEmptyPlain else {
        report(.emptyValue(node, for: key))
        return nil
      }
      guard !scalar.text.asksForParameter else {
        report(.parameterInParameter(node.span))
        return nil
      }
      return Parameter(name: name, value: WrittenValue(scalar.text), node: node)
    case .sequence(let items):
      guard !items.isEmpty else {
        report(.emptyValue(node, for: key))
        return nil
      }
      let values = items.compactMap { item -> WrittenValue? in
        guard item.scalar != nil else {
          report(.wrongKind(item, wanted: .scalar(.parameterValue), for: key))
          return nil
        }
        return parameter(name, item)?.value
      }
      guard values.count == items.count else { return nil }
      if let place = values.firstIndex(where: { !$0.hasForm(of: values[0]) }) {
        report(.mixedForms(items[place].span, values[place], values[0]))
        return nil
      }
      return Parameter(name: name, value: .list(values), node: node)
    }
  }

  /// Reads the values of a key of the matrix.
  mutating func axis(_ name: Marked<String>, _ node: MarkedNode) -> [Parameter]? {
    var values: [Parameter] = []
    if let scalar = node.scalar, !scalar.isEmptyPlain {
      do throws(ValueMistake) {
        values = try AxisRange.texts(of: scalar.text).map { text in
          let copy = MarkedScalar(text: text, style: .plain, span: scalar.span)
          return Parameter(
            name: name, value: WrittenValue(text),
            node: MarkedNode(.scalar(copy), span: scalar.span))
        }
      } catch {
        report(.badValue(error, node, for: key, notes: []))
        return nil
      }
      return values
    }
    guard let items = items(of: node, minimum: 1, maximum: 10_000) else { return nil }
    for item in items {
      guard let parameter = parameter(name, item) else { continue }
      if let first = values.first(where: { $0.value == parameter.value }) {
        report(.repeatedValue(item.span, first.node.span))
      } else if let first = values.first, !first.value.hasForm(of: parameter.value) {
        report(.mixedForms(item.span, parameter.value, first.value))
      } else {
        values.append(parameter)
      }
    }
    return values.count == items.count ? values : nil
  }
}

/// Ranges `a..b step s` of whole numbers, decimals, percentages or lengths of time.
enum AxisRange {
  /// All numbers are multiples of 10^-9 of their unit, lengths of time nanoseconds.
  private static let places = 9

  /// The values from the first to the last, both included, as texts.
  static func texts(of text: String) throws(ValueMistake) -> [String] {
    let (bounds, stepText) = parts(of: text)
    guard let (firstText, lastText) = DurationValue.split(bounds) else {
      throw ValueMistake(
        .malformedRange, "`\(text)` is neither a list nor a range",
        help: "write a list, `[\(text)]`, or a range with a step, `0ms..150ms step 5ms`")
    }
    let first = try number(firstText)
    let last = try number(lastText)
    guard first.unit == last.unit else {
      throw ValueMistake(.malformedRange, "the ends of `\(bounds)` are not of one kind")
    }
    let step =
      if let stepText { try number(stepText) } else { try defaultStep(first, last, bounds) }
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
    let count = steps + 1
    guard count <= 10_000 else {
      throw ValueMistake(.outOfRange, "`\(text)` has \(count) values, and 10_000 are the most")
    }
    return (0..<count).map { first.text(of: first.value + $0 * step.value) }
  }

  private struct Number {
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
    _ first: Number, _ last: Number, _ bounds: String
  ) throws(ValueMistake) -> Number {
    let one = NumberValue.power(places)
    guard first.unit == .none, first.value % one == 0, last.value % one == 0 else {
      throw ValueMistake(
        .malformedRange, "the range `\(bounds)` has no step",
        help: "write `\(bounds) step …` with a step in the same unit")
    }
    return Number(value: one, unit: .none)
  }
}
