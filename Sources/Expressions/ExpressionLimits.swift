public import Diagnostics

/// The bounds of expressions, for the reference.
public enum ExpressionLimits {
  /// What an expression may be; one beyond is refused.
  public static var text: [Limit] {
    [
      Limit("an expression", Lexer.maximumBytes, "bytes"),
      Limit("parts of an expression", Parser.maximumParts),
      Limit("levels of an expression, a chain of operators among them", Parser.maximumDepth),
      Limit("mistakes that are told of one expression", Checker.maximumMistakes),
      Limit("steps of a pattern of `matches`, repetitions written out", Pattern.maximumSteps),
      Limit("a repetition in a pattern", PatternParser.maximumRepetition, "times"),
      Limit("groups of a pattern inside each other", PatternParser.maximumDepth),
    ]
  }

  /// How many values that were read are kept to be shown.
  public static var readings: Limit {
    Limit("values that an evidence or `--why` has", ReadingCollector.maximum)
  }

  /// What an evaluation may take; one beyond is the verdict `error`.
  public static var evaluation: [Limit] {
    let limits = EvaluationLimits()
    return [
      Limit("steps of one evaluation", limits.steps),
      Limit("steps of all evaluations of a run", EvaluationBudget.defaultRunSteps),
      Limit("elements of a list or a map that an expression builds", limits.listSize),
      Limit("a text that an expression builds", limits.stringSize, "bytes"),
      Limit(
        "lists and maps that an expression builds, inside each other; what is written out without a name "
          + "nests as deep as an expression", limits.nesting),
      Limit("decimals that `format` writes", FormatPart.maximumPrecision),
    ]
  }
}
