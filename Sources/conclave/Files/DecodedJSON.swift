import Diagnostics
import FoundationEssentials

/// JSON read from outside.
enum DecodedJSON {
  /// A value of any form.
  private struct Node: Decodable {
    struct Key: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    let value: JSONValue

    init(from decoder: any Decoder) throws {
      if let container = try? decoder.container(keyedBy: Key.self) {
        let keys = container.allKeys.sorted { $0.stringValue < $1.stringValue }
        value = .object(
          try keys.map { .init($0.stringValue, try container.decode(Node.self, forKey: $0).value) })
        return
      }
      if var container = try? decoder.unkeyedContainer() {
        var values: [JSONValue] = []
        while !container.isAtEnd { values.append(try container.decode(Node.self).value) }
        value = .array(values)
        return
      }
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        value = .null
      } else if let flag = try? container.decode(Bool.self) {
        value = .bool(flag)
      } else if let number = try? container.decode(Int64.self) {
        value = .int(number)
      } else if let number = try? container.decode(UInt64.self) {
        value = .unsigned(number)
      } else if let number = try? container.decode(Double.self) {
        value = .double(number)
      } else {
        value = .string(try container.decode(String.self))
      }
    }
  }

  static func value(of text: String) -> JSONValue? {
    (try? JSONDecoder().decode(Node.self, from: Data(text.utf8)))?.value
  }
}
