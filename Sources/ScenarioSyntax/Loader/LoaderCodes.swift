public import Diagnostics

/// The mistakes that are found before the keys of a scenario are looked at.
public enum LoaderCodes {
  /// All of them, in the order of their numbers.
  public static let all: [DiagnosticCode] = [
    .textTooLarge, .invalidUTF8, .wideEncoding, .forbiddenCharacter, .duplicateKey, .nestedTooDeep,
    .tooManyNodes, .unknownAlias, .recursiveAlias, .mergeOfNonMapping, .tag, .directive,
    .secondDocument, .emptyText, .rootIsNotMapping, .keyIsNotText, .tabIndentation, .openQuote,
    .openBracket, .strayColon, .missingColon, .indentation, .strayText, .missingValue, .blockMark,
    .reservedCharacter, .badEscape, .badAnchorName, .otherSyntax,
  ]
}

// Limits and characters.
extension DiagnosticCode {
  static let textTooLarge = DiagnosticCode(
    "E0101", "the text is too large",
    explanation: """
      A scenario file has at most 4 MiB. One that needs more is several scenarios, or was written \
      by a program that should give ranges, rates or `matrix` instead of lists of single entries.
      """,
    wrong: "# a list of 100,000 calls\nworkloads: […]",
    right: "workloads:\n  - {clients: [node1], call: acquire, rate: 200/s}")
  static let invalidUTF8 = DiagnosticCode(
    "E0102", "the text is not UTF-8",
    explanation: """
      A scenario is read as UTF-8. Another encoding, such as Latin-1, gives other bytes for letters \
      outside ASCII. Let the editor save the file as UTF-8.
      """,
    wrong: "# saved as Latin-1\nname: caf\\xE9",
    right: "# saved as UTF-8\nname: café")
  static let wideEncoding = DiagnosticCode(
    "E0103", "the text is in UTF-16 or UTF-32",
    explanation: """
      Some editors save texts in units of two or four bytes. A scenario is read as UTF-8, with or \
      without a byte order mark. Let the editor save the file as UTF-8.
      """,
    wrong: "# saved as \"Unicode\"\nversion: 1",
    right: "# saved as UTF-8\nversion: 1")
  static let forbiddenCharacter = DiagnosticCode(
    "E0104", "a character is not allowed in a scenario",
    explanation: """
      Control characters, byte order marks inside the text, and line ends that only some programs \
      honour (U+0085, U+2028, U+2029, a carriage return without a line feed) make a text read other \
      than it looks. Remove them; in double quotes each can be written as an escape. Lines end with \
      LF or CRLF.
      """,
    wrong: "version: 1\nname: \u{7}bell",
    right: "version: 1\nname: \"\\u0007bell\"")
  static let duplicateKey = DiagnosticCode(
    "E0105", "a key is given twice",
    explanation: """
      A mapping has each key once. YAML readers differ in which of two values they keep, so neither \
      is taken. `<<` may be given once too; to merge several mappings, list them: `<<: [*a, *b]`.
      """,
    wrong: "version: 1\nseed: 7\nseed: 8",
    right: "version: 1\nseed: 7")
  static let nestedTooDeep = DiagnosticCode(
    "E0106", "lists and mappings are nested too deep",
    explanation: """
      Lists and mappings may be inside each other 64 deep, aliases counted as what they stand for. \
      No key of a scenario needs more than ten.
      """,
    wrong: "deep: " + String(repeating: "[", count: 64) + String(repeating: "]", count: 64),
    right: "deep: [[[]]]")
  static let tooManyNodes = DiagnosticCode(
    "E0107", "the text has too many values",
    explanation: """
      A scenario has at most 1,000,000 keys, values and collections. What an alias stands for counts \
      each time it is used, so a few lines of aliases to aliases can stand for billions of values.
      """,
    wrong: """
      a: &a [x, x, x, x, x, x, x, x, x, x]
      b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
      c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
      d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
      e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
      f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
      """,
    right: """
      a: &a [x, x, x, x, x, x, x, x, x, x]
      b: &b [*a, *a]
      """)
}

