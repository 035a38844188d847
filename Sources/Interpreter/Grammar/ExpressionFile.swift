import Expressions

/// The grammar of expressions as a file.
enum ExpressionFile {
  /// The text of the file.
  static var text: String {
    let rules = ExpressionGrammar.ebnf.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "\n")
    return """
      (* The expressions of conclave scenarios: a subset of the Common Expression Language, with
         lengths of time. Written by `conclave schema`.

         `=` defines, `|` chooses, `[ ]` may be left out, `{ }` repeats, `-` excepts, quotes stand
         for themselves; the rules with small letters are words without space inside. *)

      \(rules)
      """
  }
}
