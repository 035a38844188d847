internal import Analysis
internal import Diagnostics
internal import Expressions
internal import ScenarioSyntax
internal import SystemModel

// The wording of what the compiler finds about faults.

extension Diagnostic {
  static func unknownSelector(
    _ word: Marked<String>, names: [String], roles: [String], protocol name: String
  ) -> Diagnostic {
    let words = ["all", "minority", "majority", "random(k)"]
    return Diagnostic(
      .unknownSelector, "`\(word.value)` means no nodes here", at: word.span,
      notes: [
        "the names are " + WordList.text(names),
        "words for any protocol are " + WordList.text(words),
        roles.isEmpty
          ? "`\(name)` has no roles" : "the roles of `\(name)` are " + WordList.text(roles),
      ], help: numbered(word.value, names) ?? didYouMean(word.value, names + roles + words))
  }

  static func withoutEffect(_ span: SourceSpan, _ text: String) -> Diagnostic {
    Diagnostic(
      .withoutEffect, "a fault with `\(text)` changes nothing", at: span,
      help: "give it an effect, or remove the fault")
  }

  static func roleInList(_ word: Marked<String>) -> Diagnostic {
    Diagnostic(
      .unknownSelector, "`\(word.value)` cannot stand in a list", at: word.span,
      notes: ["a list has names of nodes and groups; a word that chooses nodes stands alone"],
      help: "write `\(word.value)` alone, and the other nodes in an entry of their own")
  }

  static func roleAsSide(_ word: Marked<String>) -> Diagnostic {
    Diagnostic(
      .unknownSelector, "`\(word.value)` cannot be a side of a partition", at: word.span,
      notes: ["the sides of a partition are names of nodes and groups, and `others`"],
      help: "write `partition: {isolate: \(word.value)}`")
  }

  static func tooManyDrawn(_ span: SourceSpan, _ count: Int64, of all: Int) -> Diagnostic {
    Diagnostic(
      .tooManyDrawn,
      "\(count) different nodes are wanted, and there \(all == 1 ? "is" : "are") \(all)",
      at: span, help: "write `random(\(all))` or less; for everyone write `all`")
  }

