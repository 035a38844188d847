import Testing

@testable import Expressions

/// Texts that nobody meant to write: they are refused, or evaluated, and never do any harm.
struct HostileTextTests {
  /// Draws from a small generator, so that each run has the same texts.
  struct Author {
    var state: UInt64

    mutating func draw(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
  }

  static let words = [
    "node1", "nodes", "old", "leader", "metrics", "faults", ".", ".", "(", ")", "[", "]", "{", "}",
    ",", ":", "?", "+", "-", "*", "/", "%", "!", "<", "<=", "==", "!=", "&&", "||", "in", "'", "\"",
    "'''", "\\", "$", "${", "}", "`", "=", "&", "|", "1", "0x", "1e", "15ms", "1u",
    "9223372036854775808",
    "b'", "r'", "//", "\n", " ", "é", "😀", "\u{0}", "all(n, ", "map(", "cel.bind(", "has(",
    "has(a.b)",
    "matches('", "(?", "x", "n", "'split'", "role", "true", "null", "if", "math.", "format([", "%s",
    ".size()", "[0]", "\u{301}", "1.", ".5", "_", "not", "and",
  ]

  @Test(arguments: 0..<4) func `soups of words`(seed: Int) {
    var author = Author(state: UInt64(seed) &* 65_537 &+ 3)
    for _ in 0..<800 {
      let text = (0..<(1 + author.draw(12))).map { _ in Self.words[author.draw(Self.words.count)] }
        .joined(separator: author.draw(2) == 0 ? "" : " ")
      Self.survive(text)
    }
  }

  @Test(arguments: 0..<2) func `right expressions with a byte too few or too many`(seed: Int) {
    var author = Author(state: UInt64(seed) &* 257 &+ 11)
    for trial in ExpressionTests.trials {
      for _ in 0..<6 {
        var scalars = Array(trial.text.unicodeScalars)
        let place = author.draw(scalars.count)
        switch author.draw(3) {
        case 0: scalars.remove(at: place)
        case 1: scalars.swapAt(place, author.draw(scalars.count))
        default:
          let other = Array("()[]{}.,:?+-*/%!<>=&|'\"$`0a_ \\".unicodeScalars)
          scalars.insert(other[author.draw(other.count)], at: place)
        }
        Self.survive(String(String.UnicodeScalarView(scalars)))
      }
    }
  }

  /// Whatever comes of it, mistakes and errors have a place inside the text.
  private static func survive(_ text: String) {
    let size = text.utf8.count
    for mode in [CheckMode.scenario, .unchecked] {
      switch Expression.check(text, in: World.environment, mode: mode) {
      case .failure(let mistakes):
        #expect(!mistakes.all.isEmpty)
        for mistake in mistakes.all {
          #expect(isPlace(mistake.range, in: text), "\(text) \(mistake)")
        }
      case .success(let checked):
        var budget = EvaluationBudget(limits: EvaluationLimits(steps: 10_000))
        let (result, _) = checked.compiled().trace(World.five(), &budget)
        if case .failure(let error) = result, let range = error.range {
          #expect(range.upperBound <= size, "\(text)")
        }
      }
    }
  }

  private static func isPlace(_ range: Range<Int>, in text: String) -> Bool {
    let utf8 = text.utf8
    guard range.upperBound <= utf8.count else { return false }
    return [range.lowerBound, range.upperBound].allSatisfy { offset in
      let index = utf8.index(utf8.startIndex, offsetBy: offset)
      return index == utf8.endIndex || utf8[index] & 0xC0 != 0x80
    }
  }
}
