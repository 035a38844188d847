/// Colours for the parts of a printed text, or none.
struct Paint: Sendable {
  /// What a part of the text is.
  enum Part {
    case error
    case warning
    case emphasis
    case frame
    case plain
  }

  let isOn: Bool

  /// The text in the colour of its part; unchanged if colours are off.
  func callAsFunction(_ part: Part, _ text: String) -> String {
    guard isOn, part != .plain, !text.isEmpty else { return text }
    let code =
      switch part {
      case .error: "1;31"
      case .warning: "1;33"
      case .emphasis: "1"
      case .frame: "1;34"
      case .plain: "0"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}
