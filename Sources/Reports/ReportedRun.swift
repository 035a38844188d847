public import Analysis
public import Diagnostics

/// A run of a scenario, or what became of it instead, with all that a report says besides.
///
/// Each cell of a matrix is a run of its own; the cells of a scenario stand together in the order
/// of the matrix. A scenario that was refused, or skipped, before its cells were known is one run.
public struct ReportedRun: Sendable {
  /// A key of the matrix with the value that it has in this run.
  public struct Setting: Sendable, Hashable {
    /// The key.
    public var name: String
    /// The value as the scenario writes it.
    public var value: String

    /// A key with its value.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// What became of the scenario.
  public enum Ending: Sendable {
    /// It ran and was judged.
    case judged(RunResult)
    /// It was refused; its diagnostics say why.
    case refused
    /// It was not run, for this reason, such as `an earlier scenario failed (--fail-fast)`.
    case skipped(String)
  }

  /// The path of the scenario's file, as its user gave it.
  public var file: String
  /// The name of the scenario; that of the file if it could not be read.
  public var name: String
  /// The description in the scenario; empty if it has none.
  public var description: String
  /// The tags in the scenario.
  public var tags: [String]
  /// The cell of the matrix; empty if there is no matrix.
  public var cell: [Setting]
  /// Where all chance comes from; nil if that could not be read.
  public var seed: UInt64?
  /// The shell command that repeats the run.
  public var command: RepeatCommand
  /// The texts that the spans of results and diagnostics point into.
  public var sources: SourceMap
  /// The errors that refused the scenario, or warnings about it.
  public var diagnostics: DiagnosticBag
  /// What became of it.
  public var ending: Ending
  /// The path of the capsule in which it was kept; nil if it was not.
  public var capsule: String?

  /// Describes a run.
  public init(
    file: String, name: String, description: String = "", tags: [String] = [],
    cell: [Setting] = [], seed: UInt64?, command: RepeatCommand, sources: SourceMap,
    diagnostics: DiagnosticBag = DiagnosticBag(), ending: Ending
  ) {
    self.file = file
    self.name = name
    self.description = description
    self.tags = tags
    self.cell = cell
    self.seed = seed
    self.command = command
    self.sources = sources
    self.diagnostics = diagnostics
    self.ending = ending
  }

  /// What the run found, if it was judged.
  public var result: RunResult? {
    if case .judged(let result) = ending { return result }
    return nil
  }

  /// How it ended, in a word.
  public var status: RunStatus {
    switch ending {
    case .judged(let result): RunStatus(result.verdict)
    case .refused: .invalid
    case .skipped: .skipped
    }
  }

  /// The cell in words, such as `mode=drop cut_at=80ms`; empty if there is no matrix.
  public var cellText: String {
    cell.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
  }
}

/// How a run ended: its verdict, or why it has none.
///
/// The cases stand in the order of gravity, the least grave first.
public enum RunStatus: String, Sendable, Hashable, CaseIterable {
  /// It was not run.
  case skipped
  /// Its verdict is ``Verdict/pass``.
  case pass
  /// Its verdict is ``Verdict/inconclusive``.
  case inconclusive
  /// Its verdict is ``Verdict/vacuous``.
  case vacuous
  /// Its verdict is ``Verdict/fail``.
  case fail
  /// Its verdict is ``Verdict/error``.
  case error
  /// The scenario was refused.
  case invalid

  /// The status of a run with a verdict.
  public init(_ verdict: Verdict) {
    switch verdict {
    case .pass: self = .pass
    case .inconclusive: self = .inconclusive
    case .vacuous: self = .vacuous
    case .fail: self = .fail
    case .error: self = .error
    }
  }
}
