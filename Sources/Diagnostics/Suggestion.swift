/// The nearest known word to a misspelt one.
public enum Suggestion {
  /// The candidate with the least edit distance, if it is near enough to be meant; ties go to the
  /// earlier candidate.
  ///
  /// Near enough means at most a third of the longer word's length, and at least one letter in
  /// common; transposed neighbours count as one edit.
  public static func nearest(to word: String, among candidates: [String]) -> String? {
    let target = Array(word.lowercased().unicodeScalars.prefix(64))
    var best: (word: String, distance: Int)?
    for candidate in candidates {
      let scalars = Array(candidate.lowercased().unicodeScalars.prefix(64))
      let allowed = max(1, max(target.count, scalars.count) / 3)
      guard abs(target.count - scalars.count) <= allowed else { continue }
      let distance = editDistance(target, scalars)
      if distance <= allowed, distance < min(target.count, scalars.count) || distance == 0,
        distance < best?.distance ?? .max
      {
        best = (candidate, distance)
      }
    }
    return best?.word
  }

  /// Optimal string alignment distance: insertions, deletions, substitutions and transpositions
  /// of neighbours.
  private static func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforePrevious = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      for column in 0..<right.count {
        let cost = left[row] == right[column] ? 0 : 1
        var distance = min(previous[column] + cost, previous[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          distance = min(distance, beforePrevious[column - 1] + 1)
        }
        current.append(distance)
      }
      beforePrevious = previous
      previous = current
    }
    return previous[right.count]
  }
}
