@testable import Expressions

/// The obvious evaluator: it walks the tree as it was written and knows no types beforehand.
///
/// It shares nothing with the real one but the values, and is slow and plain on purpose.
struct Twin {
  /// Why there is no value.
  struct Failure: Error, Equatable {
    let kind: EvaluationError.Kind
  }

  var names: [String: Value]

  func value(_ syntax: Syntax) throws -> Value {
    switch syntax.form {
    case .literal(let value): return value
    case .name(let name, _): return try named(name)
    case .select(let base, let field, _): return try member(try value(base), field)
    case .index(let base, let index): return try element(try value(base), try value(index))
    case .list(let parts): return .list(try parts.map(value))
    case .map(let entries): return try map(entries.map { (try value($0.key), try value($0.value)) })
    case .not(let part): return .bool(!(try truth(try value(part))))
    case .negate(let part): return try negate(try value(part))
    case .binary(let sign, let left, let right):
      return try apply(sign, try value(left), try value(right))
    case .all(let parts): return .bool(try decide(parts, by: false))
    case .any(let parts): return .bool(try decide(parts, by: true))
    case .conditional(let test, let first, let second):
      return try value(try truth(try value(test)) ? first : second)
    case .call(let call): return try self.call(call)
    }
  }

  private func named(_ name: String) throws -> Value {
    guard let value = names[name] else { throw Failure(kind: .unbound) }
    return value
  }

  private func truth(_ value: Value) throws -> Bool {
    guard case .bool(let truth) = value else { throw Failure(kind: .noSuchOverload) }
    return truth
  }

  /// `&&` and `||`: the deciding value wins over errors, the first error over the other value.
  private func decide(_ parts: [Syntax], by decisive: Bool) throws -> Bool {
    var failures: [any Error] = []
    for part in parts {
      do {
        if try truth(try value(part)) == decisive { return decisive }
      } catch {
        failures.append(error)
      }
    }
    if let first = failures.first { throw first }
    return !decisive
  }

  private func negate(_ value: Value) throws -> Value {
    switch value {
    case .int(let number) where number == .min: throw Failure(kind: .overflow)
    case .int(let number): return .int(-number)
    case .double(let number): return .double(-number)
    case .duration(let time): return .duration(-time)
    default: throw Failure(kind: .noSuchOverload)
    }
  }

  private func apply(_ sign: Syntax.Operator, _ left: Value, _ right: Value) throws -> Value {
    switch sign {
    case .equal: return .bool(same(left, right))
    case .unequal: return .bool(!same(left, right))
    case .in: return .bool(try contains(right, left))
    case .less: return .bool(try before(left, right))
    case .greater: return .bool(try before(right, left))
    case .lessOrEqual: return .bool(try before(left, right) || same(left, right))
    case .greaterOrEqual: return .bool(try before(right, left) || same(left, right))
    case .add, .subtract, .multiply, .divide, .remainder: return try compute(sign, left, right)
    }
  }

  private func compute(_ sign: Syntax.Operator, _ left: Value, _ right: Value) throws -> Value {
    switch (left, right) {
    case (.int(let left), .int(let right)): return .int(try whole(sign, left, right))
    case (.double(let left), .double(let right)):
      switch sign {
      case .add: return .double(left + right)
      case .subtract: return .double(left - right)
      case .multiply: return .double(left * right)
      case .divide: return .double(left / right)
      default: throw Failure(kind: .noSuchOverload)
      }
    case (.string(let left), .string(let right)) where sign == .add: return .string(left + right)
    case (.list(let left), .list(let right)) where sign == .add: return .list(left + right)
    case (.duration(let left), .duration(let right)):
      switch sign {
      case .add: return .duration(left + right)
      case .subtract: return .duration(left - right)
      case .divide where right == 0: throw Failure(kind: .divisionByZero)
      case .divide: return .double(Double(left) / Double(right))
      default: throw Failure(kind: .noSuchOverload)
      }
    case (.duration(let time), .int(let number)) where sign == .multiply:
      return .duration(try whole(.multiply, time, number))
    case (.int(let number), .duration(let time)) where sign == .multiply:
      return .duration(try whole(.multiply, time, number))
    case (.duration(let time), .double(let number)) where sign == .multiply:
      return .duration(try nearest(Double(time) * number))
    case (.double(let number), .duration(let time)) where sign == .multiply:
      return .duration(try nearest(Double(time) * number))
    case (.duration(let time), .double(let number)) where sign == .divide:
      if number == 0 { throw Failure(kind: .divisionByZero) }
      return .duration(try nearest(Double(time) / number))
    case (.duration(let time), .int(let number)) where sign == .divide:
      return .duration(try whole(.divide, time, number))
    default: throw Failure(kind: .noSuchOverload)
    }
  }

