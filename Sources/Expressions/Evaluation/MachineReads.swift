extension Machine {
  /// The value of a declared name.
  mutating func root(
    _ instruction: Program.Instruction, _ index: Int
  ) throws(EvaluationError) -> Value {
    let isOld = instruction.operation == .oldRoot
    let value: Value
    do {
      value = try host.root(Int(instruction.a), old: isOld)
    } catch {
      throw error.located(at: program.ranges[index])
    }
    if case .list = value { try spend(host.cost(ofList: Int(instruction.a), old: isOld)) }
    if readings != nil { noteRoot(Int(instruction.a), isOld, value) }
    return value
  }

  /// A field of an object by its index.
  mutating func field(
    _ instruction: Program.Instruction, _ index: Int
  ) throws(EvaluationError) -> Value {
    let owner = try value(Int(instruction.a))
    guard case .object(let object) = owner else { throw noFields(owner, instruction, index) }
    return try field(Int(instruction.b), of: object, index)
  }

  private mutating func field(
    _ field: Int, of object: ObjectReference, _ index: Int
  ) throws(EvaluationError) -> Value {
    let value: Value
    do {
      value = try host.field(field, of: object)
    } catch {
      throw error.located(at: program.ranges[index])
    }
    if readings != nil { noteField(field, object, value) }
    return value
  }

  /// A key of a map or a field of an object, by name.
  mutating func member(
    _ instruction: Program.Instruction, _ index: Int
  ) throws(EvaluationError) -> Value {
    let owner = try value(Int(instruction.a))
    let name = program.texts[Int(instruction.b)]
    switch owner {
    case .map(let map):
      if let value = map.value(for: .string(name)) { return value }
      throw EvaluationError(
        .noSuchKey, "the map has no key \(Value.string(name).briefText)",
        range: program.ranges[index],
        help: Machine.keysHelp(map))
    case .object(let object):
      let type = program.objectTypes[Int(object.type)]
      guard let field = type.index(of: name) else {
        throw EvaluationError(
          .noSuchKey, "\(Wording.a(type.name)) has no field `\(name)`", range: program.ranges[index]
        )
      }
      return try self.field(field, of: object, index)
    default: throw noFields(owner, instruction, index)
    }
  }

  static func keysHelp(_ map: ValueMap) -> String? {
    guard map.count > 0 else { return "the map is empty" }
    let shown = map.keys.prefix(10).map(\.briefText).joined(separator: ", ")
    return "it has \(shown)" + (map.count > 10 ? " and \(map.count - 10) more" : "")
  }

  /// What to say of a field of something that has none.
  private func noFields(
    _ owner: Value, _ instruction: Program.Instruction, _ index: Int
  ) -> EvaluationError {
    let range = program.ranges[index]
    guard case .null = owner else {
      return EvaluationError(
        .noSuchOverload, "\(Wording.a(owner.kindText)) has no fields", range: range)
    }
    let name = source(of: Int(instruction.a))
    return EvaluationError(
      .nullAccess, name.map { "`\($0)` is null, and null has no fields" } ?? "null has no fields",
      range: range, help: Machine.guardHelp(name))
  }

  /// How a part is written, if that is short.
  func source(of index: Int) -> String? {
    let range = program.ranges[index]
    let bytes = Array(program.source.utf8)
    guard range.count <= 40, range.upperBound <= bytes.count else { return nil }
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// What to write before something that may be null.
  static func guardHelp(_ name: String?) -> String {
    name.map { "guard it: `\($0) != null && …`" } ?? "guard it with `!= null`"
  }

  /// The name of a slot.
  func rootName(_ slot: Int) -> String? {
    program.rootNames.first { $0.slot == slot }?.name
  }

  /// Whether a field is not null.
  mutating func hasField(
    _ instruction: Program.Instruction, _ index: Int
  ) throws(EvaluationError) -> Bool {
    try spend()
    return try field(instruction, index) != .null
  }

  /// Whether a map has a key, or a field of an object is not null.
  mutating func hasMember(
    _ instruction: Program.Instruction, _ index: Int
  ) throws(EvaluationError) -> Bool {
    try spend()
    let owner = try value(Int(instruction.a))
    let name = program.texts[Int(instruction.b)]
    switch owner {
    case .map(let map): return map.value(for: .string(name)) != nil
    case .object(let object):
      let type = program.objectTypes[Int(object.type)]
      guard let field = type.index(of: name) else {
        throw EvaluationError(
          .noSuchKey, "\(Wording.a(type.name)) has no field `\(name)`", range: program.ranges[index]
        )
      }
      return try self.field(field, of: object, index) != .null
    default: throw noFields(owner, instruction, index)
    }
  }

  /// The value of a variable of `cel.bind`, or the error it has instead.
  func boundValue(_ variable: Int) throws(EvaluationError) -> Value {
    if let failed = boundErrors.last(where: { $0.variable == variable }) { throw failed.error }
    return locals[variable]
  }

  mutating func bind(_ instruction: Program.Instruction) throws(EvaluationError) -> Value {
    let variable = Int(instruction.a)
    let before = boundErrors.count
    do {
      locals[variable] = try value(Int(instruction.b))
    } catch {
      if error.isFatal { throw error }
      boundErrors.append((variable, error))
    }
    defer { boundErrors.removeSubrange(before...) }
    return try value(Int(instruction.c))
  }
}
