public import Diagnostics

/// The numbered mistakes of this target: E04xx before the run, E05xx in it.
public enum ExpressionCodes {
  /// Every code, in the order of the numbers.
  public static let all: [DiagnosticCode] = CheckCodes.all + EvaluationCodes.all
}

/// The mistakes that are found before the run.
public enum CheckCodes {
  /// Every code, in the order of the numbers.
  public static let all: [DiagnosticCode] = [
    syntax, text, number, size, leftOut, unknownName, unknownField, unknownFunction, arguments,
    comparison, operands, ratio, unknownWord, result, macro, pattern, interpolation, key, reserved,
  ]

  /// The text does not follow the grammar.
  public static let syntax = DiagnosticCode(
    "E0401", "not an expression",
    explanation: """
      The text does not follow the grammar of expressions. The carets show the first place where \
      it cannot go on. A single `=`, a single `&` or `|`, and the words `and`, `or`, `not` are the \
      usual slips: the language writes `==`, `&&`, `||` and `!`.
      """,
    wrong: "never: node1.role = \"leader\"",
    right: "never: node1.role == \"leader\"")

  /// A string literal is not well formed.
  public static let text = DiagnosticCode(
    "E0402", "string not well formed",
    explanation: """
      A string ends with the quote it began with, on the same line unless it has three quotes, and \
      a backslash begins one of the known escapes. Write `r'…'` for a string whose backslashes \
      stand for themselves.
      """,
    wrong: "always: node1.name.matches('node\\d')",
    right: "always: node1.name.matches(r'node\\d')")

  /// A number or a duration is not well formed or too large.
  public static let number = DiagnosticCode(
    "E0403", "number not well formed",
    explanation: """
      Ints are decimal or `0x…` and fit 64 bits; doubles have digits on both sides of the point, \
      or none before it; a duration is a number directly followed by `ns`, `us`, `ms`, `s`, `m` or \
      `h`, or several such from long to short: `1m30s`.
      """,
    wrong: "always: now < 15msec",
    right: "always: now < 15ms")

  /// The expression is too deep or too long.
  public static let size = DiagnosticCode(
    "E0404", "expression too large",
    explanation: """
      An expression nests at most 100 deep and has at most 10,000 parts and 65,536 bytes. A long \
      chain of `+` or of dots nests as deep as it is long; chains of `&&` and of `||` do not. \
      Write a long chain as a list: `[a, b, c].sum()`.
      """,
    wrong: "always: ((((… a hundred times …))))",
    right: "always: [node1.term, node2.term].max() < 10")

  /// CEL has it, this language does not.
  public static let leftOut = DiagnosticCode(
    "E0405", "left out of CEL",
    explanation: """
      Expressions are a subset of CEL with additions. Left out are: unsigned ints, bytes, \
      timestamps, messages, optional values, quoted field names and what belongs to them. Ints, \
      strings and durations take their place.
      """,
    wrong: "always: node1.term < 5u",
    right: "always: node1.term < 5")

  /// No such name is declared.
  public static let unknownName = DiagnosticCode(
    "E0406", "unknown name",
    explanation: """
      A name is a node of the topology, a parameter, a loop variable of a macro around it, or one \
      of `nodes leader now old calls messages metrics faults`. Strings are quoted.
      """,
    wrong: "always: nod1.up",
    right: "always: node1.up")

  /// The object or table has no such entry.
  public static let unknownField = DiagnosticCode(
    "E0407", "unknown field",
    explanation: """
      Every node has `name index group groups up paused clock` and the fields that the protocol \
      documents: `conclave protocols NAME` prints them. Other values have the fields that the \
      reference lists.
      """,
    wrong: "always: node1.rolle == \"leader\"",
    right: "always: node1.role == \"leader\"")

  /// No such function or macro.
  public static let unknownFunction = DiagnosticCode(
    "E0408", "unknown function",
    explanation: """
      The reference lists every function and macro. Some are called on a value, as \
      `name.startsWith('n')`, some by themselves, as `math.abs(x)`.
      """,
    wrong: "always: nodes.every(n, n.up)",
    right: "always: nodes.all(n, n.up)")

