/// A name or field that an evaluation read, with its value: the evidence in a report.
public struct Reading: Sendable, Hashable {
  /// As an expression would write it: `leader`, `node3.role`, `old.node3.role`.
  public let name: String
  /// The value in the language's notation, objects by their names.
  public let value: String
}

/// Gathers what an evaluation reads, each name once, in the order of the first reading.
struct ReadingCollector {
  /// More readings than this are not gathered: nobody reads them.
  static let maximum = 64

  private(set) var readings: [Reading] = []

  /// Notes a reading.
  mutating func note(_ name: String, _ value: String) {
    guard readings.count < ReadingCollector.maximum, !readings.contains(where: { $0.name == name })
    else { return }
    readings.append(Reading(name: name, value: value))
  }
}

extension Machine {
  /// Notes that a name was read; lists of objects and objects of a fixed name, such as a fault, say
  /// nothing, their fields will.
  mutating func noteRoot(_ slot: Int, _ isOld: Bool, _ value: Value) {
    if case .list(let values) = value, case .object? = values.first { return }
    guard let name = rootName(slot) else { return }
    if case .object = value, name.contains(".") { return }
    let text = isOld ? "old.\(name)" : name
    let shown = self.text(value)
    if shown != name, shown != text { readings?.note(text, shown) }
  }

  /// Notes that a field was read.
  mutating func noteField(_ field: Int, _ object: ObjectReference, _ value: Value) {
    let name = program.objectTypes[Int(object.type)].fields[field].name
    let owner = host.name(of: object)
    let shown = text(value)
    readings?.note("\(object.isOld ? "old." : "")\(owner).\(name)", shown)
  }

  /// A value with its objects by name.
  private func text(_ value: Value) -> String {
    switch value {
    case .object(let object): host.name(of: object)
    case .list(let values):
      "[" + values.prefix(20).map { text($0) }.joined(separator: ", ")
        + (values.count > 20 ? ", …]" : "]")
    default: value.text
    }
  }
}
