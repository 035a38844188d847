/// A set of Unicode scalars, ready to be asked for each scalar of a text: what it costs does not
/// depend on how many ranges a pattern writes.
struct ScalarSet: Sendable {
  /// Ranges of scalar values, ascending and apart.
  private let ranges: [ClosedRange<UInt32>]
  private let categories: Set<Unicode.GeneralCategory>
  /// What cannot be told by ranges and categories alone: in which capitals and small letters are the
  /// same.
  private let parts: [ScalarSet]
  private let isNegated: Bool
  private let ignoresCase: Bool

  /// The steps that it takes to ask for a scalar.
  var cost: Int { 1 + parts.count }

  /// `\w`, which is ASCII.
  static let word = ScalarSet(ScalarClass(ranges: [48...57, 65...90, 95...95, 97...122]))

  /// The scalars of a class.
  init(_ written: ScalarClass) {
    var plain = ScalarClass(ranges: written.ranges, categories: written.categories)
    var folded = ScalarClass(ignoresCase: true)
    var others: [ScalarClass] = []
    var known: Set<ScalarClass> = []
    for part in written.parts {
      if !part.isNegated, part.parts.isEmpty {
        if part.ignoresCase { folded.join(part) } else { plain.join(part) }
      } else if !part.ignoresCase, part.categories.isEmpty, part.parts.isEmpty {
        plain.ranges += Self.complement(of: part.ranges)
      } else if known.insert(part).inserted {
        others.append(part)
      }
    }
    if !folded.ranges.isEmpty || !folded.categories.isEmpty { others.append(folded) }
    ranges = Self.merged(plain.ranges)
    categories = Set(plain.categories.flatMap(Self.categories))
    parts = others.map { ScalarSet($0) }
    isNegated = written.isNegated
    ignoresCase = written.ignoresCase
  }

  /// Whether a scalar is in the set.
  func contains(_ scalar: Unicode.Scalar) -> Bool {
    let isIn =
      holds(scalar) || (ignoresCase && ScalarClass.variants(of: scalar).contains(where: holds))
    return isIn != isNegated
  }

  private func holds(_ scalar: Unicode.Scalar) -> Bool {
    isInRange(scalar.value)
      || (!categories.isEmpty && categories.contains(scalar.properties.generalCategory))
      || parts.contains { $0.contains(scalar) }
  }

  private func isInRange(_ value: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= value
  }

  /// The same ranges in order, those joined that meet.
  private static func merged(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var merged: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound + 1 {
        let end = max(last.upperBound, range.upperBound)
        merged[merged.count - 1] = last.lowerBound...end
      } else {
        merged.append(range)
      }
    }
    return merged
  }

  /// What is in none of some ranges.
  private static func complement(of ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    var rest: [ClosedRange<UInt32>] = []
    var start: UInt32 = 0
    for range in merged(ranges) {
      if range.lowerBound > start { rest.append(start...(range.lowerBound - 1)) }
      start = range.upperBound + 1
    }
    return start <= 0x10FFFF ? rest + [start...0x10FFFF] : rest
  }

  /// The general categories of one or two letters, or all others.
  private static func categories(
    of written: ScalarClass.Category
  ) -> [Unicode.GeneralCategory] {
    letters.filter { $0.letters.hasPrefix(written.name) != written.isNegated }.map(\.category)
  }

  /// The general categories with their letters.
  private static let letters: [(letters: String, category: Unicode.GeneralCategory)] = [
    ("Lu", .uppercaseLetter), ("Ll", .lowercaseLetter), ("Lt", .titlecaseLetter),
    ("Lm", .modifierLetter), ("Lo", .otherLetter), ("Mn", .nonspacingMark),
    ("Mc", .spacingMark), ("Me", .enclosingMark), ("Nd", .decimalNumber),
    ("Nl", .letterNumber), ("No", .otherNumber), ("Pc", .connectorPunctuation),
    ("Pd", .dashPunctuation), ("Ps", .openPunctuation), ("Pe", .closePunctuation),
    ("Pi", .initialPunctuation), ("Pf", .finalPunctuation), ("Po", .otherPunctuation),
    ("Sm", .mathSymbol), ("Sc", .currencySymbol), ("Sk", .modifierSymbol),
    ("So", .otherSymbol), ("Zs", .spaceSeparator), ("Zl", .lineSeparator),
    ("Zp", .paragraphSeparator), ("Cc", .control), ("Cf", .format), ("Cs", .surrogate),
    ("Co", .privateUse), ("Cn", .unassigned),
  ]
}

extension ScalarClass {
  /// Takes the ranges and categories of another class in.
  fileprivate mutating func join(_ other: ScalarClass) {
    ranges += other.ranges
    categories += other.categories
  }
}
