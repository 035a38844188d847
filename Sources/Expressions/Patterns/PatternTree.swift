/// What is wrong with a regular expression.
struct PatternError: Error {
  let message: String
  /// Where, in Unicode scalars of the pattern.
  let offset: Int
  var help: String?
}

/// A regular expression as it was written, without what does not matter for a yes or no.
indirect enum PatternTree {
  case empty
  case scalar(ScalarSet)
  case assertion(PatternAssertion)
  case sequence([PatternTree])
  case choice([PatternTree])
  case repetition(PatternTree, least: Int, most: Int?)
}

/// A condition on a place in the text.
enum PatternAssertion: Sendable {
  case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary
}
