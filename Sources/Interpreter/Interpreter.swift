public import Analysis
import Compiler
public import Diagnostics
import Expressions
import ScenarioSyntax
public import SystemModel

/// Text in, result out: the whole pipeline but for reports, without input or output.
///
/// ```
/// text ─compile→ CompiledScenario, a plan for each cell ─run→ RunResult
/// ```
public enum Interpreter {
  /// Reads and checks a scenario, and makes a plan for each cell of its matrix.
  ///
  /// `settings` give parameters other values, `seed` takes the place of the scenario's, and
  /// `resolve` gives the text of an extended file by its path from the scenario's folder. A strict
  /// compilation takes warnings for errors.
  public static func compile(
    _ source: SourceFile, settings: [ParameterSetting] = [], seed: UInt64? = nil,
    isStrict: Bool = false, resolve: @escaping (String) -> SourceFile? = { _ in nil }
  ) -> CompiledScenario {
    var sources = SourceMap()
    var bag = DiagnosticBag()
    let reader = ScenarioReader(resolve: resolve)
    guard
      let file = reader.read(
        source, settings: settings.map { Setting(name: $0.name, text: $0.value) },
        sources: &sources, into: &bag),
      let plans = Compilation(file, seed: seed).plans(into: &bag)
    else {
      return CompiledScenario(
        sources: sources, diagnostics: isStrict ? bag.withWarningsAsErrors() : bag, plans: [])
    }
    if isStrict, bag.warningCount > 0 {
      return CompiledScenario(
        sources: file.sources, diagnostics: bag.withWarningsAsErrors(), plans: [])
    }
    return CompiledScenario(
      sources: file.sources, diagnostics: bag, compilation: Compilation(file), plans: plans)
  }

  /// The instant that a text such as `100ms` says; nil if it says none.
  public static func instant(_ text: String) -> Instant? {
    DurationText.parse(text).map { Instant(nanoseconds: $0) }
  }
}

/// A value that the command line gives a parameter, or that a cell of a matrix has.
public struct ParameterSetting: Sendable, Hashable {
  /// The parameter.
  public let name: String
  /// Its value, as it would stand in the scenario.
  public let value: String

  /// A parameter and its value.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// A scenario file after compilation: a plan for each cell of its matrix, or the mistakes that
/// prevent one.
public struct CompiledScenario: Sendable {
  /// One cell of the matrix; a scenario without a matrix has one without values.
  public struct Cell: Sendable {
    /// The keys of the matrix with their values here.
    public let values: [ParameterSetting]
    /// What is run with its seed, and how it is judged; for another seed see
    /// ``CompiledScenario/plan(cell:seed:)``.
    public let plan: JudgementPlan

    /// Where all chance comes from, and what is drawn of the scenario.
    public var seed: UInt64 { plan.system.seed }
  }

  /// The texts that the diagnostics point into.
  public let sources: SourceMap
  /// What was found: with an error there are no cells.
  public let diagnostics: DiagnosticBag
  /// The name; nil if the scenario was refused.
  public let name: String?
  /// What it is about, if it says so.
  public let description: String?
  /// The words by which it is chosen.
  public let tags: [String]
  /// The cells in the order of the matrix; empty if the scenario was refused.
  public let cells: [Cell]
  /// The failure that the scenario was kept for; nil unless it is a capsule.
  public let capsule: FailureRecord?
  let compilation: Compilation?
  let plans: [Plan]

  /// Whether it was refused only because of what the command line says of its parameters.
  public var isMisused: Bool {
    let errors = diagnostics.sorted.filter { $0.severity == .error }
    return !errors.isEmpty && errors.allSatisfy { ScenarioReader.settingCodes.contains($0.code) }
  }

  /// The files that it extends, directly or not, by their names.
  public var bases: [String] { sources.files.dropFirst().map(\.name) }

  /// What was found, with a word on missing sections for the author of a file that another one,
  /// which is run beside it, extends.
  public func diagnostics(asBaseOf other: String) -> DiagnosticBag {
    var isTold = false
    return diagnostics.map { diagnostic in
      guard !isTold, ScenarioReader.incompleteCodes.contains(diagnostic.code) else {
        return diagnostic
      }
      isTold = true
      var told = diagnostic
      told.notes.append("`\(other)` extends this file")
      let help =
        "if it is no scenario by itself, let its name begin with `_`: a folder is run and checked "
        + "without such files"
      told.help = told.help.map { "\($0); or, \(help)" } ?? help
      return told
    }
  }

  init(
    sources: SourceMap, diagnostics: DiagnosticBag, compilation: Compilation? = nil,
    plans: [Plan]
  ) {
    self.sources = sources
    self.compilation = compilation
    self.plans = plans
    capsule = plans.first?.capsule
    self.diagnostics = diagnostics
    name = plans.first?.name
    description = plans.first?.summary
    tags = plans.first?.tags ?? []
    cells = plans.map { plan in
      Cell(
        values: plan.cell.map { ParameterSetting(name: $0.name, value: $0.text) },
        plan: plan.judgement)
    }
  }
}
