import Diagnostics
import Foundation
import Testing

@Suite struct JSONValueTests {
  static let sample: JSONValue = [
    "schema": 1, "name": "a \"b\" \\ é", "none": .null, "yes": true,
    "list": [1, -2, .double(0.1), .double(1e100)], "empty": [], "nothing": .object([]),
    "deep": [["a": [false]]],
  ]

  @Test func oneLine() {
    #expect(
      Self.sample.text(indented: false)
        == #"{"schema":1,"name":"a \"b\" \\ é","none":null,"yes":true,"#
        + #""list":[1,-2,0.1,1e+100],"empty":[],"nothing":{},"deep":[{"a":[false]}]}"#)
  }

  @Test func indented() {
    #expect(
      JSONValue.object([.init("b", [1, ["c": []]]), .init("a", "x")]).text(indented: true) == """
        {
          "b": [
            1,
            {
              "c": []
            }
          ],
          "a": "x"
        }
        """)
  }

  @Test func hiddenCharactersAreEscaped() {
    let text = "\u{0}\u{1B}\n\r\t\u{7F}\u{202E}\u{2028}\u{E0041}é😀"
    let json = JSONValue.string(text).text(indented: false)
    #expect(json == #""\u0000\u001b\n\r\t\u007f\u202e\u2028\udb40\udc41é😀""#)
  }

  @Test(arguments: [
    (0.0, "0.0"), (-0.0, "-0.0"), (0.1, "0.1"), (0.565, "0.565"), (1e16, "1e+16"),
    (.leastNonzeroMagnitude, "5e-324"), (1.0 / 3, "0.3333333333333333"),
    (.infinity, "null"), (.nan, "null"),
  ])
  func doubles(value: Double, wanted: String) {
    #expect(JSONValue.double(value).text(indented: false) == wanted)
  }

  @Test func wholeNumbers() {
    #expect(
      JSONValue.array([.int(.max), .int(.min)]).text(indented: false)
        == "[9223372036854775807,-9223372036854775808]")
  }

  @Test(arguments: [true, false]) func anotherReaderAgrees(indented: Bool) throws {
    let scalars = (0..<0x3000).compactMap { Unicode.Scalar($0) }
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    let value: JSONValue = [
      "text": .string(text), "number": .double(0.1), "list": [1, .null, true],
    ]
    let data = Data(value.text(indented: indented).utf8)
    let read = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let readText = try #require(read["text"] as? String)
    #expect(Array(readText.utf8) == Array(text.utf8))
    #expect(read["number"] as? Double == 0.1)
    #expect((read["list"] as? [Any])?.count == 3)
  }
}