// Anchors, aliases, tags and documents.
extension DiagnosticCode {
  static let unknownAlias = DiagnosticCode(
    "E0108", "an alias names nothing",
    explanation: """
      `*name` repeats the value that was marked with `&name` before it. If the text is meant to \
      start with a star, quote it.
      """,
    wrong: "left: &near 5ms\nright: *naer",
    right: "left: &near 5ms\nright: *near")
  static let recursiveAlias = DiagnosticCode(
    "E0109", "an alias stands inside the value that it names",
    explanation: """
      A value that contains itself would never end. The same holds for a merge key that takes in the \
      mapping in which it stands.
      """,
    wrong: "links: &links\n  default: 5ms\n  more: *links",
    right: "links: &links\n  default: 5ms\nmore: *links")
  static let mergeOfNonMapping = DiagnosticCode(
    "E0110", "`<<` is not given mappings",
    explanation: """
      The merge key `<<` takes the keys of another mapping, or of several in a list, into its own. \
      Keys that the mapping gives itself win; of several mappings the first wins.
      """,
    wrong: "base: &base [a, b]\nlinks:\n  <<: *base",
    right: "base: &base {a: 1, b: 2}\nlinks:\n  <<: *base")
  static let tag = DiagnosticCode(
    "E0111", "a tag is not allowed",
    explanation: """
      `!name` and `!!name` are tags: they tell YAML which type a value has. In a scenario the key \
      tells how its value is read, so tags have nothing to say. An expression that starts with `!` \
      must be quoted.
      """,
    wrong: "never: !node1.up",
    right: "never: '!node1.up'")
  static let directive = DiagnosticCode(
    "E0112", "a directive is not allowed",
    explanation: """
      A line that starts with `%` before the document instructs the YAML reader. There is nothing to \
      instruct here: tags are not allowed, and `version` says how the file is read.
      """,
    wrong: "%YAML 1.1\n---\nversion: 1",
    right: "---\nversion: 1")
  static let secondDocument = DiagnosticCode(
    "E0113", "the file holds more than one document",
    explanation: """
      `---` separates documents in one YAML file. A file holds one scenario, so that its name and its \
      result belong together. One `---` at the beginning and one `...` at the end are allowed.
      """,
    wrong: "version: 1\n---\nversion: 1",
    right: "---\nversion: 1\n...")
  static let emptyText = DiagnosticCode(
    "E0114", "there is no scenario",
    explanation: """
      The file is empty, or has nothing but comments. `conclave init NAME` writes a scenario to begin \
      with.
      """,
    wrong: "# nothing yet",
    right: "version: 1")
  static let rootIsNotMapping = DiagnosticCode(
    "E0115", "a scenario consists of keys and values",
    explanation: """
      The file as a whole is a mapping: `version`, `name`, `topology` and so on, each with a colon \
      and a value.
      """,
    wrong: "- version: 1",
    right: "version: 1")
  static let keyIsNotText = DiagnosticCode(
    "E0116", "a list or mapping cannot be a key",
    explanation: """
      YAML allows lists and mappings as keys. No key of a scenario is one; where a pair of nodes is \
      meant, the pair is a value.
      """,
    wrong: "links:\n  [node1, node2]: 5ms",
    right: "links:\n  - {between: [node1, node2], latency: 5ms}")
}

