internal import Diagnostics

/// The keys of points in time.
enum PointKeys {
  static let condition = Key(
    "when", Form<ExpressionText>.expression, example: "node1.role == \"leader\"",
    "Each moment at which this becomes true.")

  static let table = KeyTable(
    "occurrence", "a point in time", in: "`after`, `before` and `between`",
    keys: MomentKeys.declarations + [condition.declaration],
    choices: [.init("which moment is meant", MomentKeys.names + ["when"], required: true)],
    hints: [
      .instead("at", "an instant is written alone: `after: 100ms`"),
      .instead("received", "write `delivered`"),
    ])

  /// An instant, the start or end of a fault or workload, a message event or a condition.
  static let form: Form<PointText> = .either(scalar: scalarForm, mapping: mappingForm)

  private static var mappingForm: Form<PointText> {
    Form.mapping(table) { fields, reading in
      let span = fields.node.span
      let condition = fields.take(condition, &reading)
      let moment = MomentKeys.take(&fields, &reading)
      return moment.map { PointText(kind: .message($0), span: span) }
        ?? condition.map { PointText(kind: .condition($0), span: span) }
    }
  }

  private static var scalarForm: Form<PointText> {
    Form<PointText>(.scalar(.point)) { node, reading in
      reading.value(of: node, wanted: .scalar(.point)) { text throws(ValueMistake) in
        PointText(kind: try parse(text, node), span: node.span)
      }
    }
  }

  private static func parse(
    _ text: String, _ node: MarkedNode
  ) throws(ValueMistake) -> PointText.Kind {
    guard let first = text.unicodeScalars.first, !("0"..."9").contains(first), first != "-",
      first != "+"
    else { return .instant(try DurationValue.parse(text)) }
    guard let dot = text.lastIndex(of: ".") else {
      return .bare(try NameValue.label(text))
    }
    let name = Marked(try NameValue.label(String(text[..<dot])), at: node.span)
    let end = String(text[text.index(after: dot)...])
    switch end {
    case "start": return .start(name)
    case "end": return .end(name)
    default:
      let meant = Suggestion.nearest(to: end, among: ["start", "end"])
      throw ValueMistake(
        .malformedPoint, "`\(end)` is not a point of a fault or workload",
        help: meant.map { ValueMistake.didYouMean("\(name.value).\($0)") }
          ?? "write `\(name.value).start` or `\(name.value).end`")
    }
  }
}