  private func nearest(_ number: Double) throws -> Int64 {
    guard number.magnitude < 0x1p63 else { throw Failure(kind: .overflow) }
    return Int64(number < 0 ? (number - 0.5).rounded(.up) : (number + 0.5).rounded(.down))
  }

  private func whole(_ sign: Syntax.Operator, _ left: Int64, _ right: Int64) throws -> Int64 {
    if sign == .divide || sign == .remainder, right == 0 { throw Failure(kind: .divisionByZero) }
    let result =
      switch sign {
      case .add: left.addingReportingOverflow(right)
      case .subtract: left.subtractingReportingOverflow(right)
      case .multiply: left.multipliedReportingOverflow(by: right)
      case .divide: left.dividedReportingOverflow(by: right)
      default: left.remainderReportingOverflow(dividingBy: right)
      }
    if result.overflow { throw Failure(kind: .overflow) }
    return result.partialValue
  }

  /// Equality, numbers through their decimal digits.
  private func same(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.int(let left), .double(let right)): return "\(left)" == digits(right)
    case (.double(let left), .int(let right)): return "\(right)" == digits(left)
    case (.double(let left), .double(let right)): return left == right
    case (.list(let left), .list(let right)):
      return left.count == right.count && zip(left, right).allSatisfy(same)
    case (.map(let left), .map(let right)):
      return left.keys == right.keys && zip(left.values, right.values).allSatisfy(same)
    case (.string(let left), .string(let right)):
      return Array(left.unicodeScalars) == Array(right.unicodeScalars)
    default: return left == right
    }
  }

  private func digits(_ number: Double) -> String? {
    guard number.isFinite, number == number.rounded(.towardZero) else { return nil }
    return number == 0 ? "0" : DecimalText.fixed(number, 0)
  }

  private func before(_ left: Value, _ right: Value) throws -> Bool {
    switch (left, right) {
    case (.int(let left), .int(let right)): return left < right
    case (.double(let left), .double(let right)): return left < right
    case (.int(let left), .double(let right)): return Double(left) < right
    case (.double(let left), .int(let right)): return left < Double(right)
    case (.bool(let left), .bool(let right)): return !left && right
    case (.duration(let left), .duration(let right)): return left < right
    case (.string(let left), .string(let right)):
      return left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
    default: throw Failure(kind: .noSuchOverload)
    }
  }

  private func contains(_ container: Value, _ item: Value) throws -> Bool {
    switch container {
    case .list(let values): return values.contains { same($0, item) }
    case .map(let map): return map.keys.contains { same($0, item) }
    default: throw Failure(kind: .noSuchOverload)
    }
  }

  private func member(_ value: Value, _ name: String) throws -> Value {
    if case .null = value { throw Failure(kind: .nullAccess) }
    guard case .map(let map) = value else { throw Failure(kind: .noSuchOverload) }
    guard let index = map.keys.firstIndex(of: .string(name)) else {
      throw Failure(kind: .noSuchKey)
    }
    return map.values[index]
  }

  private func element(_ container: Value, _ key: Value) throws -> Value {
    switch (container, key) {
    case (.list(let values), .int(let index)):
      guard index >= 0, index < values.count else { throw Failure(kind: .indexOutOfRange) }
      return values[Int(index)]
    case (.list(let values), .double(let number)):
      guard let index = Int(exactly: number) else { throw Failure(kind: .badArgument) }
      guard index >= 0, index < values.count else { throw Failure(kind: .indexOutOfRange) }
      return values[index]
    case (.map(let map), _):
      guard let index = map.keys.firstIndex(where: { same($0, key) }) else {
        throw Failure(kind: .noSuchKey)
      }
      return map.values[index]
    default: throw Failure(kind: .noSuchOverload)
    }
  }

  private func map(_ entries: [(Value, Value)]) throws -> Value {
    for (index, entry) in entries.enumerated() {
      switch entry.0 {
      case .bool, .int, .string: break
      default: throw Failure(kind: .duplicateKey)
      }
      if entries[..<index].contains(where: { $0.0 == entry.0 }) {
        throw Failure(kind: .duplicateKey)
      }
    }
    guard let map = ValueMap(entries.map { (key: $0.0, value: $0.1) }) else {
      throw Failure(kind: .duplicateKey)
    }
    return .map(map)
  }
}

