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

  static let valueForm = Form<RawValue>(
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
    if let scalar = node.scalar, !scalar.isEmptyPlain {
      do throws(ValueMistake) {
        return try AxisRange.texts(of: scalar.text).map {
          Parameter(name: name, text: $0, at: scalar.span)
        }
      } catch {
        report(.badValue(error, node, for: key, notes: []))
        return nil
      }
    }
    return listedValues(name, node, in: "the matrix")
  }

  /// Reads a list of values of one form, each once.
  mutating func listedValues(
    _ name: Marked<String>, _ node: MarkedNode, in place: String
  ) -> [Parameter]? {
    guard let items = items(of: node, minimum: 1, maximum: 10_000) else { return nil }
    var values: [Parameter] = []
    for item in items {
      guard let parameter = parameter(name, item) else { continue }
      if let first = values.first(where: { $0.value == parameter.value }) {
        report(.repeatedValue(item.span, first.node.span, in: place))
      } else if let first = values.first, !first.value.hasForm(of: parameter.value) {
        report(.mixedForms(item.span, parameter.value, first.value))
      } else {
        values.append(parameter)
      }
    }
    return values.count == items.count ? values : nil
  }
}
