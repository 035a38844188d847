/// A condition over words: comparisons, `&&`, `||`, `!` and quantifiers. It cannot fail, and its
/// evaluation allocates nothing.
///
/// A class, so that an evaluation passes one reference; it never changes once it is made.
public final class WordProgram: Sendable {
  /// What an instruction says of its operands or of other instructions.
  @usableFromInline enum Operation: UInt8, Sendable, BitwiseCopyable {
    /// `a` of the children from `b` on.
    case all, any
    /// `a`: an instruction.
    case not
    case equal, unequal, less, lessOrEqual
    /// `a`: an instruction about each element of the list `b`.
    case every, some
    /// Counts the elements of the list `b` for which the instruction `a` holds; only as an operand.
    case tally
  }

  /// A number to compare.
  @usableFromInline struct Operand: Sendable, BitwiseCopyable {
    @usableFromInline enum Kind: UInt8, Sendable, BitwiseCopyable {
      case constant, word
      /// A word of the present element of the outer or the inner quantifier.
      case outer, inner
      /// The value of a tally.
      case tally
    }

    @usableFromInline let kind: Kind
    /// The list of an element.
    @usableFromInline let list: Int32
    /// The constant, the number of the word, or the instruction.
    @usableFromInline let number: Int64

    init(_ kind: Kind, _ number: Int64, list: Int = 0) {
      self.kind = kind
      self.list = Int32(list)
      self.number = number
    }

    static let zero = Operand(.constant, 0)
  }

  @usableFromInline struct Instruction: Sendable, BitwiseCopyable {
    @usableFromInline let operation: Operation
    @usableFromInline var a: Int32 = 0
    @usableFromInline var b: Int32 = 0
    /// Whether a quantifier stands in another.
    @usableFromInline var isInner = false
    @usableFromInline var left = Operand.zero
    @usableFromInline var right = Operand.zero

    init(_ operation: Operation) { self.operation = operation }
  }

  @usableFromInline let instructions: ContiguousArray<Instruction>
  @usableFromInline let children: ContiguousArray<Int32>

  init(_ instructions: ContiguousArray<Instruction>, _ children: ContiguousArray<Int32>) {
    self.instructions = instructions
    self.children = children
  }

  /// Whether it holds in a state, which nothing changes: it is passed like this since a large
  /// struct would be copied otherwise. Nil if that takes more than an evaluation or the run has left:
  /// then the expression itself tells what is wrong.
  @inlinable public func holds<Source: WordSource & ~Copyable>(
    _ source: inout Source, _ budget: inout EvaluationBudget
  ) -> Bool? {
    guard budget.stepsLeft > 0 else { return nil }
    var steps = 0
    let limit = budget.limits.steps
    let holds = truth(instructions.count &- 1, &source, 0, 0, limit, &steps)
    guard steps <= limit else { return nil }
    budget.spend(steps)
    return holds
  }

  @inlinable func truth<Source: WordSource & ~Copyable>(
    _ index: Int, _ source: inout Source, _ outer: Int, _ inner: Int, _ limit: Int,
    _ steps: inout Int
  ) -> Bool {
    steps &+= 1
    let instruction = instructions[index]
    let a = Int(instruction.a)
    switch instruction.operation {
    case .all:
      for place in Int(instruction.b)..<Int(instruction.b) + a
      where !truth(Int(children[place]), &source, outer, inner, limit, &steps) {
        return false
      }
      return true
    case .any:
      for place in Int(instruction.b)..<Int(instruction.b) + a
      where truth(Int(children[place]), &source, outer, inner, limit, &steps) {
        return true
      }
      return false
    case .not: return !truth(a, &source, outer, inner, limit, &steps)
    case .every, .some:
      let decisive = instruction.operation == .some
      return search(instruction, &source, outer, limit, &steps) { $0 == decisive }
        ? decisive : !decisive
    case .tally: return false
    case .equal, .unequal, .less, .lessOrEqual:
      let left = value(instruction.left, &source, outer, inner, limit, &steps)
      let right = value(instruction.right, &source, outer, inner, limit, &steps)
      switch instruction.operation {
      case .equal: return left == right
      case .unequal: return left != right
      case .less: return left < right
      default: return left <= right
      }
    }
  }

  /// Goes through the elements of a quantifier until a function says that it is enough.
  @inlinable func search<Source: WordSource & ~Copyable>(
    _ quantifier: Instruction, _ source: inout Source, _ outer: Int, _ limit: Int,
    _ steps: inout Int, isEnough: (Bool) -> Bool
  ) -> Bool {
    let count = source.count(ofList: Int(quantifier.b))
    for element in 0..<count {
      steps &+= 1
      if steps > limit { return true }
      let holds =
        quantifier.isInner
        ? truth(Int(quantifier.a), &source, outer, element, limit, &steps)
        : truth(Int(quantifier.a), &source, element, 0, limit, &steps)
      if isEnough(holds) { return true }
    }
    return false
  }

  @inlinable func value<Source: WordSource & ~Copyable>(
    _ operand: Operand, _ source: inout Source, _ outer: Int, _ inner: Int, _ limit: Int,
    _ steps: inout Int
  ) -> Int64 {
    switch operand.kind {
    case .constant: return operand.number
    case .word: return source.word(Int(operand.number))
    case .outer:
      return source.word(Int(operand.number), ofElement: outer, in: Int(operand.list))
    case .inner:
      return source.word(Int(operand.number), ofElement: inner, in: Int(operand.list))
    case .tally:
      var count: Int64 = 0
      let tally = instructions[Int(operand.number)]
      _ = search(tally, &source, outer, limit, &steps) { holds in
        count &+= holds ? 1 : 0
        return false
      }
      return count
    }
  }
}
