import Expressions

/// Operators, macros and functions, from the catalog that the checker goes by.
enum FunctionChapter {
  static var page: ReferencePage {
    ReferencePage(
      "Operators and functions",
      [.init("", [.prose(intro)])] + groups + [.init("Left out of CEL", [.prose(leftOut)])])
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

  private static var leftOut: String {
    "Refused by name: " + FunctionCatalog.leftOut.map { "`\($0)`" }.joined(separator: ", ") + "."
  }
}
