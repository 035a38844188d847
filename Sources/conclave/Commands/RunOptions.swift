import ArgumentParser
import Diagnostics
import Interpreter

/// What commands that read scenarios have in common: what is changed in them, and how strictly
/// they are read.
struct ScenarioOptions: ParsableArguments {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Give a parameter of the scenario another value; may be repeated for others.",
      valueName: "name=value"))
  var settings: [String] = []

  @Flag(help: "Take warnings for errors.")
  var strict = false

  func validate() throws { _ = try parsedSettings() }

  /// The settings, taken apart.
  func parsedSettings() throws -> [ParameterSetting] {
    let parsed = try settings.map { text in
      guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
        throw ValidationError(
          "'--set \(VisibleText.escaped(text))' has no '='; write --set name=value")
      }
      return ParameterSetting(
        name: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
    }
    for (place, setting) in parsed.enumerated()
    where parsed[..<place].contains(where: { $0.name == setting.name }) {
      throw ValidationError(
        "'--set \(VisibleText.escaped(setting.name))=…' is given twice; give it once")
    }
    return parsed
  }
}

/// How diagnostics are shown.
enum DiagnosticFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
}
