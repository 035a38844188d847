/// What the evaluator asks of the world that an expression speaks about.
///
/// Asked for every name and field at each evaluation: answer from prepared values. A class, or a
/// struct of at most three words, costs no allocation where it is passed.
public protocol ExpressionHost {
  /// The value of a declared name by its slot, now or before this event.
  func root(_ slot: Int, old: Bool) throws(EvaluationError) -> Value
  /// The steps that it takes to answer with the list that a name stands for, beyond the one for the
  /// name: a step for 16 elements that are gathered each time; the same on every machine.
  func cost(ofList slot: Int, old: Bool) -> Int
  /// The value of a field of an object, by the index of the field in its type; `object.isOld` says
  /// which state is meant, and objects in the answer are to carry the same mark.
  func field(_ field: Int, of object: ObjectReference) throws(EvaluationError) -> Value
  /// The name of an object in reports, such as `node3`.
  func name(of object: ObjectReference) -> String
}

extension ExpressionHost {
  /// Nothing: the list is there already.
  public func cost(ofList slot: Int, old: Bool) -> Int { 0 }
}

/// A host whose names are bound to values once and for all; there are no objects in it.
///
/// Slots are indices into its values.
public struct BoundValues: ExpressionHost {
  /// The values by slot.
  public let values: [Value]

  /// Binds values to slots.
  public init(_ values: [Value]) {
    self.values = values
  }

  /// The value of a slot; the state before is the same.
  public func root(_ slot: Int, old: Bool) throws(EvaluationError) -> Value {
    guard values.indices.contains(slot) else {
      throw EvaluationError(.unbound, "no value is bound to slot \(slot)")
    }
    return values[slot]
  }

  /// Always an error: there are no objects.
  public func field(_ field: Int, of object: ObjectReference) throws(EvaluationError) -> Value {
    throw EvaluationError(.noSuchKey, "bound values have no objects")
  }

  /// The number of the object, as there is no better name.
  public func name(of object: ObjectReference) -> String { Value.object(object).text }
}
