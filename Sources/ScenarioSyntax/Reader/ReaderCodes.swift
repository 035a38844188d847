public import Diagnostics

/// The mistakes that are found while keys and values are read.
public enum ReaderCodes {
  /// All of them, in the order of their numbers.
  public static let all: [DiagnosticCode] = [
    .unknownKey, .misplacedKey, .inapplicableKey, .missingKey, .excludingKeys, .notSupportedYet,
    .unknownVersion, .wrongKind, .emptyValue, .wrongCount, .missingUnit, .unknownUnit,
    .malformedDuration, .malformedNumber, .malformedBoolean, .malformedRange, .malformedName,
    .malformedSelector, .malformedPoint, .malformedComparison, .outOfRange, .unknownWord,
    .reasonWanted, .bareFail, .unknownParameter, .malformedParameter, .listInText,
    .parameterInExpression, .parameterInKey, .parameterInParameter, .mixedForms, .repeatedValue,
    .idleExclusion, .tooManyCells, .noCells, .pathOutside, .unreadableBase,
    .endlessChain, .variedTwice, .drawnSeed, .unknownSetting, .settingForm,
  ]
}

// Keys.
extension DiagnosticCode {
  static let unknownKey = DiagnosticCode(
    "E0201", "an unknown key",
    explanation: """
      Every key acts, so a key that is not known cannot be passed over: it is probably misspelt. \
      The message lists the keys that are possible at the place.
      """,
    wrong: "limits: {tiem: 1s}", right: "limits: {time: 1s}")
  static let misplacedKey = DiagnosticCode(
    "E0202", "a key stands in the wrong place",
    explanation: """
      The word is a key of the language, but not here, or it is written otherwise. The message says \
      where it belongs or what to write.
      """,
    wrong: "limits: {time: 1s, heal: split}", right: "limits: {time: 1s}")
  static let inapplicableKey = DiagnosticCode(
    "E0203", "a key that has no effect here",
    explanation: """
      Some keys act only beside another one: `factor` needs `mode: slow`, `jitter` needs `every`, \
      `within` needs `eventually` or `when`. Without it the key would be read and ignored, so it is \
      refused.
      """,
    wrong: "faults:\n  - {at: 10ms, partition: halves, factor: 4x}",
    right: "faults:\n  - {at: 10ms, partition: halves, mode: slow, factor: 4x}")
  static let missingKey = DiagnosticCode(
    "E0204", "a key is missing",
    explanation: "The mapping cannot be understood without the key; the message has an example.",
    wrong: "latencies:\n  default: {normal: {mean: 20ms}}",
    right: "latencies:\n  default: {normal: {mean: 20ms, deviation: 4ms}}")
  static let excludingKeys = DiagnosticCode(
    "E0205", "two keys that exclude each other",
    explanation: """
      A fault has exactly one kind, an assertion exactly one condition, a call exactly one name. Two \
      of them are two entries.
      """,
    wrong: "faults:\n  - {at: 10ms, crash: node1, pause: node2}",
    right: "faults:\n  - {at: 10ms, crash: node1}\n  - {at: 10ms, pause: node2}")
  static let notSupportedYet = DiagnosticCode(
    "E0206", "a part of the language that is not supported yet",
    explanation: """
      The word has a meaning in the design of the language, and this version does not do it. It is \
      refused rather than ignored.
      """,
    wrong: "latencies:\n  default: {latency: 20ms, bandwidth: 10Mbit/s}",
    right: "latencies:\n  default: {latency: 20ms}")
  static let unknownVersion = DiagnosticCode(
    "E0207", "an unknown version of the language",
    explanation: "`version` says how the file is to be read. There is only version 1.",
    wrong: "version: 2", right: "version: 1")
  static let bareFail = DiagnosticCode(
    "E0224", "`expect: fail` without the name of an assertion",
    explanation: """
      A scenario that is expected to fail says which assertions fail: exactly these, and no others. \
      Otherwise a failure of another kind would count as the expected one.
      """,
    wrong: "assertions: [election-safety]\nexpect: fail",
    right: "assertions: [election-safety]\nexpect: {fail: election-safety}")
}

