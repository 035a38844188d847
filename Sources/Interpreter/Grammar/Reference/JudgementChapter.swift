import Analysis
import SystemModel

/// The named invariants and the metrics, from their catalogs.
enum JudgementChapter {
  static var invariants: ReferencePage {
    ReferencePage(
      "Invariants",
      [.init("", [.prose(invariantIntro)])]
        + ProtocolFamily.allCases.map { family in
          .init(
            "Of the family \(family.rawValue)",
            [
              .table(
                ["invariant", "what must hold", "vacuous unless there was", "reads", "source"],
                rows: InvariantCatalog.all.filter { $0.family == family }.map {
                  ["`\($0.name)`", $0.summary, $0.subject, $0.needs.text, $0.source]
                })
            ])
        })
  }

  private static let invariantIntro = """
    A named invariant is an `always` that every protocol of a family must satisfy. It may have a \
    scope like other forms, but for `linearizable` and `sequentially-consistent`, which are about \
    all calls of the run. What it reads, a recorded history must speak of: the values in parentheses \
    too, and of several ways one.
    """

  static var metrics: ReferencePage {
    var sections: [ReferencePage.Section] = [.init("", [.prose(metricIntro), .list(metricRules)])]
    sections.append(section("Of every run", MetricCatalog.all.filter(\.families.isEmpty)))
    for family in ProtocolFamily.allCases {
      sections.append(
        section(
          "Of the family \(family.rawValue)",
          MetricCatalog.all.filter { $0.families.contains(family) }))
    }
    return ReferencePage("Metrics", sections)
  }

  private static let metricIntro = """
    Metrics are always computed. Words in capitals stand for a name of the scenario: `KIND` of \
    message, `CALL`, `FROM`, `TO`, `NODE`, `GROUP`, `FAULT`. Assertions compare them with `metric` \
    and `is`; expressions read `metrics["NAME"]`.
    """

  private static let metricRules = [
    "Units: a count is a whole number, a duration a length of virtual time (whole nanoseconds in "
      + "reports), a ratio a fraction of 1. A sum of times that is beyond 292 years stays at that.",
    "Wire counts copies that are given to the network, lost ones too and copies made by faults not; "
      + "logical counts a broadcast once.",
    "Better: in which direction a change is one for the better, where `conclave sweep --baseline` "
      + "compares; a metric without a direction fails only if it is named there and changes.",
    "Percentiles are nearest rank; `metric` and `at_end` alone may read them.",
    "What a metric reads, a recorded history must speak of, or the metric has no value.",
  ]

  private static func word(_ direction: MetricDirection) -> String {
    direction == .neither ? "–" : direction.rawValue
  }

  private static func section(
    _ title: String, _ metrics: [MetricDescription]
  ) -> ReferencePage.Section {
    .init(
      title,
      [
        .table(
          ["metric", "unit", "better", "what it says", "reads"],
          rows: metrics.map { metric in
            let bound = metric.isFinal ? " At the end only." : ""
            return [
              "`\(metric.pattern)`", metric.unit.rawValue, word(metric.better),
              metric.summary + bound, metric.needs.text,
            ]
          })
      ])
  }
}
