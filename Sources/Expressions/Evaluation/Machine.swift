/// One evaluation of a program.
struct Machine {
  let program: Program
  let host: any ExpressionHost
  let limits: EvaluationLimits
  /// Values of the macros' variables.
  var locals: [Value]
  /// Errors of `cel.bind`'s values, which count only where the variable is read.
  var boundErrors: [(variable: Int, error: EvaluationError)] = []
  private(set) var steps = 0
  /// What is read, if it is wanted.
  var readings: ReadingCollector?

  init(
    _ program: Program, _ host: any ExpressionHost, _ limits: EvaluationLimits, locals: [Value]
  ) {
    self.program = program
    self.host = host
    self.limits = limits
    self.locals = locals
    while self.locals.count < program.localCount { self.locals.append(.null) }
  }

  /// Lets go of what the variables hold, which somebody may want to change in its place.
  mutating func forget() {
    for variable in 0..<program.localCount { locals[variable] = .null }
  }

  /// Counts steps; too many end the evaluation.
  mutating func spend(_ count: Int = 1) throws(EvaluationError) {
    steps += count
    if steps > limits.steps {
      throw EvaluationError(
        .stepLimit, "the evaluation takes more than \(limits.steps) steps",
        help: "look at shorter lists, or at fewer at a time")
    }
  }

  /// The value of an instruction.
  mutating func value(_ index: Int) throws(EvaluationError) -> Value {
    try spend()
    let instruction = program.instructions[index]
    switch instruction.operation {
    case .constant: return program.constants[Int(instruction.a)]
    case .local: return locals[Int(instruction.a)]
    case .root, .oldRoot: return try root(instruction, index)
    case .field: return try field(instruction, index)
    case .bound: return try boundValue(Int(instruction.a))
    case .member: return try member(instruction, index)
    case .conditional:
      return try value(Int(try truth(Int(instruction.a)) ? instruction.b : instruction.c))
    case .binary: return try binary(instruction, index)
    case .call: return try call(instruction, index)
    case .list: return try list(instruction, index)
    case .map: return try map(instruction, index)
    case .fold:
      let fold = program.folds[Int(instruction.a)]
      return try foldValue(fold, index)
    case .bind: return try bind(instruction)
    case .failure: throw program.failures[Int(instruction.a)]
    case .hasField, .hasMember, .not, .all, .any, .equal, .unequal, .equalsText, .differsFromText,
      .isNull, .isNotNull, .intEqual, .intUnequal, .intLess, .intLessOrEqual, .intGreater,
      .intGreaterOrEqual, .matches:
      steps -= 1
      return .bool(try truth(index))
    }
  }

  /// The value of an instruction that must be a bool.
  mutating func truth(_ index: Int) throws(EvaluationError) -> Bool {
    let instruction = program.instructions[index]
    let (a, b) = (Int(instruction.a), Int(instruction.b))
    switch instruction.operation {
    case .all:
      try spend()
      return try every(a, b)
    case .any:
      try spend()
      return try some(a, b)
    case .not:
      try spend()
      return try !truth(a)
    case .equalsText: return try isText(instruction)
    case .differsFromText: return try !isText(instruction)
    case .isNull: return try isNull(a)
    case .isNotNull: return try !isNull(a)
    case .intEqual: return try integer(a) == integer(b)
    case .intUnequal: return try integer(a) != integer(b)
    case .intLess: return try integer(a) < integer(b)
    case .intLessOrEqual: return try integer(a) <= integer(b)
    case .intGreater: return try integer(a) > integer(b)
    case .intGreaterOrEqual: return try integer(a) >= integer(b)
    case .equal: return try isSame(a, b)
    case .unequal: return try !isSame(a, b)
    case .matches: return try matches(instruction)
    case .hasField: return try hasField(instruction, index)
    case .hasMember: return try hasMember(instruction, index)
    default:
      let value = try value(index)
      if case .bool(let truth) = value { return truth }
      throw EvaluationError(
        .noSuchOverload, "expected a bool, found \(value.kindText)", range: program.ranges[index])
    }
  }

  /// The value of an instruction that must be an int.
  mutating func integer(_ index: Int) throws(EvaluationError) -> Int64 {
    let value = try value(index)
    if case .int(let number) = value { return number }
    throw EvaluationError(
      .noSuchOverload, "expected an int, found \(value.kindText)", range: program.ranges[index])
  }

  /// The operands of an instruction that has many.
  func operand(_ start: Int32, _ offset: Int) -> Int {
    Int(program.operands[Int(start) + offset])
  }

  /// Whether all operands are true; an error counts only if none is false.
  private mutating func every(_ count: Int, _ start: Int) throws(EvaluationError) -> Bool {
    var failure: EvaluationError?
    for offset in start..<(start + count) {
      do {
        if try !truth(Int(program.operands[offset])) { return false }
      } catch {
        if error.isFatal { throw error }
        if failure == nil { failure = error }
      }
    }
    if let failure { throw failure }
    return true
  }

  /// Whether an operand is true; an error counts only if none is.
  private mutating func some(_ count: Int, _ start: Int) throws(EvaluationError) -> Bool {
    var failure: EvaluationError?
    for offset in start..<(start + count) {
      do {
        if try truth(Int(program.operands[offset])) { return true }
      } catch {
        if error.isFatal { throw error }
        if failure == nil { failure = error }
      }
    }
    if let failure { throw failure }
    return false
  }
}
