import Compiler

/// What a scenario file is, and how files, parameters and matrices make many of one.
enum FileChapter {
  static var page: ReferencePage {
    ReferencePage(
      "The file",
      [
        .init("", [.prose(intro), .code(example)]),
        .init("Text and YAML", [.list(text)]),
        .init("A word, or the word with options", [.prose(sugar), .code(sugarExample)]),
        .init("Names", [.prose(names), .list(nameRules)]),
        .init("Parameters", [.prose(parameters), .code(parameterExample), .list(parameterRules)]),
        .init("Matrix", [.prose(matrix), .code(matrixExample), .list(matrixRules)]),
        .init("Extending another scenario", [.prose(extends), .list(extendsRules)]),
      ])
  }

  private static let intro = """
    A scenario is a YAML file that holds one whole case: who takes part, how far apart the nodes \
    are, what they run, what clients ask for, what goes wrong, and what must hold. The same text, \
    seed and version give the same run on every machine, byte for byte.
    """

  private static let example = """
    version: 1
    name: a lock under contention
    topology: {nodes: 3}
    latencies: {default: 5ms..15ms}
    protocol: ricart-agrawala
    workloads:
      - {clients: 3, think: 20ms, until: 1s, call: {acquire: {hold: 10ms}}}
    faults:
      - {name: split, at: 300ms, for: 200ms, partition: {isolate: node3}, mode: hold}
    assertions:
      - mutual-exclusion
      - {metric: mutex.entries, is: "> 10"}
    """

  private static let text = [
    "The text is UTF-8, with or without a byte order mark; UTF-16, NUL and other control characters "
      + "are refused. Lines end with LF or CRLF. Tabs do not indent.",
    "One document in a file; directives and tags are refused. Anchors, aliases and merge keys (`<<`) "
      + "work; an alias inside its own anchor is refused.",
    "A key stands once in its mapping. An unknown key is an error, with the nearest known one.",
    "Every value is a text until its key types it: `no`, `1e3`, `12:30` and `0x1F` mean what the key "
      + "expects, never what YAML makes of them. Quotes change nothing but where a text ends.",
    "Other tools that read YAML 1.1 may take the key `on` of a fault for a boolean and tell you that "
      + "`true` is no key; the schema then needs it in quotes, `\"on\": {sent: commit}`, which means "
      + "the same here.",
    "Nothing is empty: a key without a value, `[]` and `{}` are errors. A section that would be "
      + "empty is left out.",
    "A value that YAML would read as something else is quoted: texts with `: ` or ` #` in them, and "
      + "texts that start with one of `! & * [ { > | % @ , ? - \" '` or a back quote.",
  ]

  private static let sugar = """
    Where a word may have options, it stands alone or as the only key of a mapping.
    """

  private static let sugarExample = """
    protocol: paxos                        # protocol: {paxos: {quorum: majority}}
    call: acquire                          # call: {acquire: {hold: 100ms}}
    latency: 5ms                           # latency: {exponential: {mean: 5ms}}
    partition: halves                      # partition: {isolate: leader}
    assertions: [election-safety]          # - {invariant: election-safety, during: split}
    """

  private static let names = """
    Nodes, groups and parameters are named by letters, digits and `_`, since expressions use their \
    names as they stand. Faults, workloads and tags may also have `-`.
    """

  private static var nameRules: [String] {
    [
      "No two of all nodes, groups and parameters have the same name; no two faults, and no two "
        + "workloads, have the same.",
      "Names of nodes, groups and parameters are none of the reserved words: "
        + ReservedWords.all.map { "`\($0)`" }.joined(separator: ", ") + ".",
      "Names of assertions are free text, and different. One without a name is called by what it "
        + "says: its expression, invariant or metric.",
    ]
  }

  private static let parameters = """
    `parameters` declares names with default values. `${name}` in a value is replaced by the text \
    of the parameter before the key types it; expressions use the name itself, as a value of the \
    type that the default's form has.
    """

  private static let parameterExample = """
    parameters: {cut_at: 80ms, ends: [node1, node2]}
    faults:
      - {at: "${cut_at}", partition: [[node1], others]}
    assertions:
      - {never: "cut_at > 100ms && node1.decided"}
    """

  private static let parameterRules = [
    "`$${` stands for `${` itself. Keys never have parameters, nor do expressions, the values of "
      + "`parameters`, `matrix`, `version` and `extends`, and of `vary` but for `order`.",
    "A parameter that is a list replaces a whole value, never a part of one.",
    "`--set name=value` gives another value of the same form: a length of time for a length of time, "
      + "a whole number for a whole number, `[a, b]` for a list. Another form is a usage error.",
    "A parameter that nothing uses is an error.",
    "In expressions a whole number is an int, a decimal number and a percentage a double (1% is "
      + "0.01), a length of time a duration, `true` and `false` a bool, a list a list, all else a "
      + "string.",
  ]

  private static let matrix = """
    `matrix` gives parameters several values; the scenario runs once for each combination. A key \
    declares its parameter if `parameters` does not.
    """

  private static let matrixExample = """
    matrix:
      cut_at: 0ms..150ms step 5ms         # both ends included
      mode: [drop, hold]
      exclude: [{mode: hold, cut_at: [0ms, 5ms]}]
    """

  private static let matrixRules = [
    "The first key varies slowest. Every combination has the same seed.",
    "An item of `exclude` leaves out every combination that has all its values; a list means any of "
      + "its values.",
    "`--set` of a key of the matrix leaves the one value that is given.",
    "At most 10_000 combinations, counted before `exclude`. The report joins neighbouring "
      + "combinations of equal outcome.",
  ]

  private static let extends = """
    `extends: FILE` takes everything from another scenario that this one does not say: a variant \
    says only what differs.
    """

  private static let extendsRules = [
    "Mappings are merged key by key. Lists and single values are replaced as a whole; so is a law "
      + "of chance by another law.",
    "`protocol` is merged if the name is the same and replaced if it is another: over `protocol: "
      + "{paxos: {quorum: all}}` a bare `protocol: paxos` keeps `quorum: all`, `protocol: {paxos: "
      + "{retry: 50ms}}` adds an option to it, and `protocol: ricart-agrawala` drops it. An option "
      + "goes back to its default only by being given it.",
    "What is inherited cannot be taken away, since nothing is empty: what two scenarios share goes "
      + "into a file without it, which both extend.",
    "A file or folder whose name begins with `_` is left out when a folder is run or checked: so is "
      + "`_base.yaml`, which need not be a scenario by itself.",
    "The file is in the folder of the extending one or below it. Chains are at most 4 deep and never "
      + "come back to themselves. A scenario from standard input extends nothing.",
    "A mistake in an extended file is reported where it stands.",
  ]
}
