import ScenarioSyntax

/// The forms of values.
enum ValueChapter {
  static var page: ReferencePage {
    ReferencePage(
      "Values",
      [
        .init(
          "",
          [
            .prose(intro),
            .table(["value", "in the grammar", "how it is written", "examples"], rows: rows),
          ]),
        .init("Whom: selectors", [.prose(selectors), .table(["word", "whom"], rows: words)]),
      ])
  }

  private static let intro = """
    Units are always written: a bare number where a unit belongs is an error whose help shows the \
    corrected text. Numbers are decimal; their digits may be grouped by `_`.
    """

  private static var rows: [[String]] {
    ScalarKind.all.map { kind in
      [
        kind.summary, "`\(kind.name)`", kind.explanation,
        kind.examples.map { "`\($0)`" }.joined(separator: ", "),
      ]
    }
  }

  private static let selectors = """
    Faults and workloads say whom they mean by names of nodes and groups, alone or in a list, or by \
    one of these words. A word is bound when the fault fires or the call is made, and the report \
    says who it was; one that chooses nobody touches nothing. Names are looked up first.
    """

  private static let words = [
    ["`all`", "every node"],
    ["`random(k)`", "k different nodes, drawn from the fault's or workload's stream"],
    ["`majority`", "⌊N/2⌋+1 nodes, drawn"],
    ["`minority`", "⌈N/2⌉−1 nodes, drawn"],
    ["`others`", "among the sides of a partition: every node that is on no other side"],
    ["a role", "nodes by what they are in the protocol: see the selectors of each protocol"],
  ]
}
