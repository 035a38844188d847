/// What an expression reads, so that it is evaluated again only when some of that has changed.
public struct ExpressionDependencies: Sendable, Hashable {
  /// A declared name, with the fields read of the objects it leads to.
  public struct Root: Sendable, Hashable {
    /// The slot of the name.
    public let slot: Int
    /// Whether it is read as it was before the event.
    public let isOld: Bool
    /// The fields read of objects that come from this name, sorted and each once.
    public let fields: [Field]
  }

  /// A field of a type of objects.
  public struct Field: Sendable, Hashable, Comparable {
    /// The index of the ``ObjectType``.
    public let type: Int
    /// The index of the field.
    public let field: Int

    /// By type, then field.
    public static func < (left: Field, right: Field) -> Bool {
      (left.type, left.field) < (right.type, right.field)
    }
  }

  /// The names, by slot and then the state now before the state before; each once.
  public let roots: [Root]
  /// Whether a field is chosen only in the run, so that any field of any object may be read.
  public let readsAnyField: Bool

  /// Whether the state before the event is read.
  public var usesOld: Bool { roots.contains { $0.isOld } }
}

/// Gathers what is read while an expression is checked.
struct DependencyCollector {
  private var roots: [(slot: Int, isOld: Bool, fields: [ExpressionDependencies.Field])] = []
  private var readsAnyField = false

  /// Notes that a name is read, and returns its index.
  mutating func read(slot: Int, isOld: Bool) -> Int {
    if let index = roots.firstIndex(where: { $0.slot == slot && $0.isOld == isOld }) {
      return index
    }
    roots.append((slot, isOld, []))
    return roots.count - 1
  }

  /// Notes that a field is read of objects that come from some names.
  mutating func read(_ field: Int, of type: Int, from origins: [Int]) {
    let field = ExpressionDependencies.Field(type: type, field: field)
    for origin in origins where !roots[origin].fields.contains(field) {
      roots[origin].fields.append(field)
    }
  }

  /// Notes that a field is read of which only the run tells the object's type.
  mutating func readAnyField() { readsAnyField = true }

  /// What was gathered, in order.
  var dependencies: ExpressionDependencies {
    let sorted = roots.sorted { ($0.slot, $0.isOld ? 1 : 0) < ($1.slot, $1.isOld ? 1 : 0) }
    return ExpressionDependencies(
      roots: sorted.map {
        ExpressionDependencies.Root(slot: $0.slot, isOld: $0.isOld, fields: $0.fields.sorted())
      }, readsAnyField: readsAnyField)
  }
}
