import Diagnostics

extension Checker {
  /// A name, or a chain of names, as the environment may declare it.
  struct Chain {
    var names: [String]
    let isRooted: Bool

    var text: String { names.joined(separator: ".") }
  }

  /// The names of a part that is nothing but names and dots.
  static func chain(_ syntax: Syntax) -> Chain? {
    switch syntax.form {
    case .name(let name, let isRooted): return Chain(names: [name], isRooted: isRooted)
    case .select(let base, let field, _):
      guard var chain = chain(base) else { return nil }
      chain.names.append(field)
      return chain
    default: return nil
    }
  }

  mutating func checkName(_ name: String, isRooted: Bool, _ syntax: Syntax) -> CheckedNode {
    if !isRooted, let variable = variable(name) {
      let form: CheckedNode.Form =
        variable.isBound ? .bound(variable.index) : .local(variable.index)
      return CheckedNode(form, variable.type, syntax.range, origins: variable.origins)
    }
    if let node = declared(Chain(names: [name], isRooted: isRooted), syntax.range) { return node }
    if let table = environment.table(name) {
      refuse(tableAlone(table, at: syntax.range))
      return failure(.unbound, "`\(name)` is no value by itself", syntax.range)
    }
    if name == "old", environment.hasOld {
      refuse(
        ExpressionMistake(
          CheckCodes.unknownName, "`old` is no value by itself", at: syntax.range,
          help: "name what is meant, as `old.leader` or `old.node1.role`"))
      return failure(.unbound, "`old` is no value by itself", syntax.range)
    }
    return unknownName(name, syntax.range)
  }

  /// The value of a declared name, a type's name, or either behind `old`.
  mutating func declared(_ chain: Chain, _ range: Range<Int>) -> CheckedNode? {
    if let name = environment.name(chain.text) {
      return root(name, isOld: false, range)
    }
    if let rest = afterOld(chain), let name = environment.name(rest.text) {
      return root(name, isOld: true, range)
    }
    if let type = TypeName.denotations.first(where: { $0.name == chain.text })?.type {
      return CheckedNode(.constant(.type(type)), .type, range)
    }
    return nil
  }

  mutating func root(
    _ name: ExpressionEnvironment.Name, isOld: Bool, _ range: Range<Int>
  ) -> CheckedNode {
    let origin = reads.read(slot: name.slot, isOld: isOld)
    return CheckedNode(
      .root(slot: name.slot, isOld: isOld, name: name.name), name.type, range, origins: [origin])
  }

  /// What is behind `old`, if the chain starts with it and nothing else has that name.
  func afterOld(_ chain: Chain) -> Chain? {
    guard environment.hasOld, chain.names.count > 1, chain.names[0] == "old",
      environment.name("old") == nil, chain.isRooted || variable("old") == nil
    else { return nil }
    return Chain(names: Array(chain.names.dropFirst()), isRooted: chain.isRooted)
  }

  /// The table that a chain starts with, and what is behind its name.
  func table(_ chain: Chain) -> (table: ExpressionEnvironment.Table, rest: [String], isOld: Bool)? {
    if !chain.isRooted, variable(chain.names[0]) != nil { return nil }
    let plain = afterOld(chain)
    let names = plain?.names ?? chain.names
    guard let table = environment.table(names[0]) else { return nil }
    return (table, Array(names.dropFirst()), plain != nil)
  }

  mutating func checkSelect(
    _ base: Syntax, _ field: String, _ fieldRange: Range<Int>, _ syntax: Syntax
  ) -> CheckedNode {
    if let node = checkChain(syntax) { return node }
    if let chain = Checker.chain(syntax), chain.names.count == 2, let rest = afterOld(chain) {
      return checkName(field, isRooted: true, Syntax(.name(rest.text, isRooted: true), fieldRange))
    }
    let object = check(base)
    return select(field, of: object, fieldRange, syntax.range)
  }

  /// The meaning of a chain of names as a whole: a declared name, or an entry of a table.
  mutating func checkChain(_ syntax: Syntax) -> CheckedNode? {
    guard let chain = Checker.chain(syntax), chain.isRooted || variable(chain.names[0]) == nil
    else { return nil }
    if let node = declared(chain, syntax.range) { return node }
    if let left = LeftOut.names[chain.text] { return leftOut(left, syntax.range) }
    guard let (table, rest, isOld) = table(chain), !rest.isEmpty else { return nil }
    let prefix = (isOld ? ["old", table.name] : [table.name])
    let isEntry = rest.indices.contains { end in
      let names = prefix + rest[...end]
      return declaredName(Chain(names: names, isRooted: chain.isRooted)) != nil
    }
    guard !isEntry else { return nil }
    return unknownEntry(rest.joined(separator: "."), of: table, syntax.range)
  }