// Syntax.
extension DiagnosticCode {
  static let tabIndentation = DiagnosticCode(
    "E0117", "a tab is used to indent",
    explanation: """
      YAML counts columns to see what belongs together, and a tab has no fixed width. Indent with \
      spaces, two for each level.
      """,
    wrong: "limits:\n\ttime: 1s",
    right: "limits:\n  time: 1s")
  static let openQuote = DiagnosticCode(
    "E0118", "a quote is never closed",
    explanation: """
      A text in quotes goes on over line ends until the same quote comes again. Inside single quotes \
      a quote is written twice, inside double quotes with a backslash in front.
      """,
    wrong: "version: 1\nname: 'late",
    right: "version: 1\nname: 'late'")
  static let openBracket = DiagnosticCode(
    "E0119", "a list or mapping in brackets is not closed",
    explanation: """
      In `[…]` and `{…}` the items are separated by commas, and the bracket must be closed. A text \
      inside that has commas, brackets or quotes of its own must be quoted as a whole.
      """,
    wrong: "nodes: [node1, node2\nseed: 7",
    right: "nodes: [node1, node2]\nseed: 7")
  static let strayColon = DiagnosticCode(
    "E0120", "a colon stands where no key can be",
    explanation: """
      A colon with a space behind it ends a key. A value that contains one must be quoted; a further \
      key starts on a line of its own.
      """,
    wrong: "version: 1\nname: locks: a story",
    right: "version: 1\nname: 'locks: a story'")
  static let missingColon = DiagnosticCode(
    "E0121", "a line has no colon",
    explanation: """
      Each line of a mapping is a key, a colon, a space and a value. Without the space, `key:value` \
      is one text.
      """,
    wrong: "version: 1\nseed:7\nname: locks",
    right: "version: 1\nseed: 7\nname: locks")
  static let indentation = DiagnosticCode(
    "E0122", "a line is not indented like those it belongs to",
    explanation: """
      Keys of one mapping start in the same column, and so do the dashes of one list. What belongs to \
      a key stands further right than the key.
      """,
    wrong: "limits:\n    time: 1s\n  events: 10",
    right: "limits:\n  time: 1s\n  events: 10")
  static let strayText = DiagnosticCode(
    "E0123", "something follows a value that has ended",
    explanation: """
      A value that starts with a quote or a bracket ends where it is closed, and nothing but a comment \
      may follow. An expression that starts with one must be quoted as a whole.
      """,
    wrong: "never: \"left\" == node1.group",
    right: "never: '\"left\" == node1.group'")
  static let missingValue = DiagnosticCode(
    "E0124", "a value is missing",
    explanation: """
      Between two commas, or before a closing bracket of the other kind, there is no value. A text \
      that starts with such a character must be quoted.
      """,
    wrong: "nodes: [node1, , node2]",
    right: "nodes: [node1, node2]")
  static let blockMark = DiagnosticCode(
    "E0125", "a value starts with `>` or `|`",
    explanation: """
      A value that starts with `>` or `|` is a text that stands on the lines below it. A comparison \
      such as `> 5` must be quoted.
      """,
    wrong: "is: > 5",
    right: "is: '> 5'")
  static let reservedCharacter = DiagnosticCode(
    "E0126", "a text starts with a reserved character",
    explanation: """
      A text without quotes cannot start with `@`, a backtick or `%`, nor with `>` or `|` inside \
      brackets. Quote it.
      """,
    wrong: "name: @home",
    right: "name: '@home'")
  static let badEscape = DiagnosticCode(
    "E0127", "an escape is unknown",
    explanation: """
      In double quotes a backslash starts an escape: `\\n`, `\\t`, `\\"`, `\\\\`, `\\x41`, `\\u0041` \
      and some more. Single quotes have no escapes.
      """,
    wrong: "name: \"C:\\path\"",
    right: "name: 'C:\\path'")
  static let badAnchorName = DiagnosticCode(
    "E0128", "`&` or `*` has no name",
    explanation: """
      `&name` names a value and `*name` uses it again. The name consists of letters, digits, `-` and \
      `_`. A text that starts with one of these characters must be quoted.
      """,
    wrong: "never: && node1.up",
    right: "never: 'true && node1.up'")
  static let otherSyntax = DiagnosticCode(
    "E0129", "the text is not YAML",
    explanation: """
      The line cannot be read as YAML, for a reason that has no page of its own. Most often a text \
      needs quotes, as does each that starts with `? `.
      """,
    wrong: "name: ? locks",
    right: "name: '? locks'")
}
