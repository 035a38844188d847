import Diagnostics
public import Expressions
public import SystemModel

extension WorldEnvironment {
  /// Makes a condition over messages of an expression that was checked against ``message``; the
  /// symbols are those of the plan, all of them.
  public func predicate(
    _ expression: CompiledExpression, description: ProtocolDescription, topology: Topology,
    symbols: SymbolTable
  ) -> MessagePredicate {
    let schema = WorldSchema(
      description: description, topology: topology, symbols: symbols, faults: [],
      tracksMessages: false)
    let words = MessageWords(self, WordValues(schema))
    return MessagePredicate { record in
      var budget = EvaluationBudget()
      return try? expression.holds(MessageHost(record: record, words: words), &budget)
    }
  }
}

extension JudgementPlan {
  /// Why a condition over messages has no value for a message, given as its `sent` record; nil if
  /// it has one.
  func failure(ofCondition place: Int, for message: TraceRecord) -> Diagnostic? {
    guard messageConditions.indices.contains(place) else { return nil }
    let condition = messageConditions[place]
    let schema = WorldSchema(
      description: description, topology: system.topology, symbols: system.symbols, faults: [],
      tracksMessages: false)
    let words = MessageWords(environment, WordValues(schema))
    var budget = EvaluationBudget()
    do {
      _ = try condition.expression.holds(MessageHost(record: message, words: words), &budget)
      return nil
    } catch {
      return error.diagnostic(condition.span)
    }
  }
}

/// What stays the same from message to message.
private final class MessageWords: Sendable {
  let environment: WorldEnvironment
  let words: WordValues

  init(_ environment: WorldEnvironment, _ words: WordValues) {
    self.environment = environment
    self.words = words
  }
}

/// One message as an expression sees it.
private struct MessageHost: ExpressionHost {
  let record: TraceRecord
  let words: MessageWords

  func root(_ slot: Int, old: Bool) throws(EvaluationError) -> Value {
    switch words.environment.slots[slot] {
    case .message:
      let kind = WorldEnvironment.ObjectKind.message.rawValue
      return .object(ObjectReference(type: kind, index: Int(record.id), isOld: old))
    case .parameter(let place): return words.environment.parameterValues[place]
    default: throw EvaluationError(.unbound, "only `message` and parameters can be read here")
    }
  }

  func field(_ field: Int, of object: ObjectReference) throws(EvaluationError) -> Value {
    let words = words.words
    guard let common = WorldTypes.MessageField(rawValue: field) else {
      let place = field - WorldTypes.MessageField.allCases.count
      return words.content(self.words.environment.contentFields[place], of: record.payload)
    }
    switch common {
    case .kind: return words.kinds[Int(record.code)]
    case .from: return words.names[record.from.index]
    case .to: return words.names[record.to.index]
    case .sent: return .duration(record.at)
    }
  }

  func name(of object: ObjectReference) -> String { "message \(object.index)" }
}
