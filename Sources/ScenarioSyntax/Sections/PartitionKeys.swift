internal import Diagnostics

/// The keys of a partition whose shape takes nodes.
enum PartitionKeys {
  static let isolate = Key(
    "isolate", SelectorForm.form.marked, example: "leader",
    "Some nodes, which still reach each other, and the rest.")
  static let block = Key(
    "block", BlockKeys.form, example: "{from: node1, to: [node2, node3]}",
    "Messages from some nodes to some nodes; the other direction is not touched.")

  static let table = KeyTable(
    "partition", "a partition", in: "`partition`",
    keys: [isolate.declaration, block.declaration],
    choices: [.init("which shape it has", ["isolate", "block"], required: true)],
    hints: [
      .instead("groups", "list the sides: `partition: [left, right]`"),
      .instead("mode", "write `mode` beside `partition`"),
      .instead("one_way", "write `one_way` beside `partition`"),
      .instead("in_flight", "write `in_flight` beside `partition`"),
      .instead("factor", "write `factor` beside `partition`"),
    ])

  /// A word, a list of sides, or a mapping.
  static let form: Form<PartitionText.Shape> = {
    let word = Form<PartitionWord>.words.map { PartitionText.Shape.word($0) }
    let mapping = Form<PartitionText.Shape>.mapping(table) { fields, reading in
      let isolate = fields.take(isolate, &reading)
      let block = fields.take(block, &reading)
      return isolate.map { .isolate($0) } ?? block.map { .block(from: $0.from, to: $0.to) }
    }
    let sides = sidesForm.map { PartitionText.Shape.sides($0) }
    return Form(.either([sides.grammar, word.grammar, mapping.grammar])) { node, reading in
      switch node.content {
      case .sequence: sides.read(node, &reading)
      case .mapping: mapping.read(node, &reading)
      case .scalar: word.read(node, &reading)
      }
    }
  }()

  private static var sidesForm: Form<[Marked<PartitionText.Side>]> {
    let names = Form<[Marked<String>]>.oneOrMore(Form<String>.nameOrRole.marked)
    let list = names.map { PartitionText.Side(names: $0) }.marked.list()
    return Form(list.grammar) { node, reading in
      guard let sides = list.read(node, &reading) else { return nil }
      if sides.count == 1 {
        reading.report(.oneSide(node.span))
        return nil
      }
      return sides
    }
  }
}

/// The keys of `block`.
enum BlockKeys {
  static let from = Key(
    "from", SelectorForm.form.marked, example: "node1", required: true, "The senders.")
  static let to = Key(
    "to", SelectorForm.form.marked, example: "node2", required: true, "The receivers.")

  static let table = KeyTable(
    "block", "a blocked direction", in: "`block`", keys: [from.declaration, to.declaration])

  static let form = Form<(from: Marked<SelectorText>, to: Marked<SelectorText>)>.mapping(table) {
    fields, reading in
    let from = fields.take(from, &reading)
    let to = fields.take(to, &reading)
    guard let from, let to else { return nil }
    return (from, to)
  }
}

/// The keys of a fault's `links`.
enum FaultLinksKeys {
  static let between = Key(
    "between", SelectorForm.form.marked.list(minimum: 2, maximum: 2), example: "[node1, leader]",
    "Both ways between some nodes and some nodes.")
  static let from = Key(
    "from", SelectorForm.form.marked, example: "node1", needs: [.anyOf(["to"])], "The senders.")
  static let to = Key(
    "to", SelectorForm.form.marked, example: "all", needs: [.anyOf(["from"])], "The receivers.")

  static let table = KeyTable(
    "fault_links", "some links", in: "a fault's `links`",
    keys: [between.declaration, from.declaration, to.declaration],
    choices: [.init("which links are meant", ["between", "from"], required: true)])

  /// `all`, or a mapping.
  static let form: Form<LinksText> = {
    let words = [ValueGrammar.Word("all", "every link")]
    let word = Form<LinksText>(.words(words)) { node, reading in
      guard let text = reading.text(of: node, wanted: .words(words)) else { return nil }
      guard text == "all" else {
        reading.report(.unknownWord(text, at: node.span, words: ["all"], reading.key))
        return nil
      }
      return LinksText(which: .all)
    }
    let mapping = Form<LinksText>.mapping(table) { fields, reading in
      let pair = fields.take(between, &reading)
      let from = fields.take(from, &reading)
      let to = fields.take(to, &reading)
      if let pair { return LinksText(which: .between(pair[0], pair[1])) }
      guard let from, let to else { return nil }
      return LinksText(which: .oneWay(from: from, to: to))
    }
    return .either(scalar: word, mapping: mapping)
  }()
}
