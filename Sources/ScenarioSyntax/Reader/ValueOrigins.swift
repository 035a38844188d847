internal import Diagnostics

/// Where the values of parameters are written, for mistakes at a `${name}` that stands for one.
struct ValueOrigins {
  /// The longest text that is looked through; longer ones are no single values.
  private static let limit = 500

  /// How much of a value a label shows, in characters.
  private static let shown = 60

  private let parameters: [String: Parameter]
  private let sources: SourceMap

  init(_ parameters: [Parameter], _ sources: SourceMap) {
    self.parameters = Dictionary(
      parameters.map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
    self.sources = sources
  }

  /// A diagnostic with the places of the values that stand for `${name}` at its place.
  func showing(_ diagnostic: Diagnostic) -> Diagnostic {
    guard !parameters.isEmpty, let span = diagnostic.span else { return diagnostic }
    let written = text(span)
    guard written.asksForParameter, !written.hasPrefix("{"), !written.hasPrefix("["),
      !written.contains("\n"), let parts = try? ParameterText.parts(of: written)
    else { return diagnostic }
    var told = diagnostic
    for case .name(let name) in parts {
      guard let parameter = parameters[name] else { continue }
      let place = parameter.node.span
      guard isWritten(parameter), !told.labels.contains(where: { $0.span == place }) else {
        continue
      }
      told.labels.append(.init(place, "`${\(name)}` is `\(Self.brief(parameter))` by this"))
    }
    return told
  }

  /// The value as it is written; of a long one the beginning.
  private static func brief(_ parameter: Parameter) -> String {
    let items = parameter.node.sequence ?? [parameter.node]
    let texts = items.prefix(shown).map { $0.scalar?.text.prefix(shown) ?? "" }
    let text = texts.joined(separator: ", ")
    let isCut = text.count > shown || items.count > shown
    let start = isCut ? text.prefix(shown) + "…" : text
    return parameter.node.sequence == nil ? start : "[\(start)]"
  }

  /// Whether the value stands in the text; one from the command line does not.
  private func isWritten(_ parameter: Parameter) -> Bool {
    guard let scalar = parameter.node.scalar else { return true }
    let written = text(parameter.node.span)
    return written.contains(scalar.text) || written.contains("..")
  }

  private func text(_ span: SourceSpan) -> String {
    guard span.end - span.start <= Self.limit else { return "" }
    return String(decoding: sources[span].bytes[span.start..<span.end], as: UTF8.self)
  }
}