// Kinds of values.
extension DiagnosticCode {
  static let wrongKind = DiagnosticCode(
    "E0208", "a value of the wrong kind",
    explanation: """
      A key wants a text, a list or a mapping, and something else stands there. Often a dash or a \
      pair of brackets is missing, or one too many.
      """,
    wrong: "tags: documented", right: "tags: [documented]")
  static let emptyValue = DiagnosticCode(
    "E0209", "a key without a value",
    explanation: """
      No section, list or value is empty: what has nothing to say is left out. Often the lines below \
      the key are not indented enough, or all commented out.
      """,
    wrong: "faults:\nseed: 7", right: "seed: 7")
  static let wrongCount = DiagnosticCode(
    "E0210", "too few or too many items",
    explanation: "The list wants a certain number of items; a pair has two.",
    wrong: "latencies:\n  default: 20ms\n  links:\n    - {between: [node1], latency: 5ms}",
    right: "latencies:\n  default: 20ms\n  links:\n    - {between: [node1, node2], latency: 5ms}")
  static let unknownWord = DiagnosticCode(
    "E0222", "an unknown word",
    explanation: "The value is one of a few words, which the message lists.",
    wrong: "topology: {nodes: 3, shape: circle}", right: "topology: {nodes: 3, shape: ring}")
  static let reasonWanted = DiagnosticCode(
    "E0223", "a reason in words is wanted",
    explanation: """
      `may_be_idle` and `may_be_vacuous` switch a safeguard off. They take the reason as a text, so \
      that a reader knows it; `true` is none.
      """,
    wrong: "faults:\n  - {at: 150ms, partition: halves, may_be_idle: true}",
    right:
      "faults:\n  - {at: 150ms, partition: halves, may_be_idle: the round may be over by then}")
}

// Numbers, times and names.
extension DiagnosticCode {
  static let missingUnit = DiagnosticCode(
    "E0211", "a number without its unit",
    explanation: """
      Units are written: `20ms`, `1%`, `200/s`, `4x`. A bare number would have to be guessed, even \
      0: write `0ms`.
      """,
    wrong: "latencies: {default: 20}", right: "latencies: {default: 20ms}")
  static let unknownUnit = DiagnosticCode(
    "E0212", "a unit that does not fit",
    explanation: """
      Lengths of time have the units `ns`, `us`, `ms`, `s`, `m` and `h`; parts are written with `%`, \
      rates with `/s` or another unit of time, factors with `x`. Nothing stands between the number \
      and its unit.
      """,
    wrong: "latencies: {default: 20 msec}", right: "latencies: {default: 20ms}")
  static let malformedDuration = DiagnosticCode(
    "E0213", "not a length of time",
    explanation: """
      A length of time is a number with a unit, such as `145ms`, `1.5s` or `1m30s`, and a whole \
      number of nanoseconds.
      """,
    wrong: "limits: {time: soon}", right: "limits: {time: 1.5s}")
  static let malformedNumber = DiagnosticCode(
    "E0214", "not a number",
    explanation: """
      Numbers are written in decimal digits, which may be grouped by `_`. What YAML would make of \
      `0x1F` or `1e3` does not matter: the key decides.
      """,
    wrong: "seed: 0x1F", right: "seed: 31")
  static let malformedBoolean = DiagnosticCode(
    "E0215", "neither `true` nor `false`",
    explanation: "A switch is `true` or `false`; `yes`, `no`, `on` and `off` are texts.",
    wrong: "latencies:\n  default: {latency: 20ms, fifo: no}",
    right: "latencies:\n  default: {latency: 20ms, fifo: false}")
  static let malformedRange = DiagnosticCode(
    "E0216", "not a range",
    explanation: """
      A range has two ends with two dots between them, both with their unit, the lower first: \
      `20ms..40ms`. In a matrix it has a step: `0ms..150ms step 5ms`; in `vary` it may have one.
      """,
    wrong: "latencies: {default: 40ms..20ms}", right: "latencies: {default: 20ms..40ms}")
  static let malformedName = DiagnosticCode(
    "E0217", "not a name",
    explanation: """
      Names of nodes, groups and parameters have letters, digits and `_`, since expressions use them \
      as they stand. Names of faults, workloads and tags may have `-` too. None starts with a digit.
      """,
    wrong: "topology: {nodes: [node-1, node2]}", right: "topology: {nodes: [node_1, node2]}")
  static let malformedSelector = DiagnosticCode(
    "E0218", "not a choice of nodes",
    explanation: """
      Nodes are chosen by the name of a node or group, `all`, `random(k)`, `minority`, `majority`, a \
      role of the protocol such as `leader`, or a list of names.
      """,
    wrong: "faults:\n  - {at: 10ms, crash: random}",
    right: "faults:\n  - {at: 10ms, crash: random(1)}"
  )
  static let malformedPoint = DiagnosticCode(
    "E0219", "not a point in time",
    explanation: """
      A point is an instant such as `100ms`, the start or end of a named fault such as `split.start`, \
      a message event such as `{delivered: {kind: commit}}`, or `{when: EXPRESSION}`.
      """,
    wrong: """
      faults: [{name: split, at: 10ms, for: 20ms, partition: halves}]
      assertions: [{always: node1.up, after: split.begin}]
      """,
    right: """
      faults: [{name: split, at: 10ms, for: 20ms, partition: halves}]
      assertions: [{always: node1.up, after: split.start}]
      """)
  static let malformedComparison = DiagnosticCode(
    "E0220", "not a comparison",
    explanation: """
      `is` takes `<`, `<=`, `>`, `>=`, `==` or `!=` and a value in the unit of the metric. It is \
      quoted, since `>` and `!` mean something in YAML.
      """,
    wrong: "assertions:\n  - {metric: messages.wire, is: \"=12\"}",
    right: "assertions:\n  - {metric: messages.wire, is: \"== 12\"}")
  static let outOfRange = DiagnosticCode(
    "E0221", "a value out of range",
    explanation: "The value has the right form, and is too small or too large to mean anything.",
    wrong: "latencies:\n  default: {latency: 20ms, loss: 120%}",
    right: "latencies:\n  default: {latency: 20ms, loss: 12%}")
}

