import Diagnostics
import TestSupport
import Testing

@Suite struct TestSupportTests {
  @Test(arguments: [
    ("a «b» c", "a b c", [2..<3]), ("«»", "", [0..<0]),
    ("«a «b»» «c»", "a b c", [0..<3, 2..<3, 4..<5]),
    ("é«日»«»", "é日", [2..<5, 5..<5]), ("none", "none", []),
  ])
  func marks(marked: String, text: String, ranges: [Range<Int>]) {
    let parsed = MarkedText(marked)
    #expect(parsed.text == text)
    #expect(parsed.ranges == ranges)
    #expect(MarkedText.mark(text, parsed.spans()) == marked)
  }

  @Test func firstDifferenceNamesTheLine() {
    #expect(firstDifference(between: "a\nb\n", and: "a\nb\n") == nil)
    #expect(firstDifference(between: "a\nb\n", and: "a\nc\n")?.contains("in line 2") == true)
    #expect(firstDifference(between: "a\n", and: "a\nb")?.contains("in line 2") == true)
    #expect(firstDifference(between: "a", and: "a\n")?.contains("the end") == true)
    #expect(firstDifference(between: "\u{E9}", and: "e\u{301}") != nil)
  }

  @Test(.enabled(if: !isUpdatingGoldens)) func missingOrOtherGoldenFails() {
    withKnownIssue { expectGolden("x", "no-such-golden.txt") }
    withKnownIssue { expectGolden("x", "places.txt") }
  }
}
