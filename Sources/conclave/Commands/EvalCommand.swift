import ArgumentParser
import Diagnostics
import FoundationEssentials
import Interpreter

/// `conclave eval EXPR`: try an expression.
struct EvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Try an expression of the assertion language.",
    discussion: """
      Values are plain JSON, or tagged where JSON cannot tell: {"t":"int","v":"-1"}, likewise double, \
      bool, null, string, duration (nanoseconds), list, map ([[KEY, VALUE], …]).

      EXAMPLES:
        conclave eval '[3, 1, 2].sort().map(x, x * 2)'
        conclave eval 'wait < 15ms * n' --bindings '{"n": 3, "wait": {"t": "duration", "v": "40000000"}}'
        conclave eval -- '-7 % 3'
        conclave eval --lines < trials.jsonl    a line {"expr", "bindings", "check"} each, answers likewise;
                                                empty lines have no answer, other keys no meaning
      """)

  @Argument(help: "The expression.")
  var expression: String?

  @Option(help: ArgumentHelp("Values of names, as a JSON object.", valueName: "json"))
  var bindings: String?

  @Flag(help: "Answer lines of JSON from standard input with lines of JSON.")
  var lines = false

  @Flag(help: "Do not check types first; what does not fit fails when it is evaluated.")
  var unchecked = false

  func validate() throws {
    if lines == (expression != nil) {
      throw ValidationError(
        "give an expression, behind -- if it begins with -, or --lines to read them from standard input"
      )
    }
    _ = try givenBindings()
  }

  /// The values of names, taken apart.
  private func givenBindings() throws -> [JSONValue.Member] {
    guard let bindings else { return [] }
    guard case .object(let given)? = DecodedJSON.value(of: bindings) else {
      throw ValidationError("--bindings takes a JSON object, such as '{\"n\": 3}'")
    }
    return given
  }

  func run() throws {
    if lines {
      try answerLines()
    } else if let expression {
      try answer(expression)
    }
  }

  private func answer(_ expression: String) throws {
    let trial = ExpressionTrial(
      expression, bindings: try givenBindings(), isChecked: !unchecked)
    switch trial.outcome() {
    case .value(let text, _): Terminal.print(VisibleText.escaped(text) + "\n")
    case .mistakes(let mistakes):
      var bag = DiagnosticBag()
      bag.report(contentsOf: mistakes)
      let renderer = DiagnosticRenderer(
        SourceMap([trial.source]), colour: Terminal.errorHasColour)
      Terminal.complain(renderer.text(bag))
      throw ExitStatus.invalid.code
    }
  }

  private func answerLines() throws {
    while let line = readLine() {
      guard !line.allSatisfy(\.isWhitespace) else { continue }
      Terminal.print(answer(line: line).text(indented: false) + "\n")
    }
  }

  private func answer(line: String) -> JSONValue {
    guard let trial = trial(line: line) else {
      return .object([
        .init(
          "error",
          .object([
            .init("code", .string("usage")),
            .init(
              "message", .string("a line is {\"expr\": TEXT, \"bindings\": {…}, \"check\": BOOL}")),
            .init("column", .null),
          ]))
      ])
    }
    return trial.answer
  }

  /// What a line asks for; nil if it is no question. Its other keys are its author's.
  private func trial(line: String) -> ExpressionTrial? {
    guard case .object(let members)? = DecodedJSON.value(of: line) else { return nil }
    var text: String?
    var bindings: [JSONValue.Member] = []
    var isChecked = true
    for member in members {
      switch (member.key, member.value) {
      case ("expr", .string(let given)): text = given
      case ("bindings", .object(let given)): bindings = given
      case ("check", .bool(let given)): isChecked = given
      case ("expr", _), ("bindings", _), ("check", _): return nil
      default: continue
      }
    }
    return text.map { ExpressionTrial($0, bindings: bindings, isChecked: isChecked) }
  }
}
