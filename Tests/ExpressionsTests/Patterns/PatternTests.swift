import Foundation
import Testing

@testable import Expressions

struct PatternTests {
  /// A pattern, texts that it matches, and texts that it does not.
  static let trials: [(pattern: String, yes: [String], no: [String])] = [
    ("", ["", "a"], []),
    ("abc", ["abc", "xabcx"], ["ab", "acb"]),
    ("a.c", ["abc", "a😀c"], ["ac", "a\nc"]),
    ("(?s)a.c", ["a\nc"], []),
    ("^abc$", ["abc"], ["xabc", "abcx", "abc\n"]),
    ("(?m)^b$", ["a\nb\nc", "b"], ["ab"]),
    ("^", [""], []),
    ("a*", ["", "aaa"], []),
    ("^a+$", ["a", "aaa"], ["", "b"]),
    ("^a?$", ["", "a"], ["aa"]),
    ("^a{2}$", ["aa"], ["a", "aaa"]),
    ("^a{2,}$", ["aa", "aaaa"], ["a"]),
    ("^a{1,3}$", ["a", "aaa"], ["", "aaaa"]),
    ("^a{0}$", [""], ["a"]),
    ("^a{,2}$", ["a{,2}"], ["aa"]),
    ("a{", ["a{"], ["a"]),
    ("^a*?b+?c??$", ["aabb", "bc"], ["a"]),
    ("a|b|", ["a", "b", ""], []),
    ("^(a|bc)+$", ["abca"], ["ab", "c"]),
    ("^(?:ab)*$", ["", "abab"], ["aba"]),
    ("^(?P<x>a)(?<y>b)$", ["ab"], ["a"]),
    ("[abc]", ["b"], ["d"]),
    ("[^abc]", ["d", "\n"], ["abc"]),
    ("^[a-c-]+$", ["a-c"], ["d"]),
    ("^[]a]+$", ["]a"], ["b"]),
    ("^[^]a]+$", ["b"], ["]"]),
    ("[[:digit:]]", ["1"], ["a"]),
    ("[[:^digit:]]", ["a"], ["1"]),
    ("^[[:alpha:]_]+$", ["a_B"], ["1"]),
    ("^\\d+$", ["0123"], ["a", "٣"]),
    ("^\\D\\S\\W$", ["ab!"], ["1b!", "a !", "abc"]),
    ("^\\w+\\s\\w+$", ["ab_1 c"], ["ab", "é e"]),
    ("\\bfoo\\b", ["a foo b", "foo"], ["food", "afoo"]),
    ("\\Boo", ["foo"], ["oo"]),
    ("\\Aab\\z", ["ab"], ["cab", "abc"]),
    ("\\x41\\x{1F600}\\101", ["A😀A"], ["A"]),
    ("\\a\\f\\t\\n\\r\\v", ["\u{7}\u{C}\t\n\r\u{B}"], [""]),
    ("^\\.\\*\\[\\\\$", [".*[\\"], ["a"]),
    ("^\\Qa.b*\\E+$", ["a.b*", "a.b**"], ["axb"]),
    ("\\Qa.b", ["a.b"], ["axb"]),
    ("^\\pL+$", ["aéж"], ["1"]),
    ("^\\p{Lu}\\P{Lu}$", ["Éa"], ["aa"]),
    ("^\\p{^Lu}$", ["a"], ["A"]),
    ("^[\\p{Nd}\\s]+$", ["1 ٣"], ["a"]),
    ("^[\\W]$", ["!"], ["a"]),
    ("(?i)straße", ["STRAßE"], ["strasse"]),
    ("^(?i)abc$", ["ABC", "aBc"], ["abd"]),
    ("^(?i:a)b$", ["Ab"], ["AB"]),
    ("^a(?i)b$", ["aB"], ["AB"]),
    ("^(?i)[a-c]+$", ["ABC"], ["d"]),
    ("^(?i)[^a]$", ["b"], ["A", "a"]),
    ("(?i)é", ["É"], ["e"]),
    ("(?i-s:a.)", ["Ab"], ["A\n"]),
    ("(?U)a+", ["a"], ["b"]),
    ("^(a*)*$", ["", "aaa"], ["b"]),
    ("^(a*)+b$", ["aab"], ["a"]),
    ("(|a)+", [""], []),
    ("^(a|ab)(c|bcd)(d*)$", ["abcd"], ["abcdx"]),
    ("e\u{301}", ["e\u{301}"], ["é"]),
  ]

