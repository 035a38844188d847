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
  case scalar(ScalarClass)
  case assertion(PatternAssertion)
  case sequence([PatternTree])
  case choice([PatternTree])
  case repetition(PatternTree, least: Int, most: Int?)
}

/// A condition on a place in the text.
enum PatternAssertion: Sendable {
  case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary
}

/// A set of Unicode scalars.
struct ScalarClass: Sendable {
  /// Ranges of scalar values, in no order.
  var ranges: [ClosedRange<UInt32>] = []
  /// General categories by their letters, as `Lu` or `L`, each perhaps turned round.
  var categories: [(name: String, isNegated: Bool)] = []
  /// Classes within the class, for `[\D…]`.
  var parts: [ScalarClass] = []
  var isNegated = false
  /// Whether capitals and small letters are the same.
  var ignoresCase = false

  /// Whether a scalar is in the set.
  func contains(_ scalar: Unicode.Scalar) -> Bool {
    let isIn =
      holds(scalar) || (ignoresCase && ScalarClass.variants(of: scalar).contains(where: holds))
    return isIn != isNegated
  }

  private func holds(_ scalar: Unicode.Scalar) -> Bool {
    ranges.contains { $0.contains(scalar.value) } || parts.contains { $0.contains(scalar) }
      || categories.contains {
        ScalarClass.category(of: scalar).hasPrefix($0.name) != $0.isNegated
      }
  }

  /// The scalar as a small letter and as a capital.
  static func variants(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    let properties = scalar.properties
    return [properties.lowercaseMapping, properties.uppercaseMapping].compactMap { mapping in
      mapping.unicodeScalars.count == 1 ? mapping.unicodeScalars.first : nil
    }
  }

  /// The two letters of the scalar's general category.
  static func category(of scalar: Unicode.Scalar) -> String {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter: "Lu"
    case .lowercaseLetter: "Ll"
    case .titlecaseLetter: "Lt"
    case .modifierLetter: "Lm"
    case .otherLetter: "Lo"
    case .nonspacingMark: "Mn"
    case .spacingMark: "Mc"
    case .enclosingMark: "Me"
    case .decimalNumber: "Nd"
    case .letterNumber: "Nl"
    case .otherNumber: "No"
    case .connectorPunctuation: "Pc"
    case .dashPunctuation: "Pd"
    case .openPunctuation: "Ps"
    case .closePunctuation: "Pe"
    case .initialPunctuation: "Pi"
    case .finalPunctuation: "Pf"
    case .otherPunctuation: "Po"
    case .mathSymbol: "Sm"
    case .currencySymbol: "Sc"
    case .modifierSymbol: "Sk"
    case .otherSymbol: "So"
    case .spaceSeparator: "Zs"
    case .lineSeparator: "Zl"
    case .paragraphSeparator: "Zp"
    case .control: "Cc"
    case .format: "Cf"
    case .surrogate: "Cs"
    case .privateUse: "Co"
    case .unassigned: "Cn"
    @unknown default: "Cn"
    }
  }

  /// The names of general categories, of one letter and of two.
  static let categoryNames = [
    "C", "Cc", "Cf", "Cn", "Co", "Cs", "L", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me", "Mn",
    "N",
    "Nd", "Nl", "No", "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc", "Sk", "Sm", "So",
    "Z", "Zl", "Zp", "Zs",
  ]

  /// `\d`, `\s` and `\w`, which are ASCII.
  static func perl(_ letter: Unicode.Scalar) -> ScalarClass? {
    switch letter {
    case "d": ScalarClass(ranges: [48...57])
    case "s": ScalarClass(ranges: [9...10, 12...13, 32...32])
    case "w": word
    default: nil
    }
  }

  static let word = ScalarClass(ranges: [48...57, 65...90, 95...95, 97...122])

  /// `[:alpha:]` and its like, which are ASCII.
  static func posix(_ name: String) -> ScalarClass? {
    switch name {
    case "alnum": ScalarClass(ranges: [48...57, 65...90, 97...122])
    case "alpha": ScalarClass(ranges: [65...90, 97...122])
    case "ascii": ScalarClass(ranges: [0...127])
    case "blank": ScalarClass(ranges: [9...9, 32...32])
    case "cntrl": ScalarClass(ranges: [0...31, 127...127])
    case "digit": ScalarClass(ranges: [48...57])
    case "graph": ScalarClass(ranges: [33...126])
    case "lower": ScalarClass(ranges: [97...122])
    case "print": ScalarClass(ranges: [32...126])
    case "punct": ScalarClass(ranges: [33...47, 58...64, 91...96, 123...126])
    case "space": ScalarClass(ranges: [9...13, 32...32])
    case "upper": ScalarClass(ranges: [65...90])
    case "word": word
    case "xdigit": ScalarClass(ranges: [48...57, 65...70, 97...102])
    default: nil
    }
  }
}
