/// A part of an expression as it was written, before names and types are known.
struct Syntax: Sendable {
  /// What a part is.
  indirect enum Form: Sendable {
    case literal(Value)
    /// A name; a dot before it means the outermost scope.
    case name(String, isRooted: Bool)
    case select(Syntax, field: String, fieldRange: Range<Int>)
    case index(Syntax, Syntax)
    case call(Call)
    case list([Syntax])
    case map([(key: Syntax, value: Syntax)])
    case not(Syntax)
    case negate(Syntax)
    case binary(Operator, Syntax, Syntax)
    /// A chain of `&&`, or of `||`, of two parts or more.
    case all([Syntax])
    case any([Syntax])
    case conditional(Syntax, Syntax, Syntax)
  }

  /// A function or macro with what it is given.
  struct Call: Sendable {
    let function: String
    let nameRange: Range<Int>
    let receiver: Syntax?
    let arguments: [Syntax]
  }

  /// The operators of two operands that evaluate both.
  enum Operator: String, Sendable, CaseIterable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "=="
    case unequal = "!="
    case `in` = "in"
  }

  let form: Form
  /// In bytes of the text.
  let range: Range<Int>
  /// How many parts lie below one another; the limit keeps every walk over the tree shallow.
  let depth: Int

  init(_ form: Form, _ range: Range<Int>, over parts: [Syntax] = []) {
    self.form = form
    self.range = range
    depth = 1 + (parts.map(\.depth).max() ?? 0)
  }
}
