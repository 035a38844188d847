internal import Diagnostics

/// What stands above the cells of a scenario: its version, parameters, matrix and what is drawn.
struct ScenarioFrame {
  /// The most cells of a matrix.
  static let cellLimit = 10_000

  let root: MarkedNode
  private(set) var parameters = ParameterValues()
  /// The values of the matrix in each cell; one empty cell without a matrix, none after a mistake.
  private(set) var cells: [[Parameter]] = []
  /// The parameters that are drawn, but for those that a setting gives.
  private(set) var variations: [Variation] = []
  /// Where it says that faults are drawn.
  private(set) var swarm: SourceSpan?
  private var reading: Reading
  private var axes: [MatrixAxis] = []
  /// Whether a setting has taken away values that an exclusion may speak of.
  private var isPinned = false

  init(root: MarkedNode, sources: SourceMap) {
    self.root = root
    reading = Reading(sources: sources, parameters: ParameterValues())
  }

  var diagnostics: [Diagnostic] { reading.diagnostics }
  var hasErrors: Bool { !diagnostics.isEmpty }

  /// Reads the parts above the cells; settings replace defaults and whole axes.
  mutating func read(_ settings: [Setting]) {
    if let node = root["version"] { _ = take(ScenarioKeys.version, node) }
    let own = root["parameters"].flatMap { take(ScenarioKeys.parameters, $0) } ?? []
    let matrix = root["matrix"].flatMap { take(ScenarioKeys.matrix, $0) }
    parameters = ParameterValues(own)
    axes = matrix?.axes ?? []
    for axis in axes { checkForm(of: axis.values[0]) }
    if let vary = root["vary"].flatMap({ take(ScenarioKeys.vary, $0) }) { take(vary) }
    for setting in settings { apply(setting) }
    for axis in axes where parameters[axis.name.value] == nil {
      parameters.set(axis.values[0])
    }
    for variation in variations where parameters[variation.name.value] == nil {
      parameters.set(variation.parameter(at: 0))
    }
    let declared = ["parameters", "matrix", "vary"].flatMap { root[$0]?.mapping ?? [] }
    let known = ["exclude", "faults", "order"]
    let names = declared.map(\.key.text).filter { !known.contains($0) && parameters[$0] == nil }
    parameters.broken = Set(names)
    guard !hasErrors else { return }
    makeCells(excluding: matrix?.exclusions ?? [])
  }

  private mutating func take<Value>(_ key: Key<Value>, _ node: MarkedNode) -> Value? {
    reading.read(key.form, node, of: key.declaration)
  }

  private mutating func take(_ vary: Vary) {
    variations = vary.variations
    swarm = vary.swarm?.span
    for variation in variations {
      if let axis = axes.first(where: { $0.name.value == variation.name.value }) {
        reading.report(.variedTwice(variation.name, matrix: axis.name.span))
      } else {
        checkForm(of: variation.parameter(at: 0))
      }
    }
    guard let seed = root["seed"]?.scalar else { return }
    for case .name(let name) in (try? ParameterText.parts(of: seed.text)) ?? []
    where variations.contains(where: { $0.name.value == name }) {
      reading.report(.drawnSeed(seed.span, name))
    }
  }

  private mutating func checkForm(of first: Parameter) {
    guard let parameter = parameters[first.name.value], !first.value.hasForm(of: parameter.value)
    else { return }
    reading.report(.matrixForm(first.node.span, first.value, parameter))
  }

  private mutating func apply(_ setting: Setting) {
    let place = axes.firstIndex { $0.name.value == setting.name }
    let varied = variations.firstIndex { $0.name.value == setting.name }
    let first =
      place.map { axes[$0].values[0] } ?? varied.map { variations[$0].parameter(at: 0) }
    guard let known = first ?? parameters[setting.name] else {
      let own = parameters.all.map(\.name.value)
      let others = axes.map(\.name.value) + variations.map(\.name.value)
      let names = own + others.filter { !own.contains($0) }
      reading.report(.unknownSetting(setting, known: names))
      return
    }
    let given = known.replaced(by: setting.text)
    guard given.value.hasForm(of: known.value) else {
      reading.report(.settingForm(setting, given.value, known))
      return
    }
    if let place {
      axes[place] = MatrixAxis(name: axes[place].name, values: [given])
      isPinned = true
    } else {
      if let varied { variations.remove(at: varied) }
      parameters.set(given)
    }
  }