// Parameters.
extension DiagnosticCode {
  static let unknownParameter = DiagnosticCode(
    "E0225", "an unknown parameter",
    explanation: """
      `${name}` is replaced by the value of a parameter, which `parameters` or `matrix` declares. For \
      the characters themselves write `$${`.
      """,
    wrong: "parameters: {cut_at: 80ms}\nlimits: {time: \"${cut}\"}",
    right: "parameters: {cut_at: 80ms}\nlimits: {time: \"${cut_at}\"}")
  static let malformedParameter = DiagnosticCode(
    "E0226", "a malformed `${name}`",
    explanation: """
      Between the braces stands the name of a parameter and nothing else. For the characters \
      themselves write `$${`.
      """,
    wrong: "parameters: {cut: 80ms}\nlimits: {time: \"${cut + 1}\"}",
    right: "parameters: {cut: 80ms}\nlimits: {time: \"${cut}\"}")
  static let listInText = DiagnosticCode(
    "E0227", "a list as part of a text",
    explanation: "A parameter that is a list can only be the whole value of a key.",
    wrong: "parameters: {some: [a, b]}\nname: story of ${some}",
    right: "parameters: {some: [a, b]}\ntags: \"${some}\"")
  static let parameterInExpression = DiagnosticCode(
    "E0228", "`${name}` in an expression",
    explanation: """
      In an expression a parameter is a name with a type: `n.term == wanted`. `${wanted}` would paste \
      text, which could mean something else than the value.
      """,
    wrong: "parameters: {wanted: true}\nassertions:\n  - always: node1.up == ${wanted}",
    right: "parameters: {wanted: true}\nassertions:\n  - always: node1.up == wanted")
  static let parameterInKey = DiagnosticCode(
    "E0229", "`${name}` in a key",
    explanation: "Only values are replaced; keys are written out.",
    wrong: "parameters: {side: left}\ntopology: {nodes: [a, b], groups: {\"${side}\": [a]}}",
    right: """
      parameters: {side: a}
      topology: {nodes: [a, b], groups: {left: ["${side}"]}}
      faults: [{at: 10ms, for: 10ms, crash: left}]
      """)
  static let parameterInParameter = DiagnosticCode(
    "E0230", "a parameter made of parameters",
    explanation:
      "Defaults and values of `matrix` and `vary` are plain values, so that each has one origin.",
    wrong: "parameters: {one: 1s, two: \"${one}\"}\nlimits: {time: \"${two}\"}",
    right: "parameters: {two: 1s}\nlimits: {time: \"${two}\"}")
  static let mixedForms = DiagnosticCode(
    "E0231", "values of different forms",
    explanation: """
      All values of a parameter have one form, since expressions see them with one type: all lengths \
      of time, or all whole numbers, and so on.
      """,
    wrong: "matrix: {cut: [80ms, 0]}\nlimits: {time: \"${cut}\"}",
    right: "matrix: {cut: [80ms, 90ms]}\nlimits: {time: \"${cut}\"}")
  static let repeatedValue = DiagnosticCode(
    "E0232", "a value is given twice",
    explanation: """
      In a matrix both would give the same runs with the same seed. In `vary` every value is as \
      likely as any other.
      """,
    wrong: "matrix: {cut: [80ms, 80ms]}\nlimits: {time: \"${cut}\"}",
    right: "matrix: {cut: [80ms, 90ms]}\nlimits: {time: \"${cut}\"}")
  static let idleExclusion = DiagnosticCode(
    "E0233", "an exclusion that excludes nothing",
    explanation: "Each item of `exclude` gives values that the matrix has.",
    wrong: "matrix: {cut: [80ms, 90ms], exclude: [{cut: 70ms}]}\nlimits: {time: \"${cut}\"}",
    right: "matrix: {cut: [80ms, 90ms], exclude: [{cut: 80ms}]}\nlimits: {time: \"${cut}\"}")
  static let tooManyCells = DiagnosticCode(
    "E0234", "too many combinations",
    explanation: "A matrix has at most 10,000 combinations, counted before `exclude`.",
    wrong: "matrix: {a: 1..200, b: 1..200}\nlimits: {events: \"${a}${b}\"}",
    right: "matrix: {a: 1..20, b: 1..20}\nlimits: {events: \"${a}${b}\"}")
  static let variedTwice = DiagnosticCode(
    "E0240", "a parameter of the matrix is drawn too",
    explanation: """
      The matrix runs every value of its keys, and `vary` draws one of them for each seed: a \
      parameter is a key of one of the two.
      """,
    wrong: "matrix: {cut: [80ms, 90ms]}\nvary: {cut: 10ms..150ms}\nlimits: {time: \"${cut}\"}",
    right: "vary: {cut: 10ms..150ms}\nlimits: {time: \"${cut}\"}")
  static let drawnSeed = DiagnosticCode(
    "E0241", "a seed that is drawn",
    explanation: """
      What `vary` draws, it draws with the seed, which therefore cannot be drawn itself. `sweep` \
      runs a scenario with many seeds.
      """,
    wrong: "vary: {start: 1..9}\nseed: ${start}",
    right: "parameters: {start: 1}\nseed: ${start}")
  static let noCells = DiagnosticCode(
    "E0235", "nothing is left of the matrix",
    explanation: "`exclude` takes every combination away, so that nothing would run.",
    wrong: "matrix: {cut: [80ms], exclude: [{cut: 80ms}]}\nlimits: {time: \"${cut}\"}",
    right: "matrix: {cut: [80ms]}\nlimits: {time: \"${cut}\"}")
}

