/// A kind of thing in the host's world, with the fields an expression may read.
public struct ObjectType: Sendable {
  /// A field; its index in ``ObjectType/fields`` is what the host is asked for.
  public struct Field: Sendable {
    /// The name after the dot.
    public let name: String
    /// What reading it gives.
    public let type: ExpressionType
    /// One line for the reference and for help.
    public let doc: String
    /// All keys that the field, a map, ever has; empty if that is not known.
    public let keys: [String]

    /// Describes a field.
    public init(_ name: String, _ type: ExpressionType, keys: [String] = [], doc: String) {
      self.name = name
      self.type = type
      self.keys = keys
      self.doc = doc
    }
  }

  /// The name of the type, such as `node`; also what `type(x)` shows.
  public let name: String
  /// One line for the reference.
  public let doc: String
  /// The fields, in the order of their indices.
  public let fields: [Field]

  /// Describes a type of objects.
  public init(_ name: String, doc: String, fields: [Field]) {
    self.name = name
    self.doc = doc
    self.fields = fields
  }

  /// The index of a field by its name.
  func index(of field: String) -> Int? { fields.firstIndex { Scalars.equal($0.name, field) } }
}

/// The names an expression may use, with their types: built by the host before checking.
///
/// A name may have dots, as `messages.wire` under `metrics`: the longest declared prefix wins.
public struct ExpressionEnvironment: Sendable {
  /// A declared name.
  public struct Name: Sendable {
    /// As it is written.
    public let name: String
    /// What it stands for.
    public let type: ExpressionType
    /// What ``ExpressionHost/root(_:old:)`` is asked for.
    public let slot: Int
    /// One line for the reference and for help.
    public let doc: String

    /// Describes a name.
    public init(_ name: String, _ type: ExpressionType, slot: Int, doc: String = "") {
      self.name = name
      self.type = type
      self.slot = slot
      self.doc = doc
    }
  }

  /// A name that is only ever indexed by a written-out string, as `metrics["messages.wire"]`.
  public struct Table: Sendable {
    /// The name before the bracket.
    public let name: String
    /// What an entry is called in messages: `metric`, `fault`.
    public let entryKind: String
    /// The entries, each with its own slot and type; a name here is the string in the brackets.
    public let entries: [Name]
  }

  /// The types of objects, in the order of their indices.
  public private(set) var objectTypes: [ObjectType] = []
  /// The names, in the order in which they were declared.
  public private(set) var names: [Name] = []
  /// The tables, in the order in which they were declared.
  public private(set) var tables: [Table] = []
  /// Whether `old.NAME`, the state before this event, may be used.
  public var hasOld: Bool
  private var nameIndex: [String: Int] = [:]
  private var tableIndex: [String: Int] = [:]

  /// An environment without names.
  public init(hasOld: Bool = false) {
    self.hasOld = hasOld
  }

  /// Adds a type of objects and returns its index, as ``ExpressionType/object(_:)`` carries it.
  public mutating func declare(_ type: ObjectType) -> Int {
    objectTypes.append(type)
    return objectTypes.count - 1
  }

  /// Makes room for some more names.
  public mutating func reserveCapacity(for more: Int) {
    names.reserveCapacity(names.count + more)
    nameIndex.reserveCapacity(names.count + more)
  }

  /// Adds a name; a name of before is replaced.
  public mutating func declare(
    _ name: String, _ type: ExpressionType, slot: Int, doc: String = ""
  ) {
    let entry = Name(name, type, slot: slot, doc: doc)
    if let index = nameIndex.updateValue(names.count, forKey: name) {
      nameIndex[name] = index
      names[index] = entry
    } else {
      names.append(entry)
    }
  }

  /// Adds a table; its entries whose names are identifiers joined by dots can also be selected:
  /// `metrics.messages.wire`.
  public mutating func declareTable(_ name: String, entryKind: String, entries: [Name]) {
    tableIndex[name] = tables.count
    tables.append(Table(name: name, entryKind: entryKind, entries: entries))
    declare(entries, of: name)
  }

  /// Adds entries to a table, behind those that it has.
  public mutating func extendTable(_ name: String, entries: [Name]) {
    guard let place = tableIndex[name] else { preconditionFailure("there is no table \(name)") }
    let table = tables[place]
    tables[place] = Table(
      name: name, entryKind: table.entryKind, entries: table.entries + entries)
    declare(entries, of: name)
  }

  private mutating func declare(_ entries: [Name], of table: String) {
    reserveCapacity(for: entries.count)
    let prefix = table + "."
    for entry in entries where Identifier.isDotted(entry.name) {
      declare(prefix + entry.name, entry.type, slot: entry.slot, doc: entry.doc)
    }
  }

  /// The declaration of a name.
  public func name(_ name: String) -> Name? { nameIndex[name].map { names[$0] } }

  /// The declaration of a table.
  public func table(_ name: String) -> Table? { tableIndex[name].map { tables[$0] } }
}

/// The form of a name.
enum Identifier {
  /// Words that the syntax takes for itself.
  static let literals = ["false", "in", "null", "true"]

  /// Words that CEL keeps back for the languages it is embedded in.
  static let reserved = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
    "namespace", "package", "return", "var", "void", "while",
  ]

  /// Whether a byte may start a name.
  static func isStart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Whether a byte may go on in a name.
  static func isPart(_ byte: UInt8) -> Bool {
    isStart(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// Whether a text is identifiers joined by dots.
  static func isDotted(_ text: String) -> Bool {
    text.utf8.withContiguousStorageIfAvailable(isDotted) ?? isDotted(text.utf8)
  }

  private static func isDotted(_ bytes: some Sequence<UInt8>) -> Bool {
    var isFirst = true
    for byte in bytes {
      if isFirst {
        guard isStart(byte) else { return false }
        isFirst = false
      } else if byte == UInt8(ascii: ".") {
        isFirst = true
      } else if !isPart(byte) {
        return false
      }
    }
    return !isFirst
  }
}
