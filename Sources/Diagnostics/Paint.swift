/// Colours for the parts of a printed text, or none.
public struct Paint: Sendable {
  /// What a part of the text is.
  public enum Part: Sendable {
    /// What is wrong.
    case error
    /// What may be wrong.
    case warning
    /// What is right.
    case success
    /// What is read first.
    case emphasis
    /// Lines, arrows and margins around the text.
    case frame
    /// What is read last.
    case faint
    /// The text itself.
    case plain
  }

  /// Whether colours are used.
  public let isOn: Bool

  /// Colours, or none.
  public init(isOn: Bool) { self.isOn = isOn }

  /// The text in the colour of its part; unchanged if colours are off.
  public func callAsFunction(_ part: Part, _ text: String) -> String {
    guard isOn, part != .plain, !text.isEmpty else { return text }
    let code =
      switch part {
      case .error: "1;31"
      case .warning: "1;33"
      case .success: "32"
      case .emphasis: "1"
      case .frame: "1;34"
      case .faint: "2"
      case .plain: "0"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}
