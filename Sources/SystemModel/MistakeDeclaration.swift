/// A rule of a protocol that a scenario may turn off with the option `mistake`, to see what the
/// rule is for: an entry in the zoo of known mistakes.
///
/// The scenario that shows it is `zoo/PROTOCOL/NAME.yaml` among the shipped ones.
public struct MistakeDeclaration: Sendable {
  /// The word in scenarios, such as `quorum-of-half`.
  public let name: String
  /// What a node does that makes it, in a sentence.
  public let summary: String
  /// The rule that is off: paper and section.
  public let rule: String
  /// Where the mistake is known from: an incident, or a text that warns of it.
  public let literature: String
  /// The assertion that its scenario breaks: a named invariant wherever there is one for it.
  public let breaks: String
  /// How many seeds, counted from 1, the storm of the protocol needs to break ``breaks``; nil if
  /// no invariant can see the mistake, so that its own scenario alone shows it.
  public let seeds: Int?

  /// Declares a mistake.
  public init(
    _ name: String, _ summary: String, rule: String, literature: String, breaks: String,
    seeds: Int?
  ) {
    self.name = name
    self.summary = summary
    self.rule = rule
    self.literature = literature
    self.breaks = breaks
    self.seeds = seeds
  }
}

extension ParameterDeclaration {
  /// The option that turns a rule off; every protocol that declares mistakes has it.
  static func mistake(_ mistakes: [MistakeDeclaration]) -> ParameterDeclaration {
    ParameterDeclaration(
      "mistake", .word(["none"] + mistakes.map(\.name)), default: .word(0),
      "A rule to turn off, so that a known mistake can be seen; of a map, at some nodes only.")
  }
}

extension NodeContext {
  /// The rule that is turned off at this node; nil if none is. The raw values count the declared
  /// mistakes from 1.
  public func mistake<Mistake: RawRepresentable>() -> Mistake? where Mistake.RawValue == Int {
    word("mistake").flatMap(Mistake.init(rawValue:))
  }
}