  /// The arguments of a function do not fit.
  public static let arguments = DiagnosticCode(
    "E0409", "wrong arguments",
    explanation: """
      A function takes the number and the types of arguments that the reference gives. The notes \
      show what would fit. Convert with `int()`, `double()` and `string()`.
      """,
    wrong: "always: node1.name.startsWith(1)",
    right: "always: node1.name.startsWith('1')")

  /// Two types that can never be equal or ordered.
  public static let comparison = DiagnosticCode(
    "E0410", "comparison of unlike types",
    explanation: """
      The two sides can never be equal, so the comparison says nothing. Numbers are compared with \
      numbers, durations with durations (`15ms`), strings with quoted strings, and only what may \
      be null with `null`.
      """,
    wrong: "always: now < 150",
    right: "always: now < 150ms")

  /// An operator does not apply to the types of its operands.
  public static let operands = DiagnosticCode(
    "E0411", "operator does not apply",
    explanation: """
      Arithmetic wants two ints or two doubles, never a mixture: convert with `double()` or \
      `int()`. `&&`, `||`, `!` and `?:` want bools: write the comparison out.
      """,
    wrong: "always: node1.term * 0.5 < 3.0",
    right: "always: double(node1.term) * 0.5 < 3.0")

  /// An integer quotient compared with a double.
  public static let ratio = DiagnosticCode(
    "E0412", "integer division where a ratio is meant",
    explanation: """
      Dividing an int by an int drops the remainder: `1 / 2` is `0`. Compared with a double, or made \
      one, a ratio must be meant: convert both sides before dividing.
      """,
    wrong: "always: node1.acks / node1.asked >= 0.5",
    right: "always: double(node1.acks) / double(node1.asked) >= 0.5")

  /// A string that the field never has.
  public static let unknownWord = DiagnosticCode(
    "E0413", "unknown word",
    explanation: """
      The field is one of a known set of words, and this is none of them: the comparison could \
      never hold.
      """,
    wrong: "always: node1.role != \"leeder\"",
    right: "always: node1.role != \"leader\"")

  /// The expression is of another type than its place wants.
  public static let result = DiagnosticCode(
    "E0414", "expression of the wrong type",
    explanation: """
      An assertion, a `when` and a `where` want a bool: something that is true or false.
      """,
    wrong: "always: node1.term",
    right: "always: node1.term > 0")

  /// A macro is not used as its form asks.
  public static let macro = DiagnosticCode(
    "E0415", "macro used wrongly",
    explanation: """
      `all`, `exists`, `exists_one`, `map`, `filter`, `count` and `sortBy` name a loop variable \
      and then say something of it; with two variables the first is the index or the key. `has` \
      asks for a field: `has(a.b)`. `cel.bind` names a variable, its value and what to do with it.
      """,
    wrong: "always: nodes.all(n.up)",
    right: "always: nodes.all(n, n.up)")

  /// A regular expression is not well formed.
  public static let pattern = DiagnosticCode(
    "E0416", "pattern not well formed",
    explanation: """
      Patterns follow the syntax of RE2: no back references and no look-around, so that matching \
      takes time proportional to the text. Write patterns as `r'…'`.
      """,
    wrong: "always: node1.name.matches(r'node(\\d')",
    right: "always: node1.name.matches(r'node(\\d)')")

  /// `${name}` inside an expression.
  public static let interpolation = DiagnosticCode(
    "E0417", "`${}` in an expression",
    explanation: """
      In an expression a parameter is a name with a type; it is not pasted into the text.
      """,
    wrong: "always: node1.term < ${limit}",
    right: "always: node1.term < limit")

  /// A key of a map literal cannot be one, or is there twice.
  public static let key = DiagnosticCode(
    "E0418", "wrong key of a map",
    explanation: """
      Keys are ints, bools or strings, and each occurs once.
      """,
    wrong: "always: {'a': 1, 'a': 2}.size() == 1",
    right: "always: {'a': 1, 'b': 2}.size() == 2")

  /// A word that the language keeps for itself.
  public static let reserved = DiagnosticCode(
    "E0419", "reserved word",
    explanation: """
      `as break const continue else for function if import let loop namespace package return var \
      void while` cannot be names, nor can `true false null in`. They may stand behind a dot.
      """,
    wrong: "always: nodes.all(function, function.up)",
    right: "always: nodes.all(n, n.up)")
}
