public import Diagnostics

/// Reads the text of a scenario into marked nodes.
///
/// The result is a mapping in which aliases and merge keys are resolved. Directives, tags, further
/// documents and keys that are no texts are refused; so is a text beyond one of the ``Limits``.
public struct YAMLLoader: Sendable {
  /// How much is read before the text is refused.
  public struct Limits: Sendable {
    /// The most bytes of text.
    public var textBytes = 4 << 20
    /// The most collections inside each other, counted after aliases are replaced.
    public var nesting = 64
    /// The most texts, sequences and mappings, counted after aliases are replaced; keys count too.
    public var nodes = 1_000_000

    /// The limits that hold for every scenario.
    public init() {}
  }

  private let limits: Limits

  /// Makes a loader with limits.
  public init(limits: Limits = Limits()) {
    self.limits = limits
  }

  /// Reads a text whose spans carry the index `file`, and reports what is wrong with it.
  ///
  /// The result is nil if a mistake left a hole in it; otherwise it can be read on for further
  /// mistakes even if some were reported.
  public func load(
    _ source: SourceFile, file: Int = 0, into bag: inout DiagnosticBag
  ) -> MarkedNode? {
    guard
      let text = YAMLText(source, fileIndex: file, limit: limits.textBytes, into: &bag)
    else { return nil }
    if let directive = text.firstDirective {
      bag.report(.directive(text, at: directive))
      return nil
    }
    guard let reader = YAMLEventReader(source.bytes[text.bomLength...]) else {
      bag.report(.textTooLarge(file: file, limit: limits.textBytes))
      return nil
    }
    var builder = TreeBuilder(reader: reader, text: text, limits: limits)
    let root = builder.document()
    bag.report(contentsOf: builder.diagnostics)
    return root
  }
}
