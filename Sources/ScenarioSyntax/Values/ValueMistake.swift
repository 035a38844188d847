internal import Diagnostics

/// Why a text is not the value that is wanted.
struct ValueMistake: Error {
  let code: DiagnosticCode
  /// What was found, in one line.
  let message: String
  /// What to say under the carets.
  let label: String
  /// What to write instead; nil: an example of the key is shown.
  let help: String?

  init(_ code: DiagnosticCode, _ message: String, label: String = "", help: String? = nil) {
    self.code = code
    self.message = message
    self.label = label
    self.help = help
  }

  /// The help that proposes another text.
  static func didYouMean(_ text: String) -> String { "did you mean `\(text)`?" }
}
