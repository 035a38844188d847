/// How strictly an expression is checked before it is evaluated.
public enum CheckMode: Sendable, Hashable {
  /// As in a scenario: also what is legal and hardly meant is a mistake, such as `1 / 2 == 0.5`.
  case scenario
  /// As CEL checks.
  case evaluation
  /// Types are not checked: what does not fit fails when it is evaluated.
  case unchecked
}

/// The language of assertions: a text goes in, what can be evaluated comes out.
public enum Expression {
  /// Reads and checks an expression; `expected` is the type that its place wants, if it wants one.
  ///
  /// The mistakes are all that were found, by place: the first one of syntax, or all of meaning.
  public static func check(
    _ text: String, in environment: ExpressionEnvironment,
    expecting expected: ExpressionType? = nil,
    mode: CheckMode = .scenario
  ) -> Result<CheckedExpression, ExpressionMistakes> {
    let tree: Syntax
    do {
      tree = try Parser.parse(text)
    } catch {
      return .failure(ExpressionMistakes([error]))
    }
    var checker = Checker(environment, mode)
    let node = checker.check(tree)
    if let expected, !node.type.fits(expected) {
      checker.report(
        ExpressionMistake(
          CheckCodes.result,
          "\(Wording.a(expected.text(in: environment))) is wanted, this is "
            + Wording.a(node.type.text(in: environment)), at: node.range,
          help: expected == .bool ? Checker.comparisonHelp(for: node.type, in: environment) : nil))
    }
    guard checker.mistakes.isEmpty else {
      return .failure(ExpressionMistakes(checker.mistakes))
    }
    return .success(
      CheckedExpression(
        text: text, type: node.type, dependencies: checker.reads.dependencies, node: node,
        localCount: checker.localCount, objectTypes: environment.objectTypes))
  }
}

extension Expression {
  /// The ranges of the comments of an expression, in bytes of UTF-8, as far as it can be read.
  public static func comments(in text: String) -> [Range<Int>] { Lexer.comments(in: text) }
}

/// What is wrong with an expression; never empty.
public struct ExpressionMistakes: Error, Sendable, Hashable {
  /// The mistakes, by place.
  public let all: [ExpressionMistake]

  init(_ mistakes: [ExpressionMistake]) {
    all = mistakes.enumerated().sorted {
      ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
    }.map(\.element)
  }
}

/// An expression whose names and types are known.
public struct CheckedExpression: Sendable {
  /// The text it was read from.
  public let text: String
  /// The type of its value.
  public let type: ExpressionType
  /// What it reads.
  public let dependencies: ExpressionDependencies
  let node: CheckedNode
  let localCount: Int
  let objectTypes: [ObjectType]

  /// The value, if it reads nothing and is written out.
  public var constant: Value? { node.constant }

  /// Makes it ready for many evaluations.
  public func compiled() -> CompiledExpression {
    CompiledExpression(
      text: text, type: type, dependencies: dependencies, node: node,
      program: ProgramBuilder.program(
        for: node, source: text, localCount: localCount, objectTypes: objectTypes))
  }
}

/// An expression ready for many evaluations.
public struct CompiledExpression: Sendable {
  /// The text it was read from.
  public let text: String
  /// The type of its value.
  public let type: ExpressionType
  /// What it reads.
  public let dependencies: ExpressionDependencies
  /// What it was made of, for questions about its parts.
  let node: CheckedNode
  let program: Program

  /// The value in the state that the host shows; fails with the first error that matters.
  public func evaluate(
    _ host: any ExpressionHost, _ budget: inout EvaluationBudget
  ) throws(EvaluationError) -> Value {
    try run(host, &budget) { machine, last throws(EvaluationError) in try machine.value(last) }
  }

  /// The value of an expression that must be a bool.
  public func holds(
    _ host: any ExpressionHost, _ budget: inout EvaluationBudget
  ) throws(EvaluationError) -> Bool {
    try run(host, &budget) { machine, last throws(EvaluationError) in try machine.truth(last) }
  }

  /// The value or error together with what was read on the way: slower, for reports.
  public func trace(
    _ host: any ExpressionHost, _ budget: inout EvaluationBudget
  ) -> (result: Result<Value, EvaluationError>, readings: [Reading]) {
    var machine = Machine(program, host, budget.limits, locals: [])
    machine.readings = ReadingCollector()
    let result: Result<Value, EvaluationError>
    do {
      result = .success(try machine.value(program.instructions.count - 1))
    } catch {
      result = .failure(error)
    }
    budget.spend(machine.steps)
    return (result, machine.readings?.readings ?? [])
  }

  private func run<Answer>(
    _ host: any ExpressionHost, _ budget: inout EvaluationBudget,
    _ body: (inout Machine, Int) throws(EvaluationError) -> Answer
  ) throws(EvaluationError) -> Answer {
    guard budget.stepsLeft > 0 else {
      throw EvaluationError(
        .stepLimit, "all evaluations of the run together take too many steps",
        range: 0..<text.utf8.count,
        help: "look at shorter lists, assert less at once, or make the run shorter: `limits.time`")
    }
    var locals: [Value] = []
    swap(&locals, &budget.locals)
    var machine = Machine(program, host, budget.limits, locals: locals)
    locals = []
    defer {
      machine.forget()
      swap(&machine.locals, &budget.locals)
      budget.spend(machine.steps)
    }
    do {
      return try body(&machine, program.instructions.count - 1)
    } catch {
      throw error.located(at: 0..<text.utf8.count)
    }
  }
}
