import Diagnostics
import Foundation
import Protocols
import ScenarioSyntax
import TestSupport
import Testing

/// Every value of the language is replaced by values that are hardly ever right.
struct WrongValueTests {
  /// What is written instead of a value.
  struct Wrong: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    /// The text as the reader sees it; nil if it is none.
    let scalar: String?

    init(_ text: String) {
      testDescription = text.isEmpty ? "nothing" : text
      self.text = text
      scalar = text
    }

    init(_ name: String, _ text: String, scalar: String? = nil) {
      testDescription = name
      self.text = text
      self.scalar = scalar
    }
  }

  static let wrongs = [
    Wrong("yes"), Wrong("true"), Wrong("null"), Wrong("~"), Wrong("12"), Wrong("-1"), Wrong("1.5"),
    Wrong("1e3"), Wrong("1__000"), Wrong("0x1F"), Wrong("NaN"),
    Wrong("12:30", "'12:30'", scalar: "12:30"), Wrong("an unknown parameter", "\"${qqq}\""),
    Wrong("99999999999999999999"), Wrong("-5ms"), Wrong("5 ms"), Wrong("5furlong"), Wrong("5ms"),
    Wrong("50%"), Wrong("120%"), Wrong("4x"), Wrong("200/s"), Wrong("0/s"), Wrong("5ms..3ms"),
    Wrong("9000h"), Wrong("a mapping", "{q: 5ms}"), Wrong("an empty mapping", "{}"),
    Wrong("an empty list", "[]"), Wrong("a list in a list", "[[5ms]]"), Wrong("nothing", ""),
    Wrong("an escape", "\"\\e[31m\\0\"", scalar: "\u{1B}[31m\u{0}"),
    Wrong(
      "a long text", String(repeating: "x", count: 5_000),
      scalar: String(repeating: "x", count: 5_000)),
  ]

  /// Places that others refer to, so that a mistake may be found where they do.
  static let definitions = [
    "/topology/nodes", "/faults/-/name", "/assertions/-/name", "/parameters/", "/matrix/",
    "/vary/",
  ]

  @Test(arguments: wrongs)
  func isRefusedWhereItStands(_ wrong: Wrong) {
    let turn = Self.wrongs.firstIndex { $0.testDescription == wrong.testDescription } ?? 0
    for (number, place) in Corpus.whole.values.enumerated()
    where wrong.text.isEmpty || Corpus.tries(turn, at: number, oneIn: 23) {
      let span = place.item.node.span
      let spoilt = place.text.replacing(span, by: wrong.text)
      let compiled = Corpus.story(place.name, spoilt)
      let isNear = compiled.diagnostics.contains { diagnostic in
        guard diagnostic.severity == .error, let found = diagnostic.span else { return false }
        if found == place.item.key { return true }
        return found.file == 0 && found.start <= span.start + wrong.text.utf8.count + 1
          && found.end + 1 >= span.start
      }
      if isNear { continue }
      let shown = "`\(wrong.testDescription)` at \(place.item.path) of \(place.name)"
      // An expression that was replaced may have been the only one to use a parameter.
      let others = compiled.diagnostics.filter {
        $0.severity == .error && $0.code.id != "E0335"
      }
      if others.isEmpty {
        #expect(Self.mayBe(wrong, at: place.item), "\(shown) was taken")
      } else {
        let isDefinition = Self.definitions.contains { place.item.path.hasPrefix($0) }
        let isParameter = place.item.node.scalar?.text.contains("${") ?? false
        #expect(
          isDefinition || isParameter, "\(shown) was told of elsewhere\n\(compiled.text)")
      }
    }
  }

  /// Whether a text is right at a place, by what the reference says of it.
  static func mayBe(_ wrong: Wrong, at place: WrittenPlaces.Value) -> Bool {
    guard let text = wrong.scalar, !text.isEmpty else { return false }
    return place.grammar.flattened.contains { choice in
      switch choice {
      case .scalar(let kind): mayBe(text, kind, path: place.path)
      case .words(let words, _): words.contains { $0.text == text }
      case .list, .mapping, .dictionary, .either: false
      }
    }
  }

  private static func mayBe(_ text: String, _ kind: ScalarKind, path: String) -> Bool {
    let number = "[+-]?[0-9]+(_[0-9]+)*([.][0-9]+)?"
    switch kind.name {
    // Free texts are never typed; what hides in them is escaped wherever they are printed.
    case "text": return true
    case "reason": return !["yes", "true"].contains(text)
    // A condition that is always true is one; that it says nothing is found in the run.
    case "expression": return text == "true"
    // The metric decides about the unit.
    case "comparison": return matches(text, "\(number)|\(ScalarKind.duration.pattern)")
    // The form makes the type, and where the parameter stands must take it.
    case "value": return true
    case "option_value":
      let isText =
        path.hasSuffix("/value") || path.hasSuffix("/task") || path.hasPrefix("/workloads")
      return isText || matches(text, "true|[0-9]+|\(ScalarKind.duration.pattern)")
    case "path": return false
    default: return matches(text, kind.pattern) && text.utf8.count <= 100
    }
  }

  private static func matches(_ text: String, _ pattern: String) -> Bool {
    text.range(of: "^(\(pattern))$", options: .regularExpression) != nil
  }
}
