public import Diagnostics

/// A value that the command line gives to a parameter: `--set name=value`.
public struct Setting: Sendable, Hashable {
  /// The name of the parameter.
  public let name: String
  /// The value as it is written; a list is written `[a, b]`.
  public let text: String

  /// Gives a value.
  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// Reads the text of a scenario into a ``ScenarioFile``, whose cells are typed scenarios.
public struct ScenarioReader {
  /// Those of them that are about the command line, not about the scenario.
  public static var settingCodes: [DiagnosticCode] { [.unknownSetting, .settingForm] }

  /// Those of them that say that something is missing.
  public static var incompleteCodes: [DiagnosticCode] { [.missingKey] }

  private let resolve: (String) -> SourceFile?

  /// Makes a reader; `resolve` gets the path of an extended file from the folder of the scenario
  /// and gives its text, or nil if it cannot be read.
  public init(resolve: @escaping (String) -> SourceFile? = { _ in nil }) {
    self.resolve = resolve
  }

  /// Reads a scenario with its matrix, and reports what is wrong with it.
  ///
  /// The result is nil if the text cannot be read on after a mistake. `sources` has all texts that
  /// diagnostics point into afterwards, the scenario first.
  public func read(
    _ source: SourceFile, settings: [Setting] = [], sources: inout SourceMap,
    into bag: inout DiagnosticBag
  ) -> ScenarioFile? {
    precondition(sources.files.isEmpty, "a scenario is the first text of its run")
    let main = sources.add(source)
    var inheritance = Inheritance(resolve: resolve, sources: sources)
    let root = inheritance.root(of: main, path: Self.fileName(of: source.name))
    sources = inheritance.sources
    bag.report(contentsOf: inheritance.bag.sorted)
    guard let root else { return nil }
    var frame = ScenarioFrame(root: root, sources: sources)
    frame.read(settings)
    bag.report(contentsOf: frame.diagnostics)
    return ScenarioFile(
      sources: sources, hasErrors: inheritance.bag.hasErrors || frame.hasErrors, root: root,
      inheritedKeys: inheritance.inheritedKeys,
      parameters: frame.parameters, matrix: frame.cells.isEmpty ? [[]] : frame.cells,
      variations: frame.variations, swarm: frame.swarm)
  }

  private static func fileName(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

/// A scenario that was read, with the parts that all cells of its matrix share.
public struct ScenarioFile: Sendable {
  /// The texts that spans point into.
  public let sources: SourceMap
  /// Whether mistakes were found already, so that there can be no plan.
  public let hasErrors: Bool
  let root: MarkedNode
  let inheritedKeys: [String]
  let parameters: ParameterValues
  /// The parameters of each cell that the matrix gives.
  let matrix: [[Parameter]]
  /// The parameters that each seed draws.
  public let variations: [Variation]
  /// Where it says that each seed draws which faults there are; nil if it does not.
  public let swarm: SourceSpan?

  /// How many cells there are; one without a matrix.
  public var cellCount: Int { matrix.count }

  /// The values of the matrix in a cell.
  public func cellValues(_ index: Int) -> [CellValue] {
    matrix[index].map { CellValue(name: $0.name.value, text: $0.text) }
  }

  /// Whether messages are late by a strategy.
  public var hasOrder: Bool { root["vary"]?["order"] != nil }

  /// Whether the name of a fault depends on a parameter.
  public var namesFaultsByParameters: Bool {
    root["faults"]?.sequence?.contains { $0["name"]?.scalar?.text.asksForParameter == true }
      ?? false
  }

  /// The seed of a cell; nil if none is given, or a wrong one.
  public func seed(cell index: Int) -> UInt64? {
    guard let node = root["seed"] else { return nil }
    let first = values(cell: index, drawn: variations.map { _ in 0 })
    var reading = Reading(sources: sources, parameters: first)
    return reading.read(ScenarioKeys.seed.form, node)?.value
  }

  /// The values of the parameters that are drawn, given by their places among all values.
  public func drawnValues(_ places: [Int64]) -> [CellValue] {
    zip(variations, places).map { variation, place in
      CellValue(name: variation.name.value, text: variation.parameter(at: place).text)
    }
  }

  /// The typed scenario of a cell, and a report of what is wrong with it; see
  /// ``Scenario/isWhole``. Nil if not enough is left to go on.
  ///
  /// `drawn` has the place of the value of each of the ``variations``.
  public func scenario(
    cell index: Int, drawn: [Int64] = [], into bag: inout DiagnosticBag
  ) -> Scenario? {
    let values = values(cell: index, drawn: drawn)
    var reading = Reading(sources: sources, parameters: values)
    reading.inheritedKeys = inheritedKeys
    let scenario = ScenarioKeys.scenario(root, cell: cellValues(index), &reading)
    let origins = ValueOrigins(values.all, sources)
    bag.report(contentsOf: reading.diagnostics.map { origins.showing($0) })
    return scenario
  }

  /// What `${name}` stands for in a run of a cell.
  func values(cell index: Int, drawn: [Int64]) -> ParameterValues {
    precondition(drawn.count == variations.count, "\(drawn.count) of \(variations.count) drawn")
    var values = parameters
    for parameter in matrix[index] { values.set(parameter) }
    for (variation, place) in zip(variations, drawn) {
      values.set(variation.parameter(at: place))
    }
    return values
  }

  /// Mistakes of a scenario, with the places of the parameters that their values come from.
  public func showingOrigins(of diagnostics: [Diagnostic], in scenario: Scenario) -> [Diagnostic] {
    guard !diagnostics.isEmpty else { return [] }
    let origins = ValueOrigins(scenario.parameters, sources)
    return diagnostics.map { origins.showing($0) }
  }
}
