import Analysis
import Diagnostics

/// A message in words, made to fit a number of columns without the loss of what it is shown for.
struct FittedMessage {
  private let message: MessageEvidence

  init(_ message: MessageEvidence) { self.message = message }

  /// All of it if it fits; else the fields that tell something, and of the others the first ones,
  /// with an ellipsis for those that are left out.
  func text(width: Int) -> String {
    let mark = message.isCopy ? ", a copy" : ""
    let room = width - mark.count
    let whole = VisibleText.escaped(message.text)
    if message.telling.isEmpty || VisibleText.width(whole) <= room {
      return FittedText.cut(whole, to: room) + mark
    }
    let words = MessageParts(message.text)
    var isShown = words.fields.map { message.telling.contains($0) }
    for place in words.fields.indices where !isShown[place] {
      isShown[place] = true
      if VisibleText.width(text(words, isShown)) > room {
        isShown[place] = false
        break
      }
    }
    return FittedText.cut(text(words, isShown), to: room) + mark
  }

  private func text(_ words: MessageParts, _ isShown: [Bool]) -> String {
    var parts: [String] = []
    for (place, field) in words.fields.enumerated() {
      if isShown[place] {
        parts.append(VisibleText.escaped(field))
      } else if parts.last != "…" {
        parts.append("…")
      }
    }
    return "\(words.kind)(\(parts.joined(separator: ", ")))"
  }
}
