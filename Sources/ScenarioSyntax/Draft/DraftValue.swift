/// A value of a scenario that is being edited, with the comments of its author.
///
/// Every text is as it stands in a file, without quotes: `${name}` is replaced already, `$${`
/// stands for `${`, and what the text means is decided by the key it is given for.
public struct DraftValue: Sendable, Hashable {
  /// What a value holds.
  public enum Content: Sendable, Hashable {
    /// A text.
    case text(String)
    /// A list, never empty in a scenario.
    case list([DraftValue])
    /// Keys with their values, in order; no two keys are the same.
    case mapping([DraftEntry])
  }

  /// What it holds.
  public var content: Content
  /// The comment in the lines above it, line by line, without `#`.
  public var above: [String]
  /// The comment behind it in its line, without `#`.
  public var behind: String?

  /// A value with the comments around it.
  public init(_ content: Content, above: [String] = [], behind: String? = nil) {
    self.content = content
    self.above = above
    self.behind = behind
  }

  /// A text, free of comments.
  public static func text(_ text: String) -> DraftValue { DraftValue(.text(text)) }

  /// A list, free of comments.
  public static func list(_ items: [DraftValue]) -> DraftValue { DraftValue(.list(items)) }

  /// A mapping, free of comments.
  public static func mapping(_ entries: [DraftEntry]) -> DraftValue {
    DraftValue(.mapping(entries))
  }

  /// A length of time in nanoseconds, in the largest unit in which it is a short decimal.
  public static func duration(_ nanoseconds: Int64) -> DraftValue {
    .text(DurationValue.text(nanoseconds))
  }

  /// The text; nil for a list or a mapping.
  public var text: String? {
    if case .text(let text) = content { text } else { nil }
  }

  /// The items; nil for anything but a list.
  public var items: [DraftValue]? {
    if case .list(let items) = content { items } else { nil }
  }

  /// The entries; nil for anything but a mapping.
  public var entries: [DraftEntry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  /// The length of time that the text says, in nanoseconds; nil if it says none.
  public var duration: Int64? { text.flatMap { try? DurationValue.parse($0) } }

  /// The range of lengths of time that the text says, in nanoseconds; nil if it says none.
  public var durationRange: ClosedRange<Int64>? {
    text.flatMap { try? DurationValue.parseRange($0) }
  }

  /// The whole number that the text says; nil if it says none.
  public var int: Int64? {
    text.flatMap { try? NumberValue.int($0, in: .min ... .max) }
  }

  /// The value of a key; nil if there is none, or if this is no mapping.
  public subscript(key: String) -> DraftValue? { entries?.first { $0.key == key }?.value }

  /// Whether a comment stands around it or in it.
  var hasComments: Bool { !above.isEmpty || behind != nil || hasInnerComments }

  /// Whether a comment stands in it.
  var hasInnerComments: Bool {
    switch content {
    case .text: false
    case .list(let items): items.contains { $0.hasComments }
    case .mapping(let entries): entries.contains { $0.value.hasComments }
    }
  }
}

/// A key of a mapping that is being edited, with its value.
public struct DraftEntry: Sendable, Hashable {
  /// The key.
  public var key: String
  /// The value; the comments around the entry are the value's.
  public var value: DraftValue

  /// A key with its value.
  public init(_ key: String, _ value: DraftValue) {
    self.key = key
    self.value = value
  }
}
