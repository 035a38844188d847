import Analysis
import Diagnostics
import Interpreter
import Protocols
import ScenarioSyntax
import SystemModel
import Testing

/// Nothing is accepted and ignored: for every key of the language, every word that a key takes, and
/// every option, field and argument of every protocol there are two scenarios that differ in it
/// alone, and that come to something else.
struct EveryOptionActsTests {
  /// Two scenarios that differ in one thing.
  struct Pair: CustomTestStringConvertible, Sendable {
    /// Where the difference can be seen.
    enum Sight: Sendable {
      /// In what happens, or in how it is judged.
      case course
      /// In the words of reports alone.
      case words
    }

    /// What differs: `fault.at` is the key `at` of a fault, `paxos.retry` an option of Paxos.
    let option: String
    let first: String
    let second: String
    let sight: Sight

    var testDescription: String { option }

    init(_ option: String, _ first: String, _ second: String, in sight: Sight = .course) {
      self.option = option
      self.first = first
      self.second = second
      self.sight = sight
    }
  }

  /// A scenario with a gap for each of the words that a key takes.
  struct Words: CustomTestStringConvertible, Sendable {
    let option: String
    /// The text with `WORD` in it.
    let text: String

    var testDescription: String { option }

    init(_ option: String, _ text: String) {
      self.option = option
      self.text = text
    }

    /// The words in the catalog of keys.
    var words: [String] { EveryOptionActsTests.words.first { $0.option == option }?.words ?? [] }
  }

  /// What has no pair, and why that is right.
  static let exempt =
    [("scenario.version", "has one value; every other one is refused")]
    + ["tool", "semantics", "seed", "outcome", "violated", "fingerprint", "trace_hash"].map {
      ("capsule.\($0)", "is what `conclave replay` compares a run with")
    } + [("scenario.capsule", "has these")]

  static let pairs =
    Acting.sections + Acting.links + Acting.workloads + Acting.faults + Acting.explicit
    + Acting.messages + Acting.assertions + Acting.vary + Acting.protocols + Acting.registers
    + Acting.logs

  @Test(arguments: pairs)
  func makesADifference(_ pair: Pair) throws {
    let (first, second) = (try Outcome(of: pair.first), try Outcome(of: pair.second))
    switch pair.sight {
    case .course: #expect(first.course != second.course, "\(first.course)")
    case .words: #expect(first.words != second.words, "\(first.words)")
    }
  }

  @Test(arguments: Acting.words)
  func everyWordMeansSomethingElse(_ row: Words) throws {
    var known: [(word: String, course: String)] = []
    #expect(row.words.count > 1)
    for word in row.words {
      let outcome = try Outcome(of: row.text.replacing("WORD", with: word))
      let same = known.first { $0.course == outcome.course }?.word
      #expect(same == nil, "`\(word)` and `\(same ?? "")` come to the same")
      known.append((word, outcome.course))
    }
  }

  @Test func everyKeyHasAPair() {
    let keys = KeyCatalog.tables.flatMap { table in table.keys.map { "\(table.name).\($0.name)" } }
    let shown = Self.pairs.map(\.option) + Acting.words.map(\.option) + Self.exempt.map(\.0)
    let missing = keys.filter { !shown.contains($0) }
    #expect(missing.isEmpty, "nothing shows that these act: \(missing)")
  }

  @Test func everyWordOfAKeyHasItsTurn() {
    let shown =
      Acting.words.map(\.option) + [
        "fault.mode", "fault_links.all", "expect.pass", "capsule.outcome",
      ]
    let missing = Self.words.filter { $0.words.count > 1 && !shown.contains($0.option) }
    #expect(missing.isEmpty, "nothing shows what the words mean of \(missing.map(\.option))")
  }

  @Test func everyWordOfAProtocolHasAPair() {
    var wanted: [String] = []
    for description in ProtocolCatalog.all {
      // Each word of `mistake` has a story and a control in the zoo.
      let options = description.parameters.filter { $0.name != "mistake" }
      wanted += options.map { "\(description.name).\($0.name)" }
      wanted += description.fields.filter(\.settable).map {
        "\(description.name).initial.\($0.name)"
      }
      for call in description.calls {
        wanted += call.arguments.map { "\(description.name).\(call.name).\($0.name)" }
      }
    }
    let shown = Self.pairs.map(\.option)
    let missing = wanted.filter { !shown.contains($0) }
    #expect(missing.isEmpty, "nothing shows that these act: \(missing)")
  }

  /// The keys that take one of some words, with these.
  static let words: [(option: String, words: [String])] = KeyCatalog.tables.flatMap { table in
    table.keys.compactMap { key in
      let words = key.grammar.flattened.flatMap { choice -> [String] in
        if case .words(let words, _) = choice { return words.map(\.text) }
        return []
      }
      return words.isEmpty ? nil : ("\(table.name).\(key.name)", words)
    }
  }
}

/// What a scenario comes to.
private struct Outcome {
  /// What happens in each cell and how it is judged, without any words of the author.
  let course: String
  /// What reports show besides.
  let words: String

  init(of text: String) throws {
    let compiled = Interpreter.compile(SourceFile(name: "story.yaml", text: text)) { path in
      Acting.bases[path].map { SourceFile(name: path, text: $0) }
    }
    let renderer = DiagnosticRenderer(compiled.sources)
    let found = compiled.diagnostics.sorted.map { renderer.text($0) }.joined(separator: "\n")
    try #require(!compiled.cells.isEmpty, "\(found)")
    let results = compiled.cells.map { Interpreter.run($0.plan) }
    course = zip(compiled.cells, results).map { cell, result in
      Self.course(cell.values.map(\.value), result)
    }.joined(separator: "\n")
    let names = results.flatMap { result in
      result.assertions.map(\.name) + result.faults.map(\.name) + result.remarks
    }
    words = ([compiled.name ?? "", compiled.description ?? ""] + compiled.tags + names)
      .joined(separator: "\n")
  }

  private static func course(_ cell: [String], _ result: RunResult) -> String {
    var parts = cell
    parts += [
      "trace \(result.traceHash), \(result.events) events to \(result.endedAt.text)",
      "\(result.verdict.rawValue), \(result.outcome.rawValue)",
    ]
    parts += result.assertions.map { assertion in
      "\(assertion.verdict.rawValue) of \(assertion.opportunities) and \(assertion.evaluations)"
        + (assertion.evidence.map { " at \($0.at.text)" } ?? "")
    }
    parts += result.faults.map { fault in
      "\(fault.verdict.rawValue) fired \(fault.fired), \(fault.ledger), "
        + fault.windows.map { "\($0.start.text) to \($0.end?.text ?? "") \($0.targets)" }.joined()
    }
    parts += result.metrics.map { "\($0.name) \($0.value)" }
    return parts.joined(separator: "\n")
  }
}
