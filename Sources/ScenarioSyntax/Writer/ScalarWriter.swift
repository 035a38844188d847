/// Writes texts so that the loader reads the same texts back.
public enum ScalarWriter {
  /// The text as it stands, if YAML reads it back as the same text wherever a value or key may
  /// stand; otherwise in double quotes.
  public static func scalar(_ text: String) -> String {
    isPlain(text, isInFlow: true) ? text : doubleQuoted(text)
  }

  /// The text in single quotes, in which nothing but the quote itself is special.
  ///
  /// Not for texts with line ends or invisible characters.
  public static func singleQuoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  /// The text in double quotes on one line, with whatever is invisible escaped.
  public static func doubleQuoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default:
        if isVisible(scalar) {
          result.unicodeScalars.append(scalar)
        } else {
          result += escape(scalar)
        }
      }
    }
    return result + "\""
  }

  /// Whether a text needs no quotes as a value that ends its line; with `isInFlow` neither as a key
  /// nor inside brackets.
  static func isPlain(_ text: String, isInFlow: Bool) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else {
      return false
    }
    guard !"-?:,[]{}#&*!|>'\"%@`<=. ".unicodeScalars.contains(first) || isNumberLike(text),
      last != ":", last != " "
    else { return false }
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      guard isVisible(scalar), !isInFlow || !",[]{}\"'`".unicodeScalars.contains(scalar) else {
        return false
      }
      if previous == ":", scalar == " " { return false }
      if previous == " ", scalar == "#" { return false }
      previous = scalar
    }
    return true
  }

  /// Whether a text starts with `-` or `.` as a number may.
  private static func isNumberLike(_ text: String) -> Bool {
    let digits = text.utf8.dropFirst()
    guard text.hasPrefix("-") || text.hasPrefix("."), let second = digits.first else {
      return false
    }
    return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(second)
  }

  /// Whether each scalar of a text shows as itself.
  static func isVisible(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(isVisible) }

  /// Whether a scalar shows as itself: no control, no line end, nothing that turns or hides text.
  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      false
    default: true
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let hex = String(scalar.value, radix: 16, uppercase: true)
    func padded(_ width: Int) -> String { String(repeating: "0", count: width - hex.count) + hex }
    if scalar.value < 0x100 { return "\\x" + padded(2) }
    return scalar.value < 0x10000 ? "\\u" + padded(4) : "\\U" + padded(8)
  }
}