  private func declaredName(_ chain: Chain) -> ExpressionEnvironment.Name? {
    environment.name(chain.text) ?? afterOld(chain).flatMap { environment.name($0.text) }
  }

  /// The field of an object, or the key of a map.
  mutating func select(
    _ field: String, of object: CheckedNode, _ fieldRange: Range<Int>, _ range: Range<Int>
  ) -> CheckedNode {
    switch object.type.nonNull {
    case .object(let type):
      let objectType = environment.objectTypes[type]
      guard let index = objectType.index(of: field) else {
        return unknownField(field, of: objectType, fieldRange, range)
      }
      reads.read(index, of: type, from: object.origins)
      return CheckedNode(
        .field(object, index), objectType.fields[index].type, range, origins: object.origins)
    case .map(let key, let value):
      if !key.fits(.string) { reportNoField(field, object, fieldRange) }
      checkKey(field, of: object, fieldRange)
      return CheckedNode(.member(object, field), value, range, origins: object.origins)
    case .dyn, .never:
      reads.readAnyField()
      return CheckedNode(.member(object, field), .dyn, range, origins: object.origins)
    default:
      reportNoField(field, object, fieldRange)
      return CheckedNode(.member(object, field), .dyn, range)
    }
  }

  mutating func checkIndex(_ base: Syntax, _ index: Syntax, _ range: Range<Int>) -> CheckedNode {
    if let chain = Checker.chain(base), let (table, rest, isOld) = table(chain), rest.isEmpty {
      guard case .literal(.string(let key)) = index.form else {
        refuse(
          ExpressionMistake(
            CheckCodes.arguments, "`\(table.name)[…]` takes a string that is written out",
            at: index.range, help: table.entries.first.map { "as `\(table.name)[\"\($0.name)\"]`" })
        )
        return failure(.unbound, "`\(table.name)` is no value by itself", range)
      }
      guard let entry = table.entries.first(where: { Scalars.equal($0.name, key) }) else {
        return unknownEntry(key, of: table, index.range)
      }
      return root(entry, isOld: isOld, range)
    }
    var node = checkOperator(.index, [check(base), check(index)], range)
    if case .call(_, let operands) = node.form {
      node.origins = operands[0].origins
      if case .string(let key)? = operands[1].constant {
        checkKey(key, of: operands[0], operands[1].range)
      }
    }
    return node
  }

  /// Refuses a key that a map never has, if all of its keys are known.
  private mutating func checkKey(_ key: String, of map: CheckedNode, _ range: Range<Int>) {
    guard case .field(let owner, let index) = map.form, case .object(let type) = owner.type.nonNull
    else { return }
    let field = environment.objectTypes[type].fields[index]
    guard !field.keys.isEmpty, !field.keys.contains(where: { Scalars.equal($0, key) }) else {
      return
    }
    report(
      ExpressionMistake(
        CheckCodes.unknownField, "`\(field.name)` never has `\(key)`", at: range,
        notes: ["it has " + WordList.text(field.keys)],
        help: nearest(to: key, among: field.keys).map { "did you mean `\($0)`?" }))
  }
}

extension Checker {
  mutating func unknownName(_ name: String, _ range: Range<Int>) -> CheckedNode {
    if let left = LeftOut.names[name] { return leftOut(left, range) }
    guard isTelling else { return failure(.unbound, "nothing is bound to `\(name)`", range) }
    let all = variableNames + environment.names.map(\.name) + environment.tables.map(\.name)
    let names = all.filter { !$0.contains(".") } + (environment.hasOld ? ["old"] : [])
    var help = nearest(to: name, among: names).map { "did you mean `\($0)`?" }
    let known = names.first { $0.lowercased() == name.lowercased() }
    if let known {
      help = "did you mean `\(known)`?"
    } else if let word = word(name) {
      help = "a word is written in quotes: `\"\(word)\"`"
    }
    if let table = environment.tables.first(where: { $0.entries.contains { $0.name == name } }) {
      help = "`\(name)` is a \(table.entryKind): write `\(table.name)[\"\(name)\"]`"
    }
    help = Slips.constant(name) ?? help ?? ownerHelp(name)
    if help == nil, FunctionCatalog.callableNames.contains(name) {
      help = "`\(name)` is a function: it takes its arguments in parentheses"
    }
    report(
      ExpressionMistake(
        CheckCodes.unknownName, "there is nothing called `\(name)` here", at: range,
        notes: help == nil && !names.isEmpty ? ["known are " + WordList.text(names)] : [],
        help: help))
    return failure(.unbound, "nothing is bound to `\(name)`", range)
  }

