/// Makes text from anywhere safe to print: nothing in it moves a cursor, turns or hides text.
public enum VisibleText {
  /// The text with every hidden character in the form `\u{1B}`, line ends and tabs included.
  public static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isHidden(scalar) {
        result += escape(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The text, or its beginning and `…` if it has more characters than `limit`; for names and values
  /// in messages, which may come from a hostile file.
  public static func brief(_ text: String, limit: Int = 60) -> String {
    guard text.utf8.count > limit else { return text }
    let scalars = text.unicodeScalars
    guard
      let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
      end < scalars.endIndex
    else { return text }
    return String(scalars[..<end]) + "…"
  }

  /// Whether a scalar must not be printed as it is.
  ///
  /// These are controls, terminal escapes among them; format characters, such as those that change
  /// the direction of text or have no width; line and paragraph separators; and noncharacters.
  public static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value < 0x20 }
    if scalar.value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(scalar.value) { return true }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return false
    }
  }

  /// How many columns of a terminal the text takes once it is escaped.
  public static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { width, scalar in
      width + (isHidden(scalar) ? escape(scalar).utf8.count : self.width(scalar))
    }
  }

  /// How many columns of a terminal a visible scalar takes: 0 for what combines with the one
  /// before, 2 for East Asian wide characters and emoji, otherwise 1.
  static func width(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    return scalar.properties.isEmojiPresentation || isWide(scalar.value) ? 2 : 1
  }

  static func escape(_ scalar: Unicode.Scalar) -> String {
    "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
  }

  /// The blocks of Unicode whose characters are wide in East Asian typography.
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
      0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x1FA70...0x1FAFF,
      0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
