import Diagnostics
import Foundation
import ScenarioSyntax
import TestSupport
import Testing

/// Every key of the language is misspelt, doubled, left out and put elsewhere.
struct WrongKeyTests {
  /// Ways to misspell a word.
  enum Slip: String, CaseIterable, CustomTestStringConvertible {
    case swapped, dropped, appended

    var testDescription: String { rawValue }

    func callAsFunction(_ word: String) -> String {
      var letters = Array(word)
      let middle = letters.count / 2
      switch self {
      case .swapped: letters.swapAt(middle, middle == 0 ? 0 : middle - 1)
      case .dropped: letters.remove(at: middle)
      case .appended: letters.append("q")
      }
      return String(letters)
    }
  }

  /// Mappings whose keys are the author's to choose.
  static let named = ["/topology/groups/*", "/parameters/*", "/matrix/*", "/vary/*"]

  @Test(arguments: Slip.allCases)
  func misspeltIsFoundAndMended(_ slip: Slip) {
    let turn = Slip.allCases.firstIndex(of: slip) ?? 0
    for (number, place) in Corpus.whole.pairs.enumerated()
    where !Self.named.contains(place.item.path)
      && Corpus.tries(turn, at: number, oneIn: Slip.allCases.count)
    {
      let key = place.item.entry.key
      let word = slip(key.text)
      guard !word.isEmpty, word != key.text else { continue }
      let compiled = Corpus.story(place.name, place.text.replacing(key.span, by: word))
      let wanted = SourceSpan(start: key.span.start, end: key.span.start + word.utf8.count)
      let found = compiled.diagnostics.first { $0.severity == .error && $0.span == wanted }
      let shown = "`\(word)` for `\(key.text)` at \(place.item.path) of \(place.name)"
      #expect(found != nil, "\(shown)\n\(compiled.text)")
      guard key.text.count > 3, let found else { continue }
      #expect(found.help?.contains("`\(key.text)`") ?? false, "\(shown)\n\(compiled.text)")
    }
  }

  @Test func doubledIsFound() {
    for place in Corpus.whole.pairs {
      let pair = place.item
      let compiled = Corpus.story(place.name, pair.doubled(in: place.text))
      #expect(
        compiled.codes.contains("E0105"),
        "`\(pair.entry.key.text)` twice at \(pair.path) of \(place.name)\n\(compiled.text)")
    }
  }

  @Test func leftOutIsFoundIfItMustBeGiven() {
    for place in Corpus.whole.pairs {
      let pair = place.item
      guard let table = pair.table, let text = pair.leftOut(of: place.text),
        table.keys.contains(where: { $0.name == pair.entry.key.text && $0.isRequired })
      else { continue }
      // What the base of a fixture has need not be given again.
      if text.contains("\nextends:"), pair.path.filter({ $0 == "/" }).count == 1 { continue }
      let compiled = Corpus.story(place.name, text)
      #expect(
        compiled.diagnostics.contains {
          $0.code.id == "E0204" && $0.message.contains("`\(pair.entry.key.text)`")
        }, "without `\(pair.entry.key.text)` at \(pair.path) of \(place.name)\n\(compiled.text)")
    }
  }

  /// Each key in each other kind of mapping.
  @Test func misplacedIsFound() {
    var tried = 0
    var seen: Set<String> = []
    let targets = Corpus.whole.pairs.filter { place in
      place.item.before == nil && place.item.table.map { seen.insert($0.name).inserted } ?? false
    }
    for (turn, source) in KeyCatalog.tables.flatMap(\.keys).enumerated() {
      for (number, target) in targets.enumerated() {
        guard Corpus.tries(turn, at: number, oneIn: 23), let table = target.item.table,
          !table.keys.contains(where: { $0.name == source.name })
        else { continue }
        let (text, span) = target.item.preceded(by: source, in: target.text)
        let compiled = Corpus.story(target.name, text)
        tried += 1
        #expect(
          compiled.diagnostics.contains { diagnostic in
            guard diagnostic.severity == .error, let found = diagnostic.span else { return false }
            return found.start <= span.end && found.end >= span.start
          }, "`\(source.name)` in \(table.place) of \(target.name)\n\(compiled.text)")
      }
    }
    #expect(tried > 150)
  }
}

extension WrittenPlaces.Pair {
  private var end: Int { max(entry.value.span.end, entry.key.span.end) }

  /// The text from this key to the next one, or from the last value to the end of this one.
  private var stretch: Range<Int> {
    if let behind { return entry.key.span.start..<behind.key.span.start }
    if let before { return max(before.value.span.end, before.key.span.end)..<end }
    return entry.key.span.start..<end
  }

  /// The text with the entry written twice.
  func doubled(in text: String) -> String {
    let piece = String(decoding: Array(text.utf8)[stretch], as: UTF8.self)
    guard behind == nil, before == nil else {
      let place = stretch.lowerBound
      return text.replacing(SourceSpan(start: place, end: place), by: piece)
    }
    let separator = separator(in: text)
    let place = entry.key.span.start
    return text.replacing(SourceSpan(start: place, end: place), by: piece + separator)
  }

  /// The text without the entry; nil if it is the only one of its mapping.
  func leftOut(of text: String) -> String? {
    guard behind != nil || before != nil else { return nil }
    return text.replacing(
      SourceSpan(start: stretch.lowerBound, end: stretch.upperBound), by: "")
  }

  /// The text with another key in front of this one, and the place of that key and its value.
  func preceded(by key: KeyDeclaration, in text: String) -> (text: String, span: SourceSpan) {
    let start = entry.key.span.start
    let piece = "\(key.name): \(key.example)"
    let new = text.replacing(
      SourceSpan(start: start, end: start), by: piece + separator(in: text))
    return (new, SourceSpan(start: start, end: start + piece.utf8.count))
  }

  /// What stands between two entries of the mapping.
  private func separator(in text: String) -> String {
    let bytes = Array(text.utf8)
    if bytes[mappingStart] == UInt8(ascii: "{") { return ", " }
    var column = 0
    while entry.key.span.start - column > 0,
      bytes[entry.key.span.start - column - 1] != UInt8(ascii: "\n")
    {
      column += 1
    }
    return "\n" + String(repeating: " ", count: column)
  }
}
