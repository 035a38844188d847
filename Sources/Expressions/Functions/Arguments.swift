/// What a function is given, by the types it wants.
struct Arguments {
  let builtin: Builtin
  let values: [Value]

  var count: Int { values.count }

  subscript(_ index: Int) -> Value { values[index] }

  func string(_ index: Int) throws(EvaluationError) -> String {
    if case .string(let text) = values[index] { return text }
    throw unfit(index, "a string")
  }

  func int(_ index: Int) throws(EvaluationError) -> Int64 {
    if case .int(let number) = values[index] { return number }
    throw unfit(index, "an int")
  }

  func double(_ index: Int) throws(EvaluationError) -> Double {
    if case .double(let number) = values[index] { return number }
    throw unfit(index, "a double")
  }

  func duration(_ index: Int) throws(EvaluationError) -> Int64 {
    if case .duration(let time) = values[index] { return time }
    throw unfit(index, "a duration")
  }

  func list(_ index: Int) throws(EvaluationError) -> [Value] {
    if case .list(let values) = values[index] { return values }
    throw unfit(index, "a list")
  }

  func map(_ index: Int) throws(EvaluationError) -> ValueMap {
    if case .map(let map) = values[index] { return map }
    throw unfit(index, "a map")
  }

  /// The error for an argument of the wrong type.
  func unfit(_ index: Int, _ wanted: String) -> EvaluationError {
    EvaluationError(
      .noSuchOverload, "`\(name)` takes \(wanted), found \(values[index].kindText)")
  }

  /// The error for an argument of the right type that will not do.
  func bad(_ message: String, help: String? = nil) -> EvaluationError {
    EvaluationError(.badArgument, "`\(name)`: \(message)", help: help)
  }

  /// The error for NaN among several values of which one is to be chosen by their order.
  func disordered() -> EvaluationError {
    bad(
      "NaN is neither above nor below another number",
      help: "leave it out first: `xs.filter(x, !math.isNaN(x))`")
  }

  /// The name in the catalog.
  var name: String {
    FunctionCatalog.all.first { $0.builtin == builtin }?.name ?? "\(builtin)"
  }
}

/// The functions, by what they work on.
enum Functions {
  /// Applies a function.
  static func call(
    _ builtin: Builtin, _ values: [Value], _ meter: inout Meter
  ) throws(EvaluationError) -> Value {
    let arguments = Arguments(builtin: builtin, values: values)
    if let value = try StringFunctions.call(arguments, &meter) { return value }
    if let value = try ListFunctions.call(arguments, &meter) { return value }
    if let value = try AggregateFunctions.call(arguments, &meter) { return value }
    if let value = try MathFunctions.call(arguments) { return value }
    if let value = try Conversions.call(arguments, &meter) { return value }
    preconditionFailure("nothing evaluates \(builtin) of \(values.count) operands")
  }
}
