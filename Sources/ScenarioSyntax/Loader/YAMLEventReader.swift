internal import CLibYAML

/// One step of a YAML text, with its place in characters.
struct YAMLEvent {
  enum Kind {
    case streamStart
    case streamEnd
    case documentStart
    /// `explicit` if `...` was written.
    case documentEnd(explicit: Bool)
    case alias(String)
    case scalar(String, MarkedScalar.Style)
    case sequenceStart(isFlow: Bool)
    case sequenceEnd
    case mappingStart(isFlow: Bool)
    case mappingEnd
  }

  let kind: Kind
  let anchor: String?
  let tag: String?
  /// Index of the first character; that of an anchor or tag if there is one.
  let start: Int
  /// Index behind the last character; for a block collection, where the next token starts.
  let end: Int
}

/// What libyaml says about a text that it cannot read, with places in characters.
struct YAMLProblem: Error {
  /// What is wrong, in libyaml's words.
  let problem: String
  let start: Int
  /// What libyaml was doing, in its words; may be empty.
  let context: String
  /// Where that began; equal to `start` if unknown.
  let contextStart: Int
}

/// The event stream of libyaml over a text in memory.
///
/// This is the only file that touches libyaml. The text must be valid UTF-8 without a byte order
/// mark or forbidden characters.
struct YAMLEventReader: ~Copyable {
  // The parser keeps a pointer to itself, so it must not move.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let text: UnsafeMutableBufferPointer<UInt8>

  /// Copies the text and starts at its beginning; nil if there is no memory for it.
  init?(_ bytes: ArraySlice<UInt8>) {
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      return nil
    }
    text = .allocate(capacity: max(bytes.count, 1))
    _ = text.initialize(from: bytes)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, text.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    text.deallocate()
  }

  /// Reads on by one event; after a problem, or the end of the stream, the reader is spent.
  mutating func next() throws(YAMLProblem) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw problem() }
    defer { yaml_event_delete(&event) }
    var anchor: UnsafeMutablePointer<yaml_char_t>?
    var tag: UnsafeMutablePointer<yaml_char_t>?
    let kind: YAMLEvent.Kind
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      (anchor, tag) = (scalar.anchor, scalar.tag)
      let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      kind = .scalar(String(decoding: bytes, as: UTF8.self), Self.style(scalar.style))
    case YAML_MAPPING_START_EVENT:
      let mapping = event.data.mapping_start
      (anchor, tag) = (mapping.anchor, mapping.tag)
      kind = .mappingStart(isFlow: mapping.style == YAML_FLOW_MAPPING_STYLE)
    case YAML_SEQUENCE_START_EVENT:
      let sequence = event.data.sequence_start
      (anchor, tag) = (sequence.anchor, sequence.tag)
      kind = .sequenceStart(isFlow: sequence.style == YAML_FLOW_SEQUENCE_STYLE)
    case YAML_ALIAS_EVENT: kind = .alias(Self.string(event.data.alias.anchor) ?? "")
    case YAML_MAPPING_END_EVENT: kind = .mappingEnd
    case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
    case YAML_STREAM_START_EVENT: kind = .streamStart
    case YAML_DOCUMENT_START_EVENT: kind = .documentStart
    case YAML_DOCUMENT_END_EVENT:
      kind = .documentEnd(explicit: event.data.document_end.implicit == 0)
    default: kind = .streamEnd
    }
    return YAMLEvent(
      kind: kind, anchor: Self.string(anchor), tag: Self.string(tag),
      start: event.start_mark.index, end: event.end_mark.index)
  }

  private func problem() -> YAMLProblem {
    let start = parser.pointee.problem_mark.index
    let context = parser.pointee.context.map { String(cString: $0) } ?? ""
    return YAMLProblem(
      problem: parser.pointee.problem.map { String(cString: $0) } ?? "out of memory",
      start: start, context: context,
      contextStart: context.isEmpty ? start : parser.pointee.context_mark.index)
  }

  private static func string(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    text.map { String(cString: $0) }
  }

  private static func style(_ style: yaml_scalar_style_t) -> MarkedScalar.Style {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }
}