  static func namesWanted(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .namesWanted, "messages are chosen by the names of nodes and groups", at: span,
      notes: ["who has a role changes during the run, and each message would have to be asked"],
      help: "name nodes or groups, or choose the links instead: `links: {from: …, to: …}`")
  }

  static func tooFewNodes(
    _ span: SourceSpan, _ shape: String, _ least: Int, _ count: Int
  ) -> Diagnostic {
    Diagnostic(
      .separatesNobody, "`\(shape)` needs \(least) nodes to separate any, and there are \(count)",
      at: span, help: "take another shape, such as `halves`, or more nodes")
  }

  static func separatesNobody(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .separatesNobody, "everyone is on this side, so nobody is separated", at: span,
      help: "leave at least one node out of it")
  }

  static func othersNotAlone(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .nodeTwice, "`others` is one side by itself", at: span,
      help: "write it once, and not beside other names")
  }

  static func noOthers(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .separatesNobody, "nobody is left for `others`", at: span,
      help: "remove it; every node is on another side")
  }

  static func twoSides(_ span: SourceSpan, _ first: SourceSpan, _ node: String) -> Diagnostic {
    Diagnostic(
      .twoSides, "`\(node)` is on two sides", at: span, label: "again here",
      labels: [Label(first, "first here")], help: "take it out of one of the sides")
  }

  static func onNoSide(_ span: SourceSpan, _ nodes: [String]) -> Diagnostic {
    Diagnostic(
      .onNoSide,
      nodes.count == 1 ? "`\(nodes[0])` is on no side" : "\(nodes.count) nodes are on no side",
      at: span, notes: ["on no side: " + WordList.text(nodes)],
      help: "add the side `others`, which is everyone else")
  }

  static func notOneWay(_ span: SourceSpan, _ reason: String) -> Diagnostic {
    Diagnostic(
      .notOneWay, "`one_way` has no meaning for this partition", at: span, notes: [reason],
      help: "`one_way` speaks of a first side and a second one; remove it, or give two sides")
  }

  static func unknownFault(_ name: Marked<String>, known: [String]) -> Diagnostic {
    Diagnostic(
      .unknownFault, "there is no fault named `\(name.value)`", at: name.span,
      notes: [
        known.isEmpty ? "no fault has a name" : "the named faults are " + WordList.text(known)
      ], help: didYouMean(name.value, known) ?? "give the fault its name: `name: \(name.value)`")
  }

  static func unknownWindow(
    _ name: Marked<String>, faults: [String], workloads: [String]
  ) -> Diagnostic {
    var notes = [
      faults.isEmpty ? "no fault has a name" : "the named faults are " + WordList.text(faults)
    ]
    if !workloads.isEmpty { notes.append("the named workloads are " + WordList.text(workloads)) }
    return Diagnostic(
      .unknownFault, "there is no fault or workload named `\(name.value)`", at: name.span,
      notes: notes,
      help: didYouMean(name.value, faults + workloads)
        ?? "give the fault or workload its name: `name: \(name.value)`")
  }

  static func faultOrWorkload(_ name: Marked<String>) -> Diagnostic {
    Diagnostic(
      .repeatedName, "`\(name.value)` is a fault and a workload, so that this says too little",
      at: name.span, help: "give one of them another name")
  }

  static func endlessWorkload(
    _ name: String, _ span: SourceSpan, hasRole: Bool
  ) -> Diagnostic {
    Diagnostic(
      .endlessWorkload, "nobody knows before the run which call of `\(name)` is the last", at: span,
      notes: hasRole ? ["how many nodes are called depends on the run"] : [],
      help: hasRole
        ? "name the nodes, or give the workload a `count` alone"
        : "give the workload a `count`, and no `until` beside it")
  }

  static func nothingToHeal(_ name: Marked<String>, _ kind: Marked<String>) -> Diagnostic {
    Diagnostic(
      .nothingToHeal, "`\(name.value)` does not last, so it cannot end", at: name.span,
      labels: [Label(kind.span, "`\(kind.value)` acts in one instant")])
  }

  static func slowWithoutHandling(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .slowWithoutHandling, "handling takes no time here, so nothing becomes slower", at: span,
      help: "give the nodes handling times: `processing: {default: 2ms}`")
  }

  static func overlappingRepeats(
    _ period: Marked<Int64>, _ duration: Marked<Int64>
  ) -> Diagnostic {
    Diagnostic(
      .overlappingRepeats, "`every` is shorter than `for`", at: period.span,
      label: "it fires again after \(period.duration.text)",
      labels: [Label(duration.span, "it lasts \(duration.duration.text)")],
      help: "make `every` at least \(duration.duration.text)")
  }

  static func overtakingJitter(_ jitter: Marked<Int64>, _ period: Marked<Int64>) -> Diagnostic {
    Diagnostic(
      .overlappingRepeats, "`jitter` is longer than `every`", at: jitter.span,
      label: "a firing may be \(jitter.duration.text) late",
      labels: [Label(period.span, "the next one is due after \(period.duration.text)")],
      help: "make `jitter` at most \(period.duration.text)")
  }

  static func endlessRepeats(_ keyword: Marked<String>, _ trigger: SourceSpan) -> Diagnostic {
    let pair = ["crash": "`restart`", "pause": "`resume`"][keyword.value] ?? "`heal`"
    return Diagnostic(
      .overlappingRepeats, "this fault fires again and again, and nothing ends it",
      at: keyword.span, labels: [Label(trigger, "it fires more than once")],
      help: "add `for`, such as `for: 50ms`, or an entry with \(pair) that ends it")
  }

  static func endsBeforeStart(_ until: Marked<Int64>, _ at: Marked<Int64>) -> Diagnostic {
    Diagnostic(
      .neverActs, "it ends before it acts", at: until.span,
      labels: [Label(at.span, "it starts here")],
      help: "make `until` later than \(at.duration.text), or say with `for` how long it lasts")
  }

  static func neverActs(_ until: SourceSpan, _ what: String, _ first: Int64) -> Diagnostic {
    Diagnostic(
      .neverActs, "it never \(what): the first time would be \(Duration(nanoseconds: first).text)",
      at: until, help: "end it later, or say with `at` when it begins")
  }
}

// The wording of what the compiler finds about assertions.

