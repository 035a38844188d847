/// Lays a checked expression out flat, choosing the quickest operation that its types allow.
struct ProgramBuilder {
  private(set) var instructions: [Program.Instruction] = []
  private(set) var ranges: [Range<Int>] = []
  private(set) var operands: [Int32] = []
  private(set) var constants: [Value] = []
  private(set) var texts: [String] = []
  private(set) var patterns: [Pattern] = []
  private(set) var folds: [Program.Fold] = []
  private(set) var failures: [EvaluationError] = []
  private(set) var rootNames: [(slot: Int, name: String)] = []
  let source: String
  let localCount: Int
  let objectTypes: [ObjectType]

  /// The program of an expression; its last instruction is the whole of it.
  static func program(
    for node: CheckedNode, source: String, localCount: Int, objectTypes: [ObjectType]
  ) -> Program {
    var builder = ProgramBuilder(
      source: source, localCount: localCount, objectTypes: objectTypes)
    _ = builder.add(node)
    return Program(builder)
  }

  private init(source: String, localCount: Int, objectTypes: [ObjectType]) {
    self.source = source
    self.localCount = localCount
    self.objectTypes = objectTypes
  }

  /// Adds a part behind its operands and returns its index.
  private mutating func add(_ node: CheckedNode) -> Int {
    let range = node.range
    switch node.form {
    case .constant(let value): return emit(.constant, append(value), at: range)
    case .root(let slot, let isOld, let name):
      if !rootNames.contains(where: { $0.slot == slot }) { rootNames.append((slot, name)) }
      return emit(isOld ? .oldRoot : .root, slot, at: range)
    case .local(let index): return emit(.local, index, at: range)
    case .bound(let index): return emit(.bound, index, at: range)
    case .field(let object, let index): return emit(.field, add(object), index, at: range)
    case .hasField(let object, let index): return emit(.hasField, add(object), index, at: range)
    case .member(let object, let name):
      return emit(.member, add(object), append(name), at: range)
    case .hasMember(let object, let name):
      return emit(.hasMember, add(object), append(name), at: range)
    case .call(let builtin, let nodes): return add(builtin, nodes, range)
    case .matches(let text, let pattern):
      patterns.append(pattern)
      let index = patterns.count - 1
      return emit(.matches, add(text), index, at: range)
    case .all(let terms): return emitMany(.all, terms, range)
    case .any(let terms): return emitMany(.any, terms, range)
    case .conditional(let test, let first, let second):
      let indices = (add(test), add(first), add(second))
      return emit(.conditional, indices.0, indices.1, indices.2, at: range)
    case .list(let nodes): return emitMany(.list, nodes, range)
    case .map(let entries):
      return emitMany(.map, entries.flatMap { [$0.key, $0.value] }, range)
    case .fold(let fold): return add(fold, range)
    case .bind(let variable, let value, let body):
      let indices = (add(value), add(body))
      return emit(.bind, variable, indices.0, indices.1, at: range)
    case .failure(let error):
      failures.append(error)
      return emit(.failure, failures.count - 1, at: range)
    }
  }

  private mutating func add(_ fold: CheckedNode.Fold, _ range: Range<Int>) -> Int {
    let laid = Program.Fold(
      macro: fold.macro, over: add(fold.over), first: fold.first, second: fold.second,
      condition: fold.condition.map { add($0) }, body: fold.body.map { add($0) })
    folds.append(laid)
    return emit(.fold, folds.count - 1, at: range)
  }

  private mutating func add(
    _ builtin: Builtin, _ nodes: [CheckedNode], _ range: Range<Int>
  ) -> Int {
    if builtin == .not { return emit(.not, add(nodes[0]), at: range) }
    if let index = addComparison(builtin, nodes, range) { return index }
    if nodes.count == 2 {
      let (left, right) = (add(nodes[0]), add(nodes[1]))
      return emit(.binary, left, right, Int(builtin.rawValue), at: range)
    }
    let index = emitMany(.call, nodes, range)
    instructions[index].c = Int32(builtin.rawValue)
    return index
  }

  private mutating func addComparison(
    _ builtin: Builtin, _ nodes: [CheckedNode], _ range: Range<Int>
  ) -> Int? {
    guard nodes.count == 2 else { return nil }
    let isEquality = builtin == .equal || builtin == .unequal
    if isEquality, nodes.contains(where: { $0.constant == .null }) {
      let other = nodes[0].constant == .null ? nodes[1] : nodes[0]
      return emit(builtin == .equal ? .isNull : .isNotNull, add(other), at: range)
    }
    if isEquality,
      let (text, other) = ProgramBuilder.text(nodes[0], nodes[1])
        ?? ProgramBuilder.text(nodes[1], nodes[0])
    {
      let index = append(text)
      return emit(
        builtin == .equal ? .equalsText : .differsFromText, add(other), index, at: range)
    }
    if nodes.allSatisfy({ $0.type == .int }), let operation = ProgramBuilder.intOrder(builtin) {
      let (left, right) = (add(nodes[0]), add(nodes[1]))
      return emit(operation, left, right, at: range)
    }
    guard isEquality else { return nil }
    let (left, right) = (add(nodes[0]), add(nodes[1]))
    return emit(builtin == .equal ? .equal : .unequal, left, right, at: range)
  }

  /// A known string beside something else.
  private static func text(
    _ node: CheckedNode, _ other: CheckedNode
  ) -> (text: String, other: CheckedNode)? {
    guard case .string(let text)? = node.constant else { return nil }
    return (text, other)
  }

  private static func intOrder(_ builtin: Builtin) -> Program.Operation? {
    switch builtin {
    case .equal: .intEqual
    case .unequal: .intUnequal
    case .less: .intLess
    case .lessOrEqual: .intLessOrEqual
    case .greater: .intGreater
    case .greaterOrEqual: .intGreaterOrEqual
    default: nil
    }
  }

  private mutating func emitMany(
    _ operation: Program.Operation, _ nodes: [CheckedNode], _ range: Range<Int>
  ) -> Int {
    let indices = nodes.map { Int32(add($0)) }
    let start = operands.count
    operands.append(contentsOf: indices)
    return emit(operation, nodes.count, start, at: range)
  }

  private mutating func emit(
    _ operation: Program.Operation, _ a: Int, _ b: Int = 0, _ c: Int = 0, at range: Range<Int>
  ) -> Int {
    instructions.append(
      Program.Instruction(operation: operation, a: Int32(a), b: Int32(b), c: Int32(c)))
    ranges.append(range)
    return instructions.count - 1
  }

  private mutating func append(_ value: Value) -> Int {
    constants.append(value)
    return constants.count - 1
  }

  private mutating func append(_ text: String) -> Int {
    texts.append(text)
    return texts.count - 1
  }
}
