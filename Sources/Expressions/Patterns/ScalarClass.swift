/// A set of Unicode scalars as a pattern writes it.
struct ScalarClass: Hashable {
  /// A general category by its letters, as `Lu` or `L`, perhaps turned round.
  struct Category: Hashable {
    let name: String
    let isNegated: Bool
  }

  /// Ranges of scalar values, in no order.
  var ranges: [ClosedRange<UInt32>] = []
  var categories: [Category] = []
  /// Classes within the class, for `[\D…]`.
  var parts: [ScalarClass] = []
  var isNegated = false
  /// Whether capitals and small letters are the same.
  var ignoresCase = false

  /// The scalar as a small letter and as a capital.
  static func variants(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    let properties = scalar.properties
    return [properties.lowercaseMapping, properties.uppercaseMapping].compactMap { mapping in
      mapping.unicodeScalars.count == 1 ? mapping.unicodeScalars.first : nil
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

  private static let word = ScalarClass(ranges: [48...57, 65...90, 95...95, 97...122])

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