extension Twin {
  private func call(_ call: Syntax.Call) throws -> Value {
    if call.function == "has" {
      guard case .select(let base, let field, _) = call.arguments[0].form else {
        throw Failure(kind: .noSuchOverload)
      }
      do {
        _ = try member(try value(base), field)
        return .bool(true)
      } catch let failure as Failure where failure.kind == .noSuchKey {
        _ = try value(base)
        return .bool(false)
      }
    }
    guard let receiver = call.receiver else { throw Failure(kind: .unbound) }
    if call.function == "size" {
      switch try value(receiver) {
      case .string(let text): return .int(Int64(text.unicodeScalars.count))
      case .list(let values): return .int(Int64(values.count))
      case .map(let map): return .int(Int64(map.count))
      default: throw Failure(kind: .noSuchOverload)
      }
    }
    return try fold(call, over: try value(receiver))
  }

  private func fold(_ call: Syntax.Call, over: Value) throws -> Value {
    let body = call.arguments[call.arguments.count - 1]
    let names = call.arguments.dropLast().compactMap { argument -> String? in
      if case .name(let name, _) = argument.form { name } else { nil }
    }
    let rows = try rows(over, names)
    switch call.function {
    case "all", "exists":
      let decisive = call.function == "exists"
      var failures: [any Error] = []
      for row in rows {
        do {
          if try row.twin.truth(try row.twin.value(body)) == decisive { return .bool(decisive) }
        } catch {
          failures.append(error)
        }
      }
      if let first = failures.first { throw first }
      return .bool(!decisive)
    case "exists_one":
      return .bool(try rows.filter { try $0.twin.truth(try $0.twin.value(body)) }.count == 1)
    case "map": return .list(try rows.map { try $0.twin.value(body) })
    case "filter":
      return .list(
        try rows.filter { try $0.twin.truth(try $0.twin.value(body)) }.map(\.element))
    default: throw Failure(kind: .unbound)
    }
  }

  /// For each element a twin that knows the variables.
  private func rows(_ over: Value, _ names: [String]) throws -> [(twin: Twin, element: Value)] {
    let pairs: [(key: Value, value: Value, single: Value)]
    switch over {
    case .list(let values):
      pairs = values.enumerated().map { (.int(Int64($0.offset)), $0.element, $0.element) }
    case .map(let map): pairs = zip(map.keys, map.values).map { ($0, $1, $0) }
    default: throw Failure(kind: .noSuchOverload)
    }
    return pairs.map { pair in
      var twin = self
      if names.count == 1 {
        twin.names[names[0]] = pair.single
      } else {
        twin.names[names[0]] = pair.key
        twin.names[names[1]] = pair.value
      }
      return (twin, pair.single)
    }
  }
}
