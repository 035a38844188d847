import Diagnostics

/// The shell command that repeats a run.
public struct RepeatCommand: Sendable, Hashable {
  /// The command as it is typed into a POSIX shell; free of control characters.
  public let text: String

  /// `conclave run FILE --seed N --set k=v …`; every word is quoted where a shell asks for it. Of
  /// several settings of one name the last counts.
  public init(file: String, seed: UInt64?, settings: [ReportedRun.Setting] = []) {
    var words = ["conclave", "run", RepeatCommand.operand(file)]
    if let seed { words += ["--seed", String(seed)] }
    for (place, setting) in settings.enumerated()
    where !settings[(place + 1)...].contains(where: { $0.name == setting.name }) {
      words += ["--set", "\(setting.name)=\(setting.value)"]
    }
    text = words.map(RepeatCommand.quoted).joined(separator: " ")
  }

  /// `conclave judge FILE --history FILE …`; every word is quoted where a shell asks for it.
  public init(
    file: String, history: String, format: String?, settings: [ReportedRun.Setting] = []
  ) {
    var words = [
      "conclave", "judge", RepeatCommand.operand(file), "--history",
      RepeatCommand.operand(history),
    ]
    if let format { words += ["--format", format] }
    for setting in settings { words += ["--set", "\(setting.name)=\(setting.value)"] }
    text = words.map(RepeatCommand.quoted).joined(separator: " ")
  }

  /// `conclave replay FILE`.
  public init(replayOf file: String) {
    let words = ["conclave", "replay", RepeatCommand.operand(file)]
    text = words.map(RepeatCommand.quoted).joined(separator: " ")
  }

  /// A path that no command takes for an option.
  private static func operand(_ path: String) -> String {
    path.utf8.first == 0x2D && path.utf8.count > 1 ? "./" + path : path
  }

  /// A word as a shell reads it back: bare if it is harmless, else in single quotes, and in the
  /// `$'…'` form if some of it must not be printed raw.
  static func quoted(_ word: String) -> String {
    if !word.isEmpty, word.utf8.allSatisfy(isHarmless) { return word }
    if !word.unicodeScalars.contains(where: VisibleText.isHidden) {
      let escaped = word.unicodeScalars.map { $0 == "'" ? "'\\''" : String($0) }.joined()
      return "'\(escaped)'"
    }
    var text = "$'"
    for scalar in word.unicodeScalars {
      if VisibleText.isHidden(scalar) {
        // Three octal digits, since a shell takes as many as it can get.
        for byte in String(scalar).utf8 {
          let digits = String(byte, radix: 8)
          text += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
        }
      } else {
        if scalar == "'" || scalar == "\\" { text += "\\" }
        text.unicodeScalars.append(scalar)
      }
    }
    return text + "'"
  }

  private static func isHarmless(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "_-./:,=@%+".utf8.contains(byte)
    }
  }
}
