/// A part of an expression with its type, names resolved and operations chosen.
struct CheckedNode: Sendable {
  /// What a part is.
  indirect enum Form: Sendable {
    case constant(Value)
    case root(slot: Int, isOld: Bool, name: String)
    case local(Int)
    /// A variable of `cel.bind`, whose value may be an error that shows when it is read.
    case bound(Int)
    /// A field of an object, by index.
    case field(CheckedNode, Int)
    /// A key of a map or a field of an object, by name: which of them shows in the run.
    case member(CheckedNode, String)
    case hasField(CheckedNode, Int)
    case hasMember(CheckedNode, String)
    case call(Builtin, [CheckedNode])
    case matches(CheckedNode, Pattern)
    case all([CheckedNode])
    case any([CheckedNode])
    case conditional(CheckedNode, CheckedNode, CheckedNode)
    case list([CheckedNode])
    case map([(key: CheckedNode, value: CheckedNode)])
    case fold(Fold)
    case bind(Int, CheckedNode, CheckedNode)
    case failure(EvaluationError)
  }

  /// A macro over the elements of a list or map.
  struct Fold: Sendable {
    let macro: Macro
    let over: CheckedNode
    /// The variable of the element or key, or the first of two.
    let first: Int
    /// The variable of the element or value, if there are two.
    let second: Int?
    let condition: CheckedNode?
    let body: CheckedNode?
  }

  let form: Form
  let type: ExpressionType
  let range: Range<Int>
  /// The names that the value comes from, by their index among those read.
  var origins: [Int] = []

  init(
    _ form: Form, _ type: ExpressionType, _ range: Range<Int>, origins: [Int] = []
  ) {
    self.form = form
    self.type = type
    self.range = range
    self.origins = origins
  }

  /// The value, if it is known before the run.
  var constant: Value? {
    if case .constant(let value) = form { return value }
    return nil
  }
}
