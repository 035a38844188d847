import Diagnostics

/// Texts from anywhere made into valid XML 1.0.
///
/// Characters that XML forbids, and those that hide or turn text, stand there as `\u{1B}`.
enum XMLText {
  /// A text between tags; line ends stay.
  static func content(_ text: String) -> String { escaped(text) { $0 == "\n" } }

  /// A text between the quotes of an attribute.
  static func attribute(_ text: String) -> String { escaped(text) { _ in false } }

  private static func escaped(_ text: String, keeping: (Unicode.Scalar) -> Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default:
        if keeping(scalar) || !VisibleText.isHidden(scalar) {
          result.unicodeScalars.append(scalar)
        } else {
          result += VisibleText.escaped(String(scalar))
        }
      }
    }
    return result
  }
}
