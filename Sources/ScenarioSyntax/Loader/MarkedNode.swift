public import Diagnostics

/// A piece of a YAML file that knows where it stands.
///
/// Every scalar is text; what the text means is decided by the key it is given for, never by YAML.
/// Aliases and merge keys are already resolved: a node that came through one keeps the place where
/// it was written.
public struct MarkedNode: Sendable {
  /// What a node holds.
  public enum Content: Sendable {
    /// A text.
    case scalar(MarkedScalar)
    /// A list, in order.
    case sequence([MarkedNode])
    /// Keys with their values, in the order of the file; no two keys are the same.
    case mapping([Entry])
  }

  /// A key of a mapping with its value.
  public struct Entry: Sendable {
    /// The key; always a text.
    public let key: MarkedScalar
    /// What is given for the key.
    public var value: MarkedNode

    /// Joins a key and its value.
    public init(key: MarkedScalar, value: MarkedNode) {
      self.key = key
      self.value = value
    }
  }

  /// What the node holds.
  public var content: Content
  /// Where it stands: quotes and brackets included, anchors and comments around it not.
  public let span: SourceSpan

  /// Places a content.
  public init(_ content: Content, span: SourceSpan) {
    self.content = content
    self.span = span
  }

  /// The scalar, if the node is one.
  public var scalar: MarkedScalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }

  /// The items, if the node is a sequence.
  public var sequence: [MarkedNode]? {
    if case .sequence(let items) = content { items } else { nil }
  }

  /// The entries, if the node is a mapping.
  public var mapping: [Entry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  /// Whether nothing was given, as behind the colon of a lone `key:`; `""` and `~` are texts.
  public var isEmptyPlain: Bool { scalar?.isEmptyPlain ?? false }

  /// The value of a key of a mapping; nil for another key or another kind of node.
  public subscript(key: String) -> MarkedNode? {
    mapping?.first { $0.key.text == key }?.value
  }
}

/// A text in a YAML file: a value, an item or a key.
public struct MarkedScalar: Sendable {
  /// How a text is written.
  public enum Style: UInt8, Sendable {
    /// Without quotes.
    case plain
    /// In `'…'`.
    case singleQuoted
    /// In `"…"`.
    case doubleQuoted
    /// As a block behind `|`.
    case literal
    /// As a block behind `>`.
    case folded
  }

  /// The text, free of quotes, escapes and folding.
  public let text: String
  /// How it is written.
  public let style: Style
  /// Where it stands, quotes included.
  public let span: SourceSpan

  /// Places a text.
  public init(text: String, style: Style, span: SourceSpan) {
    self.text = text
    self.style = style
    self.span = span
  }

  /// Whether nothing was written at all, as behind the colon of a lone `key:`.
  public var isEmptyPlain: Bool { style == .plain && text.isEmpty }
}
