/// An expression laid out flat for evaluation: operations refer to their operands by index.
///
/// A class, so that an evaluation passes one reference instead of copying a dozen arrays; it never
/// changes once it is made.
final class Program: Sendable {
  /// What an operation does; `a`, `b` and `c` are indices of operations unless it says otherwise.
  enum Operation: UInt8, Sendable {
    /// `a`: constant.
    case constant
    /// `a`: slot; `b`: 1 for the state before.
    case root, oldRoot
    /// `a`: variable.
    case local, bound
    /// `a`: object; `b`: index of the field.
    case field, hasField
    /// `a`: map or object; `b`: name.
    case member, hasMember
    case not
    /// `a` operands from `b` on.
    case all, any
    case conditional
    case equal, unequal
    /// `a`: string; `b`: constant.
    case equalsText, differsFromText
    case isNull, isNotNull
    /// `a`, `b`: operands that are ints; `c`: the constant of `b` if it is one.
    case intEqual, intUnequal, intLess, intLessOrEqual, intGreater, intGreaterOrEqual
    /// `a`, `b`: operands; `c`: builtin.
    case binary
    /// `a` operands from `b` on; `c`: builtin.
    case call
    /// `a`: text; `b`: pattern.
    case matches
    /// `a` operands from `b` on.
    case list, map
    /// `a`: fold.
    case fold
    /// `a`: variable; `b`: value; `c`: body.
    case bind
    /// `a`: error.
    case failure
  }

  /// An operation with its operands.
  struct Instruction: Sendable {
    var operation: Operation
    var a: Int32 = 0
    var b: Int32 = 0
    var c: Int32 = 0
  }

  /// A macro over elements, by indices.
  struct Fold: Sendable {
    let macro: Macro
    let over: Int
    let first: Int
    let second: Int?
    let condition: Int?
    let body: Int?
  }

  /// The expression as it was written.
  let source: String
  let instructions: [Instruction]
  /// Where each instruction stands in the text.
  let ranges: [Range<Int>]
  let operands: [Int32]
  let constants: [Value]
  let texts: [String]
  let patterns: [Pattern]
  let folds: [Fold]
  let failures: [EvaluationError]
  let localCount: Int
  /// The names and fields of object types, for members chosen in the run.
  let objectTypes: [ObjectType]
  /// The name of each slot that is read, for reports.
  let rootNames: [(slot: Int, name: String)]

  init(_ builder: ProgramBuilder) {
    source = builder.source
    instructions = builder.instructions
    ranges = builder.ranges
    operands = builder.operands
    constants = builder.constants
    texts = builder.texts
    patterns = builder.patterns
    folds = builder.folds
    failures = builder.failures
    localCount = builder.localCount
    objectTypes = builder.objectTypes
    rootNames = builder.rootNames
  }
}
