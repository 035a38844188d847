internal import Diagnostics

/// Where the values of parameters are written, for mistakes at a `${name}` that stands for one.
struct ValueOrigins {
  /// The longest text that is looked through; longer ones are no single values.
  private static let limit = 500

  private let parameters: [Parameter]
  private let sources: SourceMap

  init(_ parameters: [Parameter], _ sources: SourceMap) {
    self.parameters = parameters
    self.sources = sources
  }

  /// A diagnostic with the places of the values that stand for `${name}` at its place.
  func showing(_ diagnostic: Diagnostic) -> Diagnostic {
    guard !parameters.isEmpty, let span = diagnostic.span else { return diagnostic }
    let written = text(span)
    guard written.contains("${"), !written.hasPrefix("{"), !written.hasPrefix("["),
      !written.contains("\n"), let parts = try? ParameterText.parts(of: written)
    else { return diagnostic }
    var told = diagnostic
    for case .name(let name) in parts {
      guard let parameter = parameters.first(where: { $0.name.value == name }) else { continue }
      let place = parameter.node.span
      guard isWritten(parameter), !told.labels.contains(where: { $0.span == place }) else {
        continue
      }
      told.labels.append(.init(place, "`${\(name)}` is `\(parameter.text)` by this"))
    }
    return told
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
