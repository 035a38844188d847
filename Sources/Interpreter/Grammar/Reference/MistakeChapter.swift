import Protocols
import SystemModel

/// The zoo of known mistakes, from what the protocols declare.
enum MistakeChapter {
  static var page: ReferencePage {
    ReferencePage(
      "Known mistakes",
      [.init("", [.prose(intro), .list(rules)])]
        + ProtocolCatalog.all.map { protocolText in
          .init("Mistakes with \(protocolText.name)", [table(protocolText)])
        })
  }

  private static func table(_ protocolText: ProtocolDescription) -> ReferencePage.Block {
    .table(
      ["`mistake`", "what a node does", "rule", "known from", "breaks", "scenario", "seeds"],
      rows: protocolText.mistakes.map { mistake in
        [
          "`\(mistake.name)`", mistake.summary, mistake.rule, mistake.literature, mistake.breaks,
          "`zoo/\(protocolText.name)/\(mistake.name).yaml`",
          mistake.seeds.map(String.init) ?? "–",
        ]
      })
  }

  private static let intro = """
    Every protocol has the option `mistake`: it turns one rule off, so that the rule can be seen to \
    matter and an assertion to fail. `none` is the default. As a map it gives some nodes the \
    mistake and others not, like a cluster in which one node runs a bad version.
    """

  private static let rules = [
    "`scenario`: a story in which just this rule decides; it expects the assertion under `breaks` "
      + "to fail. It extends the control, the same story with the rule, which passes.",
    "`seeds`: how many seeds, from 1 on, `zoo/PROTOCOL/storm.yaml --set mistake=NAME` needs to "
      + "break that assertion. The storm is planned for no mistake, and passes without one. Where a "
      + "bar stands, it does not find the mistake in reasonable time, or no invariant can: what a "
      + "mistake costs may be progress. The story itself fails with every seed.",
  ]
}
