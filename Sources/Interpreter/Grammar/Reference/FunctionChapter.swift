import Expressions

/// Operators, macros and functions, from the catalog that the checker goes by.
enum FunctionChapter {
  static var page: ReferencePage {
    ReferencePage(
      "Operators and functions",
      [.init("", [.prose(intro)])] + groups + [
        .init("Left out of CEL", [.prose(leftOut)]),
        .init("Where CEL leaves a choice", [.prose(choice), .list(choices)]),
      ])
  }

  private static let intro = """
    In the forms, `A`, `B`, `K` and `V` are any type, `N` is int or double, `Q` is int, double or \
    duration, and `O` is whatever has an order; one capital is one type throughout a form. Every \
    example is true. What is ours and not CEL's is marked with a plus sign.
    """

  private static var groups: [ReferencePage.Section] {
    var names: [String] = []
    for entry in FunctionCatalog.all where !names.contains(entry.group) {
      names.append(entry.group)
    }
    return names.map { group in
      let rows = FunctionCatalog.all.filter { $0.group == group }.map { entry in
        [
          "`\(entry.name)`" + (entry.isOurs ? " +" : ""),
          entry.forms.map { "`\($0)`" }.joined(separator: "<br>"), entry.doc,
          "`\(entry.example)`",
        ]
      }
      return .init(group, [.table(["name", "forms", "what it gives", "example"], rows: rows)])
    }
  }

  private static let choice = """
    What CEL and this language both have means the same in both, except that numbers are compared \
    exactly. Where CEL says nothing, or where its implementations differ:
    """

  private static let choices = [
    "An int and a double compare by their exact values: `9223372036854775807 < 9223372036854775808.0`. "
      + "An implementation that makes a double of the int finds them equal.",
    "Maps are gone through in the order of their keys: false, true, ints, strings.",
    "Texts compare by their Unicode scalars, and count in them; nothing is normalised.",
    "All macros over elements take two variables, `exists_one`, `map` and `filter` too.",
    "`string(d)` of a double is written as C's `%g` would with as many digits as tell it from all "
      + "others; what is no number is `NaN`, `+Inf` or `-Inf` there, and `NaN`, `Infinity` or "
      + "`-Infinity` in `format`.",
    "`string(t)` of a duration has the decimals that it needs: `0.25s`.",
    "`%d`, `%f` and `%e` of an int write its exact value, `%s` and `%d` of a double all of its digits.",
    "`sort` and `sortBy` put NaN first, and keep equals in their order.",
    "`math.greatest`, `math.least`, `max` and `min` are an error with NaN among several numbers, in "
      + "whatever order they stand; of equals they give the first.",
    "`int(d)` of a double is an error from 2^63 on and from -2^63 down, both ends included.",
    "What cannot be a key, such as `null`, is not in a map; asking is no error.",
    "`--x` negates twice, and overflows where `-x` does.",
    "A pattern of `matches` knows general categories (`\\p{Lu}`) and no scripts (`\\p{Greek}`).",
    "A text of a number has no space around it: `int(' 1')` is an error.",
    "An error of a budget ends an evaluation; nothing absorbs it.",
  ]

  private static var leftOut: String {
    "Refused by name: " + FunctionCatalog.leftOut.map { "`\($0)`" }.joined(separator: ", ") + "."
  }
}