  /// The word of a field somewhere that is this text, whatever its case.
  private func word(_ name: String) -> String? {
    for type in environment.objectTypes {
      for field in type.fields {
        guard case .word(let words) = field.type.nonNull else { continue }
        if let word = words.first(where: { $0.lowercased() == name.lowercased() }) { return word }
      }
    }
    return nil
  }

  /// The help for the name of a field that is not asked of anything.
  private func ownerHelp(_ name: String) -> String? {
    for owner in environment.names where !owner.name.contains(".") {
      guard case .object(let type) = owner.type,
        environment.objectTypes[type].index(of: name) != nil
      else { continue }
      let kind = Wording.a(environment.objectTypes[type].name)
      return "it is a field of \(kind): ask for `\(owner.name).\(name)`"
    }
    return nil
  }

  private mutating func unknownField(
    _ field: String, of type: ObjectType, _ fieldRange: Range<Int>, _ range: Range<Int>
  ) -> CheckedNode {
    let names = type.fields.map(\.name)
    report(
      ExpressionMistake(
        CheckCodes.unknownField, "\(Wording.a(type.name)) has no field `\(field)`", at: fieldRange,
        notes: ["the fields of \(Wording.a(type.name)) are " + WordList.text(names)],
        help: nearest(to: field, among: names).map { "did you mean `\($0)`?" }))
    return failure(.noSuchKey, "\(Wording.a(type.name)) has no field `\(field)`", range)
  }

  private mutating func unknownEntry(
    _ key: String, of table: ExpressionEnvironment.Table, _ range: Range<Int>
  ) -> CheckedNode {
    let names = table.entries.map(\.name)
    let hyphenated = names.first { $0.hasPrefix("\(key)-") }
    let help =
      hyphenated.map { "a name with `-` is given in brackets: `\(table.name)[\"\($0)\"]`" }
      ?? nearestEntry(to: key, among: names).map { "did you mean `\($0)`?" }
    report(
      ExpressionMistake(
        CheckCodes.unknownField, "there is no \(table.entryKind) called `\(key)`", at: range,
        notes: names.isEmpty ? [] : ["known are " + WordList.text(names)], help: help))
    return failure(.unbound, "there is no \(table.entryKind) called `\(key)`", range)
  }

  private mutating func reportNoField(
    _ field: String, _ object: CheckedNode, _ range: Range<Int>
  ) {
    let isList = if case .list = object.type { true } else { false }
    var name = field
    if isList || object.type == .string, ["length", "len", "Length"].contains(field) {
      name = "size"
    }
    let isFunction = !FunctionCatalog.entries(named: name).isEmpty
    if case .string(let text)? = object.constant, environment.name(text) != nil {
      report(
        ExpressionMistake(
          CheckCodes.unknownField, "a string has no field `\(field)`", at: range,
          help: "write `\(text)` without quotes"))
      return
    }
    report(
      ExpressionMistake(
        CheckCodes.unknownField, "\(Wording.a(text(object.type))) has no field `\(field)`",
        at: range,
        help: isFunction
          ? name == "size"
            ? "write `.size()`" : "`\(field)` is a function: write `\(field)(…)`"
          : isList ? "ask of its elements: `….exists(x, x.\(field) …)`" : nil))
  }

  private func tableAlone(
    _ table: ExpressionEnvironment.Table, at range: Range<Int>
  ) -> ExpressionMistake {
    ExpressionMistake(
      CheckCodes.unknownName, "`\(table.name)` is no value by itself", at: range,
      help: table.entries.first.map { "index it, as `\(table.name)[\"\($0.name)\"]`" })
  }

  mutating func leftOut(
    _ left: (what: String, help: String?), _ range: Range<Int>
  ) -> CheckedNode {
    let verb = left.what.hasSuffix("s") ? "are" : "is"
    refuse(
      ExpressionMistake(
        CheckCodes.leftOut, "CEL's \(left.what) \(verb) left out here", at: range,
        help: left.help))
    return failure(.unbound, "CEL's \(left.what) \(verb) left out here", range)
  }

  /// The entry nearest to a key, or to the start of one that goes on with the entry's fields.
  private func nearestEntry(to key: String, among names: [String]) -> String? {
    var parts = key.split(separator: ".")
    while !parts.isEmpty {
      if let name = nearest(to: parts.joined(separator: "."), among: names) {
        return name
      }
      parts.removeLast()
    }
    return nil
  }
}
