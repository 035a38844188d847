internal import Diagnostics

/// Turns the events of one document into marked nodes.
struct TreeBuilder: ~Copyable {
  /// A node, and what it counts when it is used again.
  struct Built {
    let node: MarkedNode
    /// How many nodes it is made of, itself included.
    let size: Int
    /// How many collections are inside each other in it.
    let height: Int
  }

  /// Reading cannot go on; the reason is reported.
  struct Stop: Error {}

  /// The most anchors among which the nearest to an unknown one is looked for.
  private static let knownAnchors = 100

  private(set) var diagnostics: [Diagnostic] = []
  private var reader: YAMLEventReader
  private let text: YAMLText
  private let limits: YAMLLoader.Limits
  private var anchors: [String: Built] = [:]
  /// Anchors of the collections that are being read, outermost first, with their places.
  private var openAnchors: [(name: String, span: SourceSpan)] = []
  private var nodeCount = 0
  /// The last text in quotes, from its first character to behind its last.
  private var lastQuoted: Range<Int>?
  /// Whether a node is missing in the tree, so that its shape must not be judged.
  private var hasHole = false

  init(reader: consuming YAMLEventReader, text: YAMLText, limits: YAMLLoader.Limits) {
    self.reader = reader
    self.text = text
    self.limits = limits
  }

  /// Reads the only document of the text; nil if it cannot be used.
  mutating func document() -> MarkedNode? {
    guard let root = try? onlyDocument(), !hasHole else { return nil }
    guard case .mapping = root.content else {
      report(root.isEmptyPlain ? .emptyText(text) : .rootIsNotMapping(root))
      return nil
    }
    return root
  }

  private mutating func onlyDocument() throws(Stop) -> MarkedNode {
    _ = try next()
    guard case .documentStart = try next().kind else {
      report(.emptyText(text))
      throw Stop()
    }
    let root = try node(next(), depth: 0).node
    let end = try next()
    let isExplicit = if case .documentEnd(explicit: true) = end.kind { true } else { false }
    let rest = text.skippingDocumentEnds(from: text.offset(of: end.end))
    guard rest < text.file.bytes.count else { return root }
    if !isExplicit, !text.isMarker("---", at: rest), text.byte(rest) != UInt8(ascii: "%") {
      // What is left belongs to no document, and libyaml knows why.
      _ = try next()
    }
    report(.secondDocument(text.span(rest, text.endOfWord(from: rest))))
    throw Stop()
  }

  private mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// The next event; stops if there is none, or if nobody will read what else is reported.
  private mutating func next() throws(Stop) -> YAMLEvent {
    guard diagnostics.count < DiagnosticBag.capacity else { throw Stop() }
    do {
      let event = try reader.next()
      if case .scalar(_, let style) = event.kind, style == .singleQuoted || style == .doubleQuoted {
        lastQuoted = event.start..<event.end
      }
      return event
    } catch {
      report(lateQuote(before: error) ?? .syntax(error, in: text))
      throw Stop()
    }
  }

  /// Behind a text in quotes that runs over several lines, what cannot follow it: its quote was
  /// not closed where it should have been, and another one has closed it.
  private func lateQuote(before problem: YAMLProblem) -> Diagnostic? {
    guard let lastQuoted, lastQuoted.upperBound <= problem.start else { return nil }
    let (start, end) = (
      text.offset(of: lastQuoted.lowerBound), text.offset(of: lastQuoted.upperBound)
    )
    let next = text.offset(of: problem.start)
    guard text.file.bytes[end..<next].allSatisfy({ $0 == UInt8(ascii: " ") }),
      text.file.bytes[start..<end].contains(UInt8(ascii: "\n"))
    else { return nil }
    return .lateQuote(start, end - 1, in: text)
  }

  /// Reads the node that an event starts.
  private mutating func node(_ event: YAMLEvent, depth: Int) throws(Stop) -> Built {
    if let tag = event.tag { refuse(tag, of: event) }
    switch event.kind {
    case .alias(let name): return try alias(name, event, depth: depth)
    case .scalar(let value, let style):
      try count(1, at: event)
      let span = scalarSpan(event, style)
      let scalar = MarkedScalar(text: value, style: style, span: span)
      if value.isEmpty, text.isBlockWithDigit(span) {
        report(.comparison(span, in: text))
        hasHole = true
      }
      return keep(Built(node: MarkedNode(.scalar(scalar), span: span), size: 1, height: 0), event)
    default: return try collection(event, depth: depth)
    }
  }

  private mutating func collection(_ event: YAMLEvent, depth: Int) throws(Stop) -> Built {
    try count(1, at: event)
    let start = contentStart(event)
    guard depth < limits.nesting else {
      report(.nestedTooDeep(text.span(start, start + 1), limit: limits.nesting))
      throw Stop()
    }
    if let anchor = event.anchor { openAnchors.append((anchor, anchorSpan(event, name: anchor))) }
    let before = nodeCount
    let parts: (content: MarkedNode.Content, end: Int, height: Int)
    if case .sequenceStart = event.kind {
      parts = try sequence(event, start: start, depth: depth + 1)
    } else {
      parts = try mapping(event, start: start, depth: depth + 1)
    }
    if event.anchor != nil { openAnchors.removeLast() }
    let node = MarkedNode(parts.content, span: text.span(start, parts.end))
    return keep(Built(node: node, size: nodeCount - before + 1, height: parts.height + 1), event)
  }

