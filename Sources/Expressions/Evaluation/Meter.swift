/// What an operation costs, told while it works.
struct Meter {
  let limits: EvaluationLimits
  let objectTypes: [ObjectType]
  private(set) var steps = 0
  /// Whether the result is a string, list or map that was not there before.
  private(set) var hasBuilt = false

  init(limits: EvaluationLimits, objectTypes: [ObjectType]) {
    self.limits = limits
    self.objectTypes = objectTypes
  }

  /// Counts steps; more than an evaluation may take end the operation at once.
  mutating func spend(_ count: Int) throws(EvaluationError) {
    steps += count
    if steps > limits.steps {
      throw EvaluationError(
        .stepLimit, "the evaluation takes more than \(limits.steps) steps",
        help: "look at shorter lists, or at fewer at a time")
    }
  }

  /// Counts the building of a text.
  mutating func build(text bytes: Int) throws(EvaluationError) {
    hasBuilt = true
    guard bytes <= limits.stringSize else {
      throw EvaluationError(
        .sizeLimit, "a string of more than \(limits.stringSize) bytes is too large")
    }
    try spend(bytes / 16)
  }

  /// Counts the building of a list or map.
  mutating func build(list count: Int) throws(EvaluationError) {
    hasBuilt = true
    guard count <= limits.listSize else {
      throw EvaluationError(
        .sizeLimit, "a list of more than \(limits.listSize) elements is too large")
    }
    try spend(count)
  }

  /// The steps that looking at a value takes, apart from the one that got it.
  static func cost(of value: Value) -> Int {
    switch value {
    case .string(let text): text.utf8.count / 16
    case .list(let values): values.reduce(0) { $0 + 1 + cost(of: $1) }
    case .map(let map): map.values.reduce(map.count) { $0 + 1 + cost(of: $1) }
    default: 0
    }
  }

  /// Refuses a value that is too large or nests too deep, and counts the looking.
  mutating func check(_ value: Value) throws(EvaluationError) {
    var elements = 0
    try check(value, depth: 1, &elements)
    try spend(elements)
  }

  private func check(
    _ value: Value, depth: Int, _ elements: inout Int
  ) throws(EvaluationError) {
    switch value {
    case .string(let text) where text.utf8.count > limits.stringSize:
      throw EvaluationError(
        .sizeLimit, "a string of more than \(limits.stringSize) bytes is too large")
    case .list(let values): try check(values, depth, &elements)
    case .map(let map): try check(map.values, depth, &elements)
    default: return
    }
  }

  private func check(
    _ values: [Value], _ depth: Int, _ elements: inout Int
  ) throws(EvaluationError) {
    elements += values.count
    guard elements <= limits.listSize else {
      throw EvaluationError(
        .sizeLimit, "a list of more than \(limits.listSize) elements in all is too large")
    }
    guard depth <= limits.nesting else {
      throw EvaluationError(.sizeLimit, "lists and maps nest at most \(limits.nesting) deep")
    }
    for value in values { try check(value, depth: depth + 1, &elements) }
  }
}
