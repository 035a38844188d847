/// A message in words such as `append(term: 1, value: "red")`, taken apart.
public struct MessageParts: Sendable {
  /// The kind.
  public let kind: String
  /// The fields with their values, such as `term: 1`.
  public let fields: [String]

  /// Takes a message apart.
  public init(_ text: String) {
    guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else {
      kind = text
      fields = []
      return
    }
    kind = String(text[..<open])
    var fields: [String] = []
    var field = ""
    var isQuoted = false
    var isEscaped = false
    for character in text[text.index(after: open)...].dropLast() {
      if character == ",", !isQuoted {
        fields.append(field)
        field = ""
        continue
      }
      if character == " ", field.isEmpty { continue }
      if character == "\"", !isEscaped { isQuoted.toggle() }
      isEscaped = isQuoted && character == "\\" && !isEscaped
      field.append(character)
    }
    if !field.isEmpty { fields.append(field) }
    self.fields = fields
  }
}