  @Test(arguments: trials.indices) func `patterns match as RE2's do`(index: Int) throws {
    let (text, yes, no) = Self.trials[index]
    let pattern = try Pattern(text)
    var cost = 0
    for word in yes { #expect(pattern.matches(word, cost: &cost), "\(text) in \(word)") }
    for word in no { #expect(!pattern.matches(word, cost: &cost), "\(text) not in \(word)") }
  }

  /// Whether a class has a scalar, part by part as it is written.
  private static func holds(_ written: ScalarClass, _ scalar: Unicode.Scalar) -> Bool {
    func isIn(_ scalar: Unicode.Scalar) -> Bool {
      let letters = Self.letters(of: scalar)
      return written.ranges.contains { $0.contains(scalar.value) }
        || written.parts.contains { holds($0, scalar) }
        || written.categories.contains { letters.hasPrefix($0.name) != $0.isNegated }
    }
    let isFound =
      isIn(scalar) || written.ignoresCase && ScalarClass.variants(of: scalar).contains(where: isIn)
    return isFound != written.isNegated
  }

  /// The category of those that the test has.
  private static func letters(of scalar: Unicode.Scalar) -> String {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter: "Lu"
    case .lowercaseLetter: "Ll"
    case .decimalNumber: "Nd"
    case .otherPunctuation: "Po"
    case .mathSymbol: "Sm"
    default: "Xx"
    }
  }

  @Test func `a class is what its parts are, however many`() {
    var author = Author(state: 5)
    let scalars = "aAbBkKzZ059!+_éÉ\u{212A}ſ".unicodeScalars
    func drawn(_ depth: Int) -> ScalarClass {
      var written = ScalarClass(
        isNegated: author.draw(2) == 0, ignoresCase: author.draw(3) == 0)
      for _ in 0..<author.draw(4) {
        let low = UInt32(40 + author.draw(90))
        written.ranges.append(low...(low + UInt32(author.draw(9))))
      }
      for name in ["L", "Lu", "Nd", "P", "Sm"] where author.draw(6) == 0 {
        written.categories.append(.init(name: name, isNegated: author.draw(2) == 0))
      }
      if depth > 0 { for _ in 0..<author.draw(4) { written.parts.append(drawn(depth - 1)) } }
      return written
    }
    for _ in 0..<2000 {
      let written = drawn(2)
      let set = ScalarSet(written)
      for scalar in scalars where Self.letters(of: scalar) != "Xx" || scalar == "_" {
        if scalar == "_",
          !written.categories.isEmpty
            || written.parts.contains(where: {
              !$0.categories.isEmpty || !$0.parts.isEmpty
            })
        {
          continue
        }
        #expect(set.contains(scalar) == Self.holds(written, scalar), "\(written) \(scalar)")
      }
    }
  }

  @Test(arguments: [
    "(", ")", "a)", "(a", "[a", "[", "*", "+a", "?", "a**", "a+*", "a{2}{3}", "a{1001}", "a{3,2}",
    "[b-a]", "\\", "a\\", "\\1", "\\9", "\\8", "\\y", "\\Z", "\\G", "\\x", "\\x4", "\\x{110000}",
    "\\x{}", "(?=a)", "(?!a)", "(?<=a)", "(?<!a)", "(?P=x)", "(?Px)", "(?<>a)", "(?z)", "(?", "(?i",
    "(?i-", "[[:foo:]]", "\\p{Greek}", "\\pX", "\\p{L", "\\p", "(?P<x", "\\C", "\\k",
  ])
  func `what is not well formed is refused`(text: String) {
    #expect(throws: PatternError.self) { try Pattern(text) }
  }

  @Test func `groups may nest, but not without end`() throws {
    _ = try Pattern(String(repeating: "(", count: 100) + String(repeating: ")", count: 100))
    for count in [101, 30_000] {
      #expect(throws: PatternError.self) {
        try Pattern(String(repeating: "(", count: count) + String(repeating: ")", count: count))
      }
    }
    #expect(throws: PatternError.self) { try Pattern(String(repeating: "a|", count: 20_000)) }
  }

  @Test func `time is proportional to the text, whatever the pattern`() throws {
    var costs: [Int] = []
    for size in [500, 1_000, 2_000] {
      var cost = 0
      let pattern = try Pattern("^(a?){20}(a|aa)*(a*)*b$")
      #expect(!pattern.matches(String(repeating: "a", count: size), cost: &cost))
      costs.append(cost)
    }
    #expect(costs[1] < costs[0] * 21 / 10 && costs[2] < costs[1] * 21 / 10)
  }

  /// Writes random patterns over a few letters that Foundation's matcher reads the same.
  struct Author {
    var state: UInt64

    mutating func draw(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }

    mutating func pattern(_ depth: Int) -> String {
      guard depth > 0 else { return ["a", "b", "c", ".", "[ab]", "[^a]", "\\w", "\\b"][draw(8)] }
      switch draw(8) {
      case 0: return "(?:\(pattern(depth - 1))|\(pattern(depth - 1)))"
      case 1: return "(?:\(pattern(depth - 1)))*"
      case 2: return "(?:\(pattern(depth - 1)))+"
      case 3: return "(?:\(pattern(depth - 1)))?"
      case 4: return "(?:\(pattern(depth - 1))){1,2}"
      case 5: return ["^", "$", ""][draw(3)] + pattern(depth - 1)
      default: return pattern(depth - 1) + pattern(depth - 1)
      }
    }

    mutating func text() -> String {
      String((0..<draw(8)).map { _ in ["a", "b", "c", "d", " "][draw(5)] as Character })
    }
  }

  @Test(arguments: 0..<6) func `random patterns match where Foundation's do`(seed: Int) throws {
    var author = Author(state: UInt64(seed) &* 31_337 &+ 17)
    for _ in 0..<150 {
      let text = author.pattern(3)
      let other = try NSRegularExpression(pattern: text)
      let pattern = try Pattern(text)
      for _ in 0..<5 {
        let word = author.text()
        let range = NSRange(location: 0, length: word.utf16.count)
        var cost = 0
        #expect(
          pattern.matches(word, cost: &cost) == (other.firstMatch(in: word, range: range) != nil),
          "\(text) in \(word)")
      }
    }
  }
}
