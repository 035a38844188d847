/// The nearest known word to a misspelt one.
public enum Suggestion {
  /// How many characters of a word are looked at.
  private static let limit = 64
  /// How many candidates are looked at; nobody misses a suggestion among more.
  private static let candidateLimit = 4_096

  /// The candidate with the least edit distance, if it is near enough to be meant; ties go to the
  /// earlier candidate.
  ///
  /// Near enough means at most a third of the longer word's length, and at least one letter in
  /// common; transposed neighbours count as one edit.
  public static func nearest(to word: String, among candidates: [String]) -> String? {
    let target = Letters(word)
    var rows = Rows()
    var best: (word: String, distance: Int)?
    for candidate in candidates.prefix(candidateLimit) {
      let letters = Letters(candidate)
      let longest = max(target.count, letters.count)
      let allowed = min(max(1, longest / 3), (best?.distance ?? .max) - 1)
      guard abs(target.count - letters.count) <= allowed, target.mayBe(letters, within: allowed)
      else { continue }
      guard let distance = rows.distance(target, letters, atMost: allowed) else { continue }
      if distance < min(target.count, letters.count) || distance == 0 {
        best = (candidate, distance)
      }
    }
    return best?.word
  }

  /// A word in small letters.
  private struct Letters {
    private(set) var scalars: [UInt32] = []
    /// Which letters it has, folded into 64 kinds.
    private var kinds: UInt64 = 0

    init(_ word: String) {
      scalars.reserveCapacity(min(word.utf8.count, limit))
      for scalar in word.unicodeScalars.prefix(limit) {
        if scalar.isASCII {
          let isCapital = ("A"..."Z").contains(scalar)
          add(isCapital ? scalar.value + 32 : scalar.value)
        } else {
          for small in scalar.properties.lowercaseMapping.unicodeScalars { add(small.value) }
        }
      }
    }

    var count: Int { scalars.count }

    private mutating func add(_ scalar: UInt32) {
      scalars.append(scalar)
      kinds |= 1 << UInt64(scalar % 64)
    }

    /// Whether some edits can make the other word of this one: each changes two kinds at the most.
    func mayBe(_ other: Letters, within edits: Int) -> Bool {
      (kinds ^ other.kinds).nonzeroBitCount <= 2 * edits
    }
  }

  /// The last three rows of the table of distances, kept from one word to the next.
  private struct Rows {
    private var beforePrevious: [Int] = []
    private var previous: [Int] = []
    private var current: [Int] = []

    /// Optimal string alignment distance: insertions, deletions, substitutions and transpositions
    /// of neighbours; nil if it is more than a bound.
    mutating func distance(_ left: Letters, _ right: Letters, atMost bound: Int) -> Int? {
      let (left, right) = Self.differing(left.scalars, right.scalars)
      previous.removeAll(keepingCapacity: true)
      previous.append(contentsOf: 0...right.count)
      for row in 0..<left.count {
        current.removeAll(keepingCapacity: true)
        current.append(row + 1)
        var least = row + 1
        for column in 0..<right.count {
          let (here, there) = (left[left.startIndex + row], right[right.startIndex + column])
          let cost = here == there ? 0 : 1
          var cell = min(previous[column] + cost, previous[column + 1] + 1, current[column] + 1)
          if row > 0, column > 0, here == right[right.startIndex + column - 1],
            left[left.startIndex + row - 1] == there
          {
            cell = min(cell, beforePrevious[column - 1] + 1)
          }
          current.append(cell)
          least = min(least, cell)
        }
        // A transposition reaches back over one row.
        guard least <= bound + 1 else { return nil }
        (beforePrevious, previous, current) = (previous, current, beforePrevious)
      }
      return previous[right.count] <= bound ? previous[right.count] : nil
    }

    /// The words without the beginning and the end that they have in common, which cost nothing.
    private static func differing(
      _ left: [UInt32], _ right: [UInt32]
    ) -> (ArraySlice<UInt32>, ArraySlice<UInt32>) {
      var (left, right) = (left[...], right[...])
      while let first = left.first, first == right.first {
        left = left.dropFirst()
        right = right.dropFirst()
      }
      while let last = left.last, last == right.last {
        left = left.dropLast()
        right = right.dropLast()
      }
      return (left, right)
    }
  }
}
