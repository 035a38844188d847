public import Analysis
import Diagnostics
public import Interpreter
import ScenarioSyntax

/// A failing run as a scenario by itself, which remembers how it failed.
public struct Capsule: Sendable {
  /// The text of the scenario.
  public let text: String
  private let name: CapsuleName

  /// The capsule of a run of a cell of a scenario; nil for a run that does not fail.
  ///
  /// What counts is the outcome before `expect`. `file` is the path of the scenario, and `settings`
  /// are those of the command line.
  public init?(
    of result: RunResult, cell: Int, _ scenario: CompiledScenario, file: String,
    settings: [ParameterSetting] = []
  ) {
    let description = scenario.cells[cell].plan.description
    guard let failure = FailureRecord(result, description, tool: Version.text) else { return nil }
    guard var draft = try? scenario.draft(cell: cell, seed: failure.seed) else {
      preconditionFailure("a run of seed \(failure.seed) has failed and has no draft")
    }
    draft.removeUnusedGroups(unlessUnusedIn: scenario)
    let header = draft[["capsule"]] == nil ? Self.header(failure, result.drawn) : []
    text = Self.text(draft, failure, header: header)
    let values = scenario.cells[cell].values
    let others = settings.filter { setting in !values.contains { $0.name == setting.name } }
    name = CapsuleName(file: file, values: others + values, seed: failure.seed)
  }

  /// The capsule of a run of a scenario that was made smaller from the one of a file; nil for a run
  /// that does not fail.
  init?(
    of result: RunResult, _ scenario: CompiledScenario, shrunkFrom file: String,
    _ changes: [ShrinkSummary.Change], isWithoutChance: Bool
  ) {
    let description = scenario.cells[0].plan.description
    guard let failure = FailureRecord(result, description, tool: Version.text) else { return nil }
    let draft = scenario.draft(cell: 0)
    let header = Self.header(
      failure, shrunkFrom: file, changes, isWithoutChance: isWithoutChance,
      isAboveAnother: !draft.header.isEmpty)
    text = Self.text(draft, failure, header: header)
    name = CapsuleName(file: file, values: [], seed: failure.seed, ending: ".shrunk")
  }

  /// The scenario with the seed and the section of the capsule, under a header.
  private static func text(
    _ draft: ScenarioDraft, _ failure: FailureRecord, header: [String]
  ) -> String {
    var draft = draft
    if !header.isEmpty {
      draft.header = header + (draft.header.isEmpty ? [] : [""]) + draft.header
    }
    draft[["seed"]] = DraftValue(
      .text(String(failure.seed)), above: draft[["seed"]]?.above ?? [],
      behind: draft[["seed"]]?.behind)
    draft[["capsule"]] = section(failure)
    return draft.text
  }

  /// The name of its file: `NAME.seed-N.capsule.yaml`, with what tells the cell from others in front
  /// of the seed; of several that would have one name, all but the first have a number.
  public func fileName(number: Int = 1) -> String { name.text(number: number) }

  private static let opening = ToolHeader.Opening.failing.rawValue

  private static func header(
    _ failure: FailureRecord, _ drawn: DrawnConfiguration?
  ) -> [String] {
    ["\(opening), kept \(ToolHeader.signature): \(told(failure))."]
      + (drawn.map { ["The seed has drawn: \($0.text)."] } ?? []) + [
        "`conclave replay FILE` says whether it still fails, and in the same way."
      ]
  }

  private static func header(
    _ failure: FailureRecord, shrunkFrom file: String, _ changes: [ShrinkSummary.Change],
    isWithoutChance: Bool, isAboveAnother: Bool
  ) -> [String] {
    let name = VisibleText.escaped(file.split(separator: "/").last.map(String.init) ?? file)
    let changed = changes.filter { !$0.isTime && $0.after != $0.before && $0.what != "lines" }
      .map { "\($0.what): \($0.before) → \($0.after)" }
    return [
      "\(opening) of \(name), made smaller \(ToolHeader.signature):",
      "\(told(failure)).",
    ] + changed.map { "  \($0)" }
      + (isWithoutChance ? ["Nothing in it depends on the seed."] : []) + [
        "`conclave replay FILE` says whether it still fails, and in the same way."
      ] + (isAboveAnother ? ["What \(name) says of itself, before anything was taken away:"] : [])
  }

  private static func told(_ failure: FailureRecord) -> String {
    let names = failure.violated.map { "`\($0)`" }.joined(separator: ", ")
    let what = names.isEmpty ? "the condition of a fault" : names
    let how = failure.outcome == .fail ? "does not hold" : "cannot be evaluated"
    return "with seed \(failure.seed) \(what) \(how)"
  }

  static func section(_ failure: FailureRecord) -> DraftValue {
    var entries: [DraftEntry] = [
      .init("tool", .text(failure.tool)), .init("semantics", .text(String(failure.semantics))),
      .init("seed", .text(String(failure.seed))), .init("outcome", .text(failure.outcome.rawValue)),
    ]
    if !failure.violated.isEmpty {
      entries.append(.init("violated", .list(failure.violated.map { .text($0) })))
    }
    entries += [
      .init("fingerprint", .text(hexadecimal(failure.fingerprint))),
      .init("trace_hash", .text(hexadecimal(failure.traceHash))),
    ]
    return DraftValue(.mapping(entries), behind: "what `conclave replay` compares a run with")
  }

  private static func hexadecimal(_ hash: UInt64) -> String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// The name of the file of a capsule.
struct CapsuleName: Sendable {
  /// The most bytes of a name of a scenario or a value, so that every file system takes the whole.
  private static let partLimit = 60
  private static let limit = 180

  private let name: String
  private let seed: UInt64
  private let ending: String

  /// Made from the path of the scenario, what was chosen of its values, and the seed; `ending`
  /// says what else became of it.
  init(file: String, values: [ParameterSetting], seed: UInt64, ending: String = "") {
    var name = Self.plain(Self.stem(file))
    // A folder hides what begins with `.` or `_`, and a command takes `-` for an option.
    if let first = name.first, "._-".contains(first) { name = "x" + name }
    for value in values {
      name += ".\(Self.plain(value.name))-\(Self.plain(value.value))"
    }
    self.name = String(name.prefix(Self.limit))
    self.seed = seed
    self.ending = ending
  }

  func text(number: Int) -> String {
    name + (number > 1 ? "-\(number)" : "") + ".seed-\(seed)\(ending).capsule.yaml"
  }

  /// The name of a scenario's file without its folder and endings; a capsule has that of the
  /// scenario it was made from.
  private static func stem(_ path: String) -> String {
    var name = path.split(separator: "/").last.map(String.init) ?? path
    for ending in [".yaml", ".yml"] where name.hasSuffix(ending) {
      name.removeLast(ending.count)
    }
    if name.hasSuffix(".capsule") {
      name.removeLast(".capsule".count)
      if name.hasSuffix(".shrunk") { name.removeLast(".shrunk".count) }
      let parts = name.split(separator: ".", omittingEmptySubsequences: false)
      if parts.count > 1, parts.last?.hasPrefix("seed-") == true {
        name = parts.dropLast().joined(separator: ".")
      }
    }
    return name == "<stdin>" || name.isEmpty ? "scenario" : name
  }

  /// A text of letters, digits and few signs, which is no trouble in a path.
  private static func plain(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars.prefix(partLimit) {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", "_", "+", ".": result.unicodeScalars.append(scalar)
      default: result += "_"
      }
    }
    return result
  }
}