  private mutating func sequence(
    _ event: YAMLEvent, start: Int, depth: Int
  ) throws(Stop) -> (MarkedNode.Content, end: Int, height: Int) {
    var items: [MarkedNode] = []
    items.reserveCapacity(2)
    var end = start + 1
    var height = 0
    while true {
      let itemEvent = try next()
      if case .sequenceEnd = itemEvent.kind {
        if case .sequenceStart(isFlow: true) = event.kind { end = text.offset(of: itemEvent.end) }
        return (.sequence(items), end, height)
      }
      let item = try node(itemEvent, depth: depth)
      end = max(end, place(of: item.node, itemEvent).end)
      height = max(height, item.height)
      items.append(item.node)
    }
  }

  private mutating func mapping(
    _ event: YAMLEvent, start: Int, depth: Int
  ) throws(Stop) -> (MarkedNode.Content, end: Int, height: Int) {
    var assembly = MappingAssembly()
    var end = start + 1
    var height = 0
    while true {
      let keyEvent = try next()
      if case .mappingEnd = keyEvent.kind {
        if case .mappingStart(isFlow: true) = event.kind { end = text.offset(of: keyEvent.end) }
        return (.mapping(assembly.entries(reporting: &diagnostics)), end, height)
      }
      let key = try node(keyEvent, depth: depth)
      let valueEvent = try next()
      let value = try node(valueEvent, depth: depth)
      height = max(height, value.height)
      let keyPlace = place(of: key.node, keyEvent)
      let valuePlace = place(of: value.node, valueEvent)
      end = max(end, keyPlace.end, valuePlace.end)
      guard case .scalar(let keyScalar) = key.node.content else {
        report(.keyIsNotText(key.node, at: keyPlace))
        hasHole = true
        continue
      }
      // The key stands where an alias for it is, whatever its text is copied from.
      let placedKey = MarkedScalar(text: keyScalar.text, style: keyScalar.style, span: keyPlace)
      assembly.add(placedKey, value.node, at: value.node.isEmptyPlain ? keyPlace : valuePlace)
    }
  }
}

extension TreeBuilder {
  private mutating func keep(_ built: Built, _ event: YAMLEvent) -> Built {
    if let anchor = event.anchor { anchors[anchor] = built }
    return built
  }

  private mutating func alias(
    _ name: String, _ event: YAMLEvent, depth: Int
  ) throws(Stop) -> Built {
    let span = aliasSpan(event)
    if let open = openAnchors.last(where: { $0.name == name }) {
      report(.recursiveAlias(name, at: span, anchor: open.span))
      throw Stop()
    }
    guard let built = anchors[name] else {
      let known = anchors.count <= Self.knownAnchors ? anchors.keys.sorted() : []
      report(.unknownAlias(name, at: span, in: text, known: known))
      hasHole = true
      let hole = MarkedScalar(text: "", style: .plain, span: span)
      return Built(node: MarkedNode(.scalar(hole), span: span), size: 1, height: 0)
    }
    try count(built.size, at: event)
    guard depth + built.height <= limits.nesting else {
      report(.nestedTooDeep(span, limit: limits.nesting))
      throw Stop()
    }
    return built
  }

  private mutating func count(_ nodes: Int, at event: YAMLEvent) throws(Stop) {
    nodeCount += nodes
    guard nodeCount <= limits.nodes else {
      let start = text.offset(of: event.start)
      let span = text.span(start, text.endOfWord(from: start))
      report(.tooManyNodes(span, limit: limits.nodes))
      throw Stop()
    }
  }

  private mutating func refuse(_ tag: String, of event: YAMLEvent) {
    var start = text.offset(of: event.start)
    if text.byte(start) == UInt8(ascii: "&") {
      start = text.skippingSpaceAndComments(from: text.endOfWord(from: start))
    }
    report(.tag(text.span(start, text.endOfWord(from: start)), in: text))
    if case .scalar("", .plain) = event.kind { hasHole = true }
  }
}

extension TreeBuilder {
  /// The first byte of the node itself, behind its anchor and tag.
  private func contentStart(_ event: YAMLEvent) -> Int {
    var offset = text.offset(of: event.start)
    while text.byte(offset) == UInt8(ascii: "&") || text.byte(offset) == UInt8(ascii: "!") {
      offset = text.skippingSpaceAndComments(from: text.endOfWord(from: offset))
    }
    return offset
  }

  private func scalarSpan(_ event: YAMLEvent, _ style: MarkedScalar.Style) -> SourceSpan {
    let end = text.offset(of: event.end)
    if style == .plain, case .scalar(let value, _) = event.kind, value.isEmpty {
      return text.span(end, end)
    }
    let start = contentStart(event)
    guard style == .literal || style == .folded else { return text.span(start, end) }
    return text.span(start, text.trimmingSpace(from: end, downTo: start + 1))
  }

  private func anchorSpan(_ event: YAMLEvent, name: String) -> SourceSpan {
    let start = text.offset(of: event.start)
    return text.span(start, start + name.utf8.count + 1)
  }

  private func aliasSpan(_ event: YAMLEvent) -> SourceSpan {
    text.span(text.offset(of: event.start), text.offset(of: event.end))
  }

  /// The place of a node that has just been read: that of the alias if an alias stands for it.
  private func place(of node: MarkedNode, _ event: YAMLEvent) -> SourceSpan {
    if case .alias = event.kind { aliasSpan(event) } else { node.span }
  }
}