extension Diagnostic {
  static func unknownInvariant(
    _ name: Marked<String>, known: [String], protocol owner: String
  ) -> Diagnostic {
    let words = name.value.split(separator: " ", maxSplits: 1)
    var help = didYouMean(name.value, known)
    if let key = words.first, words.count == 2,
      ["always", "never", "eventually", "sometimes", "at_end", "when", "hold"].contains(key)
    {
      help = "a colon stands behind a key: `- \(key): \(words[1])`"
    }
    return Diagnostic(
      .unknownInvariant, "there is no invariant `\(name.value)`", at: name.span,
      notes: ["the invariants of `\(owner)` are " + WordList.text(known)], help: help)
  }

  static func otherFamily(
    _ name: Marked<String>, _ wanted: String, _ family: String, known: [String]
  ) -> Diagnostic {
    Diagnostic(
      .unknownInvariant,
      "`\(name.value)` is an invariant of the family \(wanted), and this protocol is of \(family)",
      at: name.span, notes: ["the invariants of \(family) are " + WordList.text(known)])
  }

  static func notOfInvariant(
    _ key: String, _ invariant: String, _ span: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      .notOfInvariant, "`\(invariant)` takes no `\(key)`", at: span,
      notes: ["only invariants that read the history of calls take one"], help: "leave it out")
  }

  static func partOfHistory(_ invariant: String, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .notOfInvariant, "`\(invariant)` is about all calls of the run, not about a part of it",
      at: span, help: "leave the part of the run out")
  }

  static func unknownMetric(
    _ name: Marked<String>, nearest: String?, protocol owner: String
  ) -> Diagnostic {
    Diagnostic(
      .unknownMetric, "there is no metric `\(name.value)`", at: name.span,
      help: nearest.map { "did you mean `\($0)`?" }
        ?? "`conclave protocols \(owner)` lists the metrics")
  }

  static func finalMetric(_ name: String, _ span: SourceSpan?) -> Diagnostic {
    Diagnostic(
      CheckCodes.unknownField, "the metric `\(name)` is known at the end of the run only",
      at: span, notes: ["it needs all samples at once"],
      help: "ask for it with `at_end`, or with `{metric: \(name), is: …}`")
  }

  static func metricForm(
    _ written: Marked<ComparisonText>, _ metric: String, _ unit: MetricUnit, _ value: WrittenValue
  ) -> Diagnostic {
    let (wanted, example) =
      switch unit {
      case .count: ("a number", "12")
      case .duration: ("a length of time", "300ms")
      case .ratio: ("a fraction of 1", "0.5")
      }
    let comparison = written.value
    var help = "write for example `\"\(comparison.relation.rawValue) \(example)\"`"
    if case .duration = unit, case .int = value {
      help = "did you mean `\"\(comparison.relation.rawValue) \(comparison.value)ms\"`?"
    }
    return Diagnostic(
      .metricForm, "`\(metric)` is \(wanted), and `\(comparison.value)` is \(value.form)",
      at: written.span, help: help)
  }

  static func repeatedAssertion(
    _ name: String, _ span: SourceSpan, _ first: SourceSpan, isNamed: Bool
  ) -> Diagnostic {
    Diagnostic(
      .repeatedAssertion, "two assertions have the name `\(name)`", at: span,
      label: "the second one", labels: [Label(first, "the first one")],
      notes: isNamed ? [] : ["an assertion without a name is called by what it says"],
      help: "give one of them a name of its own: `name: …`")
  }

  static func unknownAssertion(_ name: Marked<String>, known: [String]) -> Diagnostic {
    Diagnostic(
      .unknownAssertion, "there is no assertion `\(name.value)`", at: name.span,
      notes: [known.isEmpty ? "there are none" : "the assertions are " + WordList.text(known)],
      help: didYouMean(name.value, known))
  }

  static func windowEndsFirst(_ span: SourceSpan, _ first: SourceSpan) -> Diagnostic {
    Diagnostic(
      .windowEndsFirst, "the window ends before it opens", at: span,
      labels: [Label(first, "it opens here")], help: "write the earlier instant first")
  }

  static func barePoint(_ name: String, _ span: SourceSpan, _ key: String) -> Diagnostic {
    Diagnostic(
      .barePoint, "`\(name)` is a window of time, and `\(key)` takes a point", at: span,
      help: "write `\(name).start` or `\(name).end`; for the window itself write `during: \(name)`")
  }
}
