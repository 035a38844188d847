internal import Analysis
internal import Diagnostics
internal import Protocols
internal import ScenarioSyntax
internal import SystemModel

// The wording of what the compiler finds about names, links and the protocol.

extension Diagnostic {
  static func reservedName(_ name: Marked<String>, _ reason: String) -> Diagnostic {
    Diagnostic(
      .reservedName, "`\(name.value)` cannot be a name here", at: name.span, notes: [reason],
      help: "choose another name, such as `\(name.value)_1`")
  }

  static func repeatedName(_ name: Marked<String>, first: SourceSpan) -> Diagnostic {
    Diagnostic(
      .repeatedName, "the name `\(name.value)` is given twice", at: name.span,
      label: "given again here", labels: [Label(first, "first given here")],
      notes: ["nodes, groups and parameters have different names"])
  }

  /// `others` are words that may stand in place of a name.
  static func unknownNode(
    _ name: Marked<String>, known: [String], besides others: [String] = []
  ) -> Diagnostic {
    Diagnostic(
      .unknownNode, "there is no node or group `\(name.value)`", at: name.span,
      notes: ["the names are " + WordList.text(known)],
      help: numbered(name.value, known) ?? didYouMean(name.value, known + others))
  }

  static func groupForNode(_ name: Marked<String>) -> Diagnostic {
    Diagnostic(
      .unknownNode, "`\(name.value)` is a group, and one node is wanted", at: name.span)
  }

  static func nodeTwice(_ span: SourceSpan, _ node: String) -> Diagnostic {
    Diagnostic(.nodeTwice, "`\(node)` is named twice", at: span, help: "name it once")
  }

  static func linkToItself(_ name: Marked<String>) -> Diagnostic {
    Diagnostic(
      .linkToItself, "no message goes from `\(name.value)` to itself", at: name.span,
      help: "name two nodes or groups")
  }

  static func repeatedLink(
    _ span: SourceSpan, _ first: SourceSpan, _ from: String, _ to: String
  ) -> Diagnostic {
    Diagnostic(
      .repeatedLink, "two entries of one rank speak of the link from `\(from)` to `\(to)`",
      at: span, label: "the second one", labels: [Label(first, "the first one")],
      notes: [
        "an entry for a pair of nodes wins over one for groups; equal ranks exclude each other"
      ],
      help: "keep one of them, or say in one entry what holds")
  }

