import Analysis
import ArgumentParser
import Diagnostics
import Interpreter
import Reports
import SystemModel

/// `conclave trace FILE`: what happened in a run, event by event.
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Show what happens in a run, event by event.",
    discussion: """
      Of a scenario with a matrix, give its keys with --set, or its first cell is shown.

      EXAMPLES:
        conclave trace election.yaml
        conclave trace election.yaml --format json | jq 'select(.event == "dropped")'
        conclave trace election.yaml --node node1 --from 100ms --to 300ms
      """)

  @Argument(help: "A file, or - for standard input.")
  var path: String

  @Option(help: "Where all chance comes from, instead of the scenario's seed.")
  var seed: UInt64?

  @OptionGroup var scenario: ScenarioOptions

  @Option(help: "How to show it: text, or json for a line of JSON an event.")
  var format = DiagnosticFormat.text

  @Option(name: .customLong("node"), help: "Only what happens at this node; may be repeated.")
  var nodes: [String] = []

  @Option(name: .customLong("message"), help: "Only messages of this kind; may be repeated.")
  var messages: [String] = []

  @Option(name: .customLong("event"), help: "Only records of this kind; may be repeated.")
  var events: [String] = []

  @Option(help: "Only from this virtual time on, such as 100ms.")
  var from: String?

  @Option(help: "Only up to this virtual time, such as 300ms.")
  var to: String?

  func validate() throws {
    _ = try instant(from, "--from")
    _ = try instant(to, "--to")
  }

  func run() throws {
    let (_, compilation) = try OneScenario.compiled(path, scenario, seed: seed)
    let cell = compilation.cells[0]
    let (system, description) = (cell.plan.system, cell.plan.description)
    let filter = try filter(cell.plan)
    switch format {
    case .text:
      var reader = TextReader(
        transcript: TextTranscript(
          system, description, filter: filter, colour: Terminal.hasColour))
      run(cell, &reader)
    case .json:
      var reader = JSONReader(transcript: JSONTranscript(system, description, filter: filter))
      run(cell, &reader)
    }
  }

  private func run(_ cell: CompiledScenario.Cell, _ reader: inout some TraceReader) {
    var plan = cell.plan
    // Programs may judge the lines by other assertions, which read other fields.
    if format == .json { plan.system.watchedFields = plan.system.watchedFields.map { _ in true } }
    CrashGuard.whilst(Batch.words(path, cell)) {
      _ = Interpreter.run(plan, reading: &reader)
    }
  }

  /// What was asked for, in the names of the scenario and its protocol.
  private func filter(_ plan: JudgementPlan) throws -> TranscriptFilter {
    let kinds = plan.description.messages.map(\.name)
    let places = try nodes.map { try place(of: $0, among: plan.system.topology.names, "node") }
    let (from, to) = (try instant(from, "--from") ?? .start, try instant(to, "--to") ?? .never)
    guard from <= to else {
      throw ValidationError("--from is later than --to, so there is nothing to show")
    }
    return TranscriptFilter(
      nodes: nodes.isEmpty ? nil : NodeSet(places.map { NodeID($0) }),
      events: try events.map { name in
        let all = TranscriptEvent.allCases
        return all[try place(of: name, among: all.map(\.rawValue), "event")]
      },
      messages: try messages.map { UInt8(try place(of: $0, among: kinds, "message")) },
      from: from, through: to)
  }

  private func place(of name: String, among names: [String], _ what: String) throws -> Int {
    if let place = names.firstIndex(of: name) { return place }
    let near = Suggestion.nearest(to: name, among: names)
    let help = near.map { "did you mean \($0)?" } ?? "there are \(names.joined(separator: ", "))"
    Terminal.complain("error: there is no \(what) '\(VisibleText.escaped(name))'; \(help)\n")
    throw ExitStatus.usage.code
  }

  private func instant(_ text: String?, _ option: String) throws -> Instant? {
    guard let text else { return nil }
    guard let instant = Interpreter.instant(text) else {
      throw ValidationError(
        "\(option) takes a time such as 100ms, not '\(VisibleText.escaped(text))'")
    }
    return instant
  }
}

/// Prints the parts of a trace as text.
private struct TextReader: TraceReader {
  var transcript: TextTranscript

  mutating func read(_ part: Trace) {
    var text = ""
    transcript.write(part, to: &text)
    Terminal.print(text)
  }
}

/// Prints the parts of a trace as lines of JSON.
private struct JSONReader: TraceReader {
  var transcript: JSONTranscript

  mutating func read(_ part: Trace) {
    var text = ""
    transcript.write(part, to: &text)
    Terminal.print(text)
  }
}
