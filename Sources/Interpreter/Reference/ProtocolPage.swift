import Analysis
import Protocols
import SystemModel

/// The pages on protocols, made from what each says of itself.
public enum ProtocolPage {
  /// The names of all protocols, in the order of the catalog.
  public static var names: [String] { ProtocolCatalog.all.map(\.name) }

  /// The list of all protocols with what each solves.
  public static var overview: ReferencePage {
    let rows = ProtocolCatalog.all.map { description in
      let families = description.families.map(\.rawValue).joined(separator: ", ")
      return [description.name, families, description.summary]
    }
    return ReferencePage(
      "Protocols", [.init("", [.table(["protocol", "family", "what it solves"], rows: rows)])])
  }

  /// The page on a protocol; nil if there is none of this name.
  public static func page(_ name: String) -> ReferencePage? {
    ProtocolCatalog.named(name).map(page)
  }

  static func page(_ protocolText: ProtocolDescription) -> ReferencePage {
    ReferencePage(
      protocolText.name,
      [
        .init("", [.prose(protocolText.summary)]),
        .init("Source", [.prose(protocolText.source)]),
        .init("Assumptions", [.list(protocolText.assumptions)]),
        .init("Guarantees", [.list(protocolText.guarantees)]),
        .init("Options", [options(protocolText)]),
        .init("Calls", [calls(protocolText)]),
        .init("Fields of a node", [fields(protocolText)]),
        .init("Messages", [messages(protocolText)]),
        .init("Timers", [timers(protocolText)]),
        .init("Selectors", [selectors(protocolText)]),
        .init("Observations", [observations(protocolText)]),
        .init("Invariants", [invariants(protocolText)]),
        .init("Metrics", [metrics(protocolText)]),
        .init("Mistakes", [mistakes(protocolText)]),
      ])
  }

  private static func options(_ protocolText: ProtocolDescription) -> ReferencePage.Block {
    .table(
      ["option", "value", "default", "what it does"],
      rows: protocolText.parameters.map { option in
        [
          option.name, option.kind.text, standard(option),
          option.summary + (option.uniform ? " The same for every node." : ""),
        ]
      })
  }

  private static func standard(_ option: ParameterDeclaration) -> String {
    option.defaultText ?? (option.required ? "must be given" : "none")
  }

  private static func calls(_ protocolText: ProtocolDescription) -> ReferencePage.Block {
    .table(
      ["call", "argument", "value", "what it asks for"],
      rows: protocolText.calls.flatMap { call in
        let result = call.result.map { " Returns \($0.textWithArticle)." } ?? ""
        return [[call.name, "", "", call.summary + result]]
          + call.arguments.map { argument in
            return ["", argument.name, argument.type.text, argument.summary + absence(argument)]
          }
      })
  }

  /// What holds where an argument is not given.
  private static func absence(_ argument: CallDeclaration.Argument) -> String {
    guard let word = argument.defaultWord else { return "" }
    switch argument.type {
    case .duration where word != WordType.absent:
      return " `\(Duration(nanoseconds: word).text)` if it is left out."
    case .int where word != WordType.absent: return " `\(word)` if it is left out."
    default: return " May be left out."
    }
  }

  private static func fields(_ protocolText: ProtocolDescription) -> ReferencePage.Block {
    .table(
      ["field", "type", "", "what it says"],
      rows: protocolText.fields.map { field in
        let marks = [
          field.nullable ? "or null" : "", field.durable ? "durable" : "",
          field.settable ? "settable" : "",
        ]
        return [
          field.name, field.type.text, marks.filter { !$0.isEmpty }.joined(separator: ", "),
          field.summary,
        ]
      })
  }

  private static func messages(_ protocolText: ProtocolDescription) -> ReferencePage.Block {
    .table(
      ["message", "fields", "what it asks or tells"],
      rows: protocolText.messages.map { message in
        [message.name, message.fields.map(\.name).joined(separator: ", "), message.summary]
      })
  }

  private static func timers(_ protocolText: ProtocolDescription) -> ReferencePage.Block {
    .table(
      ["timer", "what it waits for"], rows: protocolText.timers.map { [$0.name, $0.summary] })
  }

  private static func mistakes(_ protocolText: ProtocolDescription) -> ReferencePage.Block {
    .table(
      ["`mistake`", "what a node does", "breaks"],
      rows: protocolText.mistakes.map { [$0.name, $0.summary, $0.breaks] })
  }

  private static func selectors(_ protocolText: ProtocolDescription) -> ReferencePage.Block {
    .table(
      ["selector", "whom it chooses"], rows: protocolText.selectors.map { [$0.name, $0.summary] })
  }

  private static func observations(_ protocolText: ProtocolDescription) -> ReferencePage.Block {
    .table(
      ["observation", "value", "what has happened"],
      rows: protocolText.observations.map {
        [$0.name, $0.fields.map(\.name).joined(separator: ", "), $0.summary]
      })
  }

  private static func invariants(_ protocolText: ProtocolDescription) -> ReferencePage.Block {
    .table(
      ["invariant", "what must hold"],
      rows: InvariantCatalog.invariants(of: protocolText).map { [$0.name, $0.summary] })
  }

  private static func metrics(_ protocolText: ProtocolDescription) -> ReferencePage.Block {
    .table(
      ["metric", "unit", "what it says"],
      rows: MetricCatalog.all.filter { $0.families.contains(where: protocolText.isOf) }.map {
        [$0.pattern, $0.unit.rawValue, $0.summary]
      })
  }
}