  static func groupLinkWithoutLatency(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .pairWithoutLatency,
      "an entry for groups needs a latency of its own where the topology has a shape", at: span,
      help: "add `latency`, or name pairs of nodes")
  }

  static func shapeWithoutDefault(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .pairWithoutLatency, "a shape needs the latency of one hop", at: span,
      help: "add `default: 20ms`")
  }

  static func pairWithoutLatency(_ span: SourceSpan, _ from: String, _ to: String) -> Diagnostic {
    Diagnostic(
      .pairWithoutLatency, "nothing says how long messages take from `\(from)` to `\(to)`",
      at: span, help: "add `default: 20ms`, or an entry for the pair to `links`")
  }

  static func twoValues(
    _ span: SourceSpan, _ first: SourceSpan, _ node: String, _ what: String
  ) -> Diagnostic {
    Diagnostic(
      .twoValues, "\(what) is given twice for `\(node)`", at: span, label: "given again here",
      labels: [Label(first, "first given here")],
      notes: ["what a node has of its own wins over its group's; two groups exclude each other"])
  }

  static func idleConcurrency(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .idleConcurrency, "`concurrency` has no effect, since handling takes no time", at: span,
      help: "give handling a time, such as `default: 2ms`, or remove the key")
  }

  static func unknownProtocol(_ name: Marked<String>, meant: String?) -> Diagnostic {
    Diagnostic(
      .unknownProtocol, "there is no protocol `\(name.value)`", at: name.span,
      notes: ["the protocols are " + WordList.text(ProtocolCatalog.all.map(\.name))],
      help: meant.map { "did you mean `\($0)`?" })
  }

  /// `others` are words of another kind that may stand in its place.
  static func unknownWord(
    _ name: Marked<String>, _ what: String, of owner: String, known: [String],
    besides others: [String] = []
  ) -> Diagnostic {
    Diagnostic(
      .unknownProtocolWord, "`\(owner)` has no \(what) `\(name.value)`", at: name.span,
      notes: [known.isEmpty ? "it has none" : "it has " + WordList.text(known)],
      help: didYouMean(name.value, known + others))
  }

  static func uniformOption(_ name: Marked<String>) -> Diagnostic {
    Diagnostic(
      .uniformOption, "every node has the same `\(name.value)`", at: name.span,
      help: "give one value instead of a mapping by nodes")
  }

  static func missingOption(_ name: String, of owner: Marked<String>) -> Diagnostic {
    Diagnostic(
      .missingOption, "`\(owner.value)` needs the option `\(name)`", at: owner.span,
      help: "add it: `\(owner.value): {\(name): …}`")
  }

  static func optionWithoutNode(_ name: Marked<String>, _ node: String) -> Diagnostic {
    Diagnostic(
      .missingOption, "`\(name.value)` has no value for `\(node)`", at: name.span,
      help: "add `default`, which holds for all nodes without a value of their own")
  }

  static func missingArgument(_ name: String, of call: Marked<String>) -> Diagnostic {
    Diagnostic(
      .missingOption, "the call `\(call.value)` needs the argument `\(name)`", at: call.span,
      help: "add it: `call: {\(call.value): {\(name): …}}`")
  }

  static func namelessArgument(
    _ span: SourceSpan, _ text: String, of call: String, known: [String]
  ) -> Diagnostic {
    guard let first = known.first else {
      return Diagnostic(
        .unknownProtocolWord, "the call `\(call)` takes no arguments", at: span,
        help: "write `call: \(call)`")
    }
    return Diagnostic(
      .missingOption, "the arguments of `\(call)` are given by name", at: span,
      notes: ["it takes " + WordList.text(known)],
      help: "did you mean `call: {\(call): {\(first): \(text)}}`?")
  }

  static func fieldNotSettable(_ name: Marked<String>, settable: [String]) -> Diagnostic {
    Diagnostic(
      .fieldNotSettable, "a scenario cannot set the field `\(name.value)`", at: name.span,
      notes: [
        settable.isEmpty
          ? "no field can be set" : "the fields to set are " + WordList.text(settable)
      ])
  }

  static func outOfRange(
    _ span: SourceSpan, _ name: String, _ limits: String, example: String
  ) -> Diagnostic {
    Diagnostic(
      .valueOutOfRange, "`\(name)` is \(limits)", at: span, help: "write `\(name): \(example)`")
  }

  static func repeatedLabel(
    _ name: Marked<String>, _ first: SourceSpan, _ what: String
  ) -> Diagnostic {
    Diagnostic(
      .repeatedName, "two entries have the \(what) name `\(name.value)`", at: name.span,
      label: "given again here", labels: [Label(first, "first given here")])
  }

  static func repeatedItem(_ span: SourceSpan, _ first: SourceSpan) -> Diagnostic {
    Diagnostic(
      .nodeTwice, "this is given twice", at: span,
      labels: first == span ? [] : [Label(first, "first given here")], help: "give it once")
  }

  static func unusedParameter(_ name: Marked<String>) -> Diagnostic {
    Diagnostic(
      .unusedParameter, "the parameter `\(name.value)` is never used", at: name.span,
      help: "write `${\(name.value)}` in a value or `\(name.value)` in an expression, or remove it")
  }

  /// What to say of `node6` among five nodes; `known` has the nodes first, then groups.
  static func numbered(_ word: String, _ known: [String]) -> String? {
    guard known.count < NameTable.shownLimit else { return nil }
    let nodes = known.enumerated().prefix { $0.element.hasSuffix("\($0.offset + 1)") }
    return NumberedNames(nodes.map(\.element)).help(on: word)
  }

  static func didYouMean(_ word: String, _ known: [String]) -> String? {
    Suggestion.nearest(to: word, among: known).map { "did you mean `\($0)`?" }
  }
}
