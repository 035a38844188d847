internal import Diagnostics
internal import Expressions
internal import ScenarioSyntax

/// Which mistakes are worth telling after others: one that may only follow from another is not.
struct Trust {
  /// What cannot be said without knowing how many nodes there are, and which.
  private static let counted: [DiagnosticCode] = [
    .separatesNobody, .onNoSide, .tooManyDrawn, .pairWithoutLatency,
  ]
  /// What cannot be said without the names.
  private static let named: [DiagnosticCode] = [.unknownNode, .unknownSelector, .unknownMetric]
  /// What cannot be said of an expression without the names.
  private static let typed = [
    CheckCodes.unknownName, CheckCodes.unknownField, CheckCodes.comparison, CheckCodes.operands,
    CheckCodes.unknownWord, CheckCodes.result, CheckCodes.arguments, CheckCodes.ratio,
    CheckCodes.key, CheckCodes.macro,
  ]
  /// What can be said whatever the protocol is.
  private static let general: [DiagnosticCode] =
    counted + [
      .repeatedName, .reservedName, .unknownNode, .nodeTwice, .linkToItself, .repeatedLink,
      .unknownProtocol, .twoSides, .notOneWay, .unknownFault, .nothingToHeal,
      .overlappingRepeats, .neverActs, .repeatedAssertion, .unknownAssertion, .windowEndsFirst,
      .barePoint, .newerCapsule, .contradictoryCapsule, .repeatedEntry, CheckCodes.syntax,
      CheckCodes.text, CheckCodes.number, CheckCodes.size,
      CheckCodes.leftOut, CheckCodes.pattern, CheckCodes.interpolation, CheckCodes.reserved,
      .constantAssertion, .idleSwarm, .swallowingComment,
    ]

  private var doubtful: [DiagnosticCode] = []
  private let hasProtocol: Bool

  /// What a scenario's names and its protocol, if it is known or can be guessed, allow to say.
  init(_ scenario: Scenario, _ names: NameTable, hasProtocol: Bool) {
    self.hasProtocol = hasProtocol
    let isBroken = scenario.brokenSections.contains("topology")
    if isBroken || !names.diagnostics.isEmpty { doubtful += Self.counted }
    if isBroken { doubtful += Self.named }
    let codes = names.diagnostics.map(\.code)
    if isBroken || codes.contains(.reservedName) || codes.contains(.repeatedName) {
      doubtful += Self.typed
    }
  }

  /// Whether mistakes of a code are told.
  func admits(_ code: DiagnosticCode) -> Bool {
    !doubtful.contains(code) && (hasProtocol || Self.general.contains(code))
  }
}