  private mutating func makeCells(excluding exclusions: [[Parameter]]) {
    guard let node = root["matrix"] else {
      cells = [[]]
      return
    }
    var count = 1
    for axis in axes {
      count *= axis.values.count
      guard count <= Self.cellLimit else {
        reading.report(.tooManyCells(axis.name.span))
        return
      }
    }
    cells = [[]]
    for axis in axes {
      cells = cells.flatMap { cell in axis.values.map { cell + [$0] } }
    }
    exclude(exclusions)
    if cells.isEmpty, !hasErrors { reading.report(.noCells(node.span)) }
  }

  private mutating func exclude(_ exclusions: [[Parameter]]) {
    guard !exclusions.isEmpty else { return }
    // Where each value of each axis stands: what an exclusion costs is what it finds.
    let places = axes.map { axis in
      Dictionary(grouping: axis.values.indices) { axis.values[$0].value }
    }
    var isLeft = cells.map { _ in true }
    for exclusion in exclusions { exclude(exclusion, places, from: &isLeft) }
    cells = zip(cells, isLeft).filter(\.1).map(\.0)
  }

  /// Takes the combinations of an exclusion away. The combinations are those of all axes, the values
  /// of the last of which follow each other.
  private mutating func exclude(
    _ exclusion: [Parameter], _ places: [[WrittenValue: [Int]]], from isLeft: inout [Bool]
  ) {
    let names = axes.map(\.name.value)
    for value in exclusion where !names.contains(value.name.value) {
      reading.report(.unknownAxis(value.name, known: names))
      return
    }
    let meant = axes.indices.map { axis in
      exclusion.first { $0.name.value == names[axis] }
        .map { Self.places(of: $0.value, in: places[axis]) } ?? Array(axes[axis].values.indices)
    }
    if meant.contains(where: \.isEmpty) {
      if !isPinned, let first = exclusion.first {
        reading.report(.idleExclusion(first.name.span))
      }
      return
    }
    var found = [0]
    for (axis, places) in zip(axes, meant) {
      found = found.flatMap { cell in places.map { cell * axis.values.count + $0 } }
    }
    for cell in found { isLeft[cell] = false }
  }

  /// Where the values of an axis stand that a value, or a list of values, of an exclusion means.
  private static func places(
    of excluded: WrittenValue, in known: [WrittenValue: [Int]]
  ) -> [Int] {
    var places = known[excluded] ?? []
    guard case .list(let values) = excluded else { return places }
    for value in values { places += known[value] ?? [] }
    return places
  }
}

extension Parameter {
  /// The value as it is written.
  var text: String {
    if let items = node.sequence {
      return "[" + items.map { $0.scalar?.text ?? "" }.joined(separator: ", ") + "]"
    }
    return node.scalar?.text ?? ""
  }

  /// The same parameter with a value from the command line.
  func replaced(by text: String) -> Parameter {
    guard node.sequence != nil, text.hasPrefix("["), text.hasSuffix("]") else {
      return Parameter(name: name, value: WrittenValue(text), node: scalar(text))
    }
    let items = text.dropFirst().dropLast().split(separator: ",").map(DurationValue.trimmed)
    let values = items.map { WrittenValue($0) }
    return Parameter(
      name: name, value: .list(values),
      node: MarkedNode(.sequence(items.map(scalar)), span: node.span))
  }

  private func scalar(_ text: String) -> MarkedNode {
    MarkedNode(
      .scalar(MarkedScalar(text: text, style: .plain, span: node.span)), span: node.span)
  }
}
