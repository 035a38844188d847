extension CheckedNode {
  /// Whether two parts say the same, so that they have the same value in every state.
  func isSame(as other: CheckedNode) -> Bool {
    switch (form, other.form) {
    case (.constant(let left), .constant(let right)): left == right
    case (.root(let slot, let isOld, _), .root(let otherSlot, let isOtherOld, _)):
      slot == otherSlot && isOld == isOtherOld
    case (.local(let left), .local(let right)), (.bound(let left), .bound(let right)):
      left == right
    case (.field(let left, let index), .field(let right, let other)),
      (.hasField(let left, let index), .hasField(let right, let other)):
      index == other && left.isSame(as: right)
    case (.member(let left, let name), .member(let right, let other)),
      (.hasMember(let left, let name), .hasMember(let right, let other)):
      Scalars.equal(name, other) && left.isSame(as: right)
    case (.call(let left, let operands), .call(let right, let others)):
      left == right && Self.areSame(operands, others)
    case (.all(let left), .all(let right)), (.any(let left), .any(let right)),
      (.list(let left), .list(let right)):
      Self.areSame(left, right)
    case (.conditional(let test, let first, let second), .conditional(let a, let b, let c)):
      Self.areSame([test, first, second], [a, b, c])
    case (.fold(let left), .fold(let right)): left.isSame(as: right)
    default: false
    }
  }

  /// Whether one of two parts is true exactly when the other is false.
  func isComplement(of other: CheckedNode) -> Bool {
    let (mine, others) = (plain, other.plain)
    if mine.isNegated != others.isNegated, mine.node.isSame(as: others.node) { return true }
    guard case .call(let left, let operands) = form, case .call(let right, let others) = other.form,
      !operands.contains(where: { $0.type.nonNull == .double || $0.type == .dyn })
    else { return false }
    let opposites: [(Builtin, Builtin)] = [
      (.equal, .unequal), (.less, .greaterOrEqual), (.greater, .lessOrEqual),
    ]
    return opposites.contains { ($0 == left && $1 == right) || ($0 == right && $1 == left) }
      && Self.areSame(operands, others)
  }

  /// What it asks without `!`, `== true` and the like around it, and whether it asks for the
  /// opposite of that.
  private var plain: (node: CheckedNode, isNegated: Bool) {
    var (node, isNegated) = (self, false)
    while case .call(let builtin, let operands) = node.form {
      let truths = operands.compactMap { operand -> Bool? in
        if case .constant(.bool(let truth)) = operand.form { return truth }
        return nil
      }
      let rest = operands.filter { if case .constant = $0.form { false } else { true } }
      guard rest.count == 1, rest[0].type == .bool else { break }
      switch (builtin, truths.first) {
      case (.not, nil), (.equal, false), (.unequal, true): isNegated.toggle()
      case (.equal, true), (.unequal, false): break
      default: return (node, isNegated)
      }
      node = rest[0]
    }
    return (node, isNegated)
  }

  private static func areSame(_ left: [CheckedNode], _ right: [CheckedNode]) -> Bool {
    left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
  }
}

extension CheckedNode.Fold {
  fileprivate func isSame(as other: CheckedNode.Fold) -> Bool {
    func areSame(_ left: CheckedNode?, _ right: CheckedNode?) -> Bool {
      guard let left, let right else { return left == nil && right == nil }
      return left.isSame(as: right)
    }
    return macro == other.macro && first == other.first && second == other.second
      && over.isSame(as: other.over) && areSame(condition, other.condition)
      && areSame(body, other.body)
  }
}

extension ExpressionType {
  /// Whether each value of the type equals itself: all but doubles, which may be no number.
  var equalsItself: Bool {
    switch self {
    case .bool, .int, .string, .word, .duration, .null, .object, .type: true
    case .list(let element): element.equalsItself
    case .map(let key, let value): key.equalsItself && value.equalsItself
    case .nullable(let inner): inner.equalsItself
    case .double, .dyn, .never: false
    }
  }
}

extension CheckedExpression {
  /// Whether two expressions say the same, so that they have the same value in every state.
  public func isSame(as other: CheckedExpression) -> Bool { node.isSame(as: other.node) }
}
