/// Something that an expression needs to be true.
public enum Demand: Sendable, Hashable {
  /// Something of the object that a name stands for, by its slot.
  case name(slot: Int)
  /// Something of every element of the list that a name stands for.
  case every(slot: Int)
}

extension CheckedExpression {
  /// What of the state now must be as it should, all together, for the expression to be true; where
  /// there are alternatives, nothing.
  public var demands: [Demand] { node.demands }
}

extension CheckedNode {
  fileprivate var demands: [Demand] {
    switch form {
    case .all(let terms):
      var demands: [Demand] = []
      for demand in terms.flatMap(\.demands) where !demands.contains(demand) {
        demands.append(demand)
      }
      return demands
    case .fold(let fold):
      guard fold.macro == .all, case .root(let slot, isOld: false, _) = fold.over.form,
        fold.condition?.hasAlternatives == false
      else { return [] }
      return [.every(slot: slot)]
    case .call(let builtin, let operands):
      guard [.equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual].contains(builtin)
      else { return [] }
      return operands.flatMap(\.demands)
    case .field(let object, _):
      guard case .root(let slot, isOld: false, _) = object.form else { return [] }
      return [.name(slot: slot)]
    default: return []
    }
  }

  private var hasAlternatives: Bool {
    switch form {
    case .any, .conditional: true
    case .call(.not, _): true
    case .all(let terms): terms.contains(where: \.hasAlternatives)
    default: false
    }
  }
}
