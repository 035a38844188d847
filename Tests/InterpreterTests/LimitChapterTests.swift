import Foundation
import Testing

@testable import Interpreter

/// The chapter on limits has all there are: whoever adds a constant that is one is asked for its row.
struct LimitChapterTests {
  /// Constants that bound what users give or get, with a word of their rows.
  static let rows = [
    "BarrierTimes.stepLimit": "chart of arrivals", "ActivityBars.limit": "bars of a chart",
    "Availability.faultLimit": "unavailability", "CheckedDraws.limit": "draws of `vary`",
    "Checker.maximumMistakes": "one expression", "ConsistencyOptions.defaultBudget": "placements",
    "DiagnosticBag.capacity": "mistakes that are told of one file",
    "DiagnosticRenderer.shownLimit": "shown in full",
    "EvaluationBudget.defaultRunSteps": "all evaluations", "FaultBook.windowLimit": "windows",
    "FormatPart.maximumPrecision": "decimals", "Inheritance.limit": "`extends`",
    "LineParser.depthLimit": "objects of a line", "MessageCounts.linkLimit": "each link",
    "NameValue.limit": "a name", "NodeID.limit": "nodes", "DurationValue.limit": "length of time",
    "Lexer.maximumBytes": "an expression", "Parser.maximumDepth": "levels of an expression",
    "Parser.maximumParts": "parts of an expression", "Pattern.maximumSteps": "steps of a pattern",
    "PatternParser.maximumDepth": "groups of a pattern",
    "PatternParser.maximumRepetition": "a repetition", "RaftRegister.limit": "terms and indexes",
    "ReadingCollector.maximum": "values that an evidence", "RecordedRun.byteLimit": "a history",
    "RecordedRun.lineLimit": "a line of a history", "RecentMessages.capacity": "records",
    "SampleTable.valueLimit": "different values", "ScenarioFrame.cellLimit": "matrix",
    "SystemPlan.defaultTimeLimit": "virtual time", "SystemPlan.defaultEventLimit": "events",
    "Judge.callLimit": "calls that a report has",
  ]

  /// Constants that bound how something is worked out or laid out, and change no answer; and those
  /// of single commands, which their own pages tell.
  static let others = [
    "BaselineFile.byteLimit", "CapsuleName.limit", "CapsuleName.partLimit",
    "ContradictionSearch.limit", "CourseReader.limit", "CutText.nodeLimit",
    "DurationValue.textLimit", "Fabric.tableLimit",
    "Freeze.lineLimit", "FrozenLines.limit", "Judge.dropLimit", "LockTimes.overlapLimit",
    "MappingAssembly.scanLimit",
    "MeaningLint.pairLimit", "NameTable.shownLimit", "RunDetails.shownLimit",
    "SampleTable.freshLimit", "ScenarioFiles.byteLimit", "Suggestion.candidateLimit",
    "Suggestion.limit", "RecordedTrace.limit", "TraceCounter.limit", "TraceMemory.limits",
    "ValueOrigins.limit",
  ]

  @Test func `Each constant that is a limit has a row, or is no limit of users`() throws {
    let found = try Self.constants()
    #expect(found.count > 40)
    for name in found {
      #expect(
        Self.rows[name] != nil || Self.others.contains(name),
        "\(name) is in no chapter: give it a row in its catalog of limits")
    }
    for name in Self.rows.keys.sorted() + Self.others {
      #expect(found.contains(name), "there is no \(name) any more")
    }
  }

  @Test(arguments: rows.keys.sorted())
  func `The rows are there`(name: String) throws {
    let word = try #require(Self.rows[name])
    let texts = LimitChapter.page.sections.flatMap(\.blocks).flatMap { block -> [String] in
      if case .table(_, let rows) = block { return rows.map { $0[0] } }
      return []
    }
    #expect(texts.contains { $0.contains(word) }, "\(texts)")
  }

  @Test func `Every bound of evaluations and of the loader has a row`() {
    let chapter = LimitChapter.page.sections.map { "\($0.blocks)" }.joined()
    for number in ["1_000_000", "100_000", "10_000_000_000", "32", "4 MiB", "64", "60 s"] {
      #expect(chapter.contains("\"\(number)\""), "\(number)")
    }
  }

  /// The constants of the sources whose names say that they bound something, with their types.
  private static func constants() throws -> [String] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    let pattern =
      /static (?:let|var) ([A-Za-z]*(?:[lL]imits?|maximum[A-Za-z]*|capacity|default(?:Budget|RunSteps)))\b(?:: [A-Za-z0-9]+)?(?: = | \{ )[(0-9I]/
    let type = /^(?:(?:public|private|fileprivate) )*(?:struct|enum|class|extension) ([A-Za-z.]+)/
    var found: [String] = []
    let files = try #require(
      FileManager.default.subpathsOfDirectory(atPath: root.path()) as [String]?)
    for file in files.sorted() where file.hasSuffix(".swift") && !file.hasPrefix("conclave-bench") {
      var owner = ""
      for line in try String(contentsOf: root.appending(path: file), encoding: .utf8)
        .split(separator: "\n")
      {
        if let match = line.firstMatch(of: type) { owner = String(match.1) }
        if let match = line.firstMatch(of: pattern) { found.append("\(owner).\(match.1)") }
      }
    }
    return found
  }
}