// Files and settings.
extension DiagnosticCode {
  static let pathOutside = DiagnosticCode(
    "E0237", "a path that leaves the folder",
    explanation: """
      `extends` reads files in the folder of the scenario or below it alone, so that a folder of \
      scenarios is whole and a scenario from elsewhere cannot read what it should not.
      """,
    wrong: "extends: ../base.yaml", right: "extends: base.yaml")
  static let unreadableBase = DiagnosticCode(
    "E0238", "a file that cannot be read",
    explanation: """
      The file that `extends` names does not exist or cannot be read. The path starts at the folder \
      of the file in which it stands. A scenario from the standard input extends none.
      """,
    wrong: "extends: bsae.yaml", right: "extends: base.yaml")
  static let endlessChain = DiagnosticCode(
    "E0239", "a chain of files that is too long",
    explanation: "A file extends another, that one a third and so on: at most 4, and none twice.",
    wrong: "# in base.yaml\nextends: base.yaml", right: "# in base.yaml\nversion: 1")
  static let unknownSetting = DiagnosticCode(
    "E0621", "`--set` of an unknown parameter",
    explanation: "`--set name=value` gives a value to a parameter that the scenario declares.",
    wrong: "# conclave run story.yaml --set cut=80ms\nparameters: {cut_at: 100ms}",
    right: "# conclave run story.yaml --set cut_at=80ms\nparameters: {cut_at: 100ms}")
  static let settingForm = DiagnosticCode(
    "E0622", "`--set` of another form",
    explanation: """
      The value has the form of the default: a length of time where that is one, with its unit; a \
      list, `[a, b]`, where that is one.
      """,
    wrong: "# conclave run story.yaml --set cut_at=80\nparameters: {cut_at: 100ms}",
    right: "# conclave run story.yaml --set cut_at=80ms\nparameters: {cut_at: 100ms}")
}
