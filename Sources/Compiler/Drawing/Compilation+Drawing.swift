internal import Analysis
public import Diagnostics
internal import ScenarioSyntax
internal import SystemModel

/// What tells the scenario that a seed draws from those of other seeds.
public struct DrawnVariant: Hashable, Sendable {
  /// The place of the value of each parameter that is drawn.
  let values: [Int64]
  /// Whether each fault that is drawn is there.
  let faults: [Bool]
}

extension Compilation {
  /// Whether the scenario that runs depends on the seed, and not its chance alone.
  public var isDrawn: Bool { !file.variations.isEmpty || file.swarm != nil }

  /// With more draws than this hardly any comes again while its engine is kept.
  private static let fewVariants = 256

  /// Whether it has a section `vary` at all.
  private var varies: Bool { isDrawn || file.hasOrder }

  /// The plan of a cell with a seed; nil after an error, which is reported.
  public func plan(
    cell index: Int, seed: UInt64, _ environments: inout EnvironmentCache,
    into bag: inout DiagnosticBag
  ) -> Plan? {
    let trial = Trial(cell: index, values: values(seed), seed: seed)
    return carryOut(trial, &environments, isLinted: false, into: &bag).plan
  }

  /// What a seed draws of a cell, by the plan of any seed; nil if that cannot be told, or if there
  /// are so many draws that none is likely to come again.
  public func variant(seed: UInt64, _ plan: Plan) -> DrawnVariant? {
    if file.swarm != nil, file.namesFaultsByParameters { return nil }
    var count = 1
    for part in file.variations.map({ Int($0.count) }) + plan.drawnFaults.map({ _ in 2 }) {
      count = count.multipliedReportingOverflow(by: part).partialValue
      guard (1...Self.fewVariants).contains(count), part <= Self.fewVariants else { return nil }
    }
    return DrawnVariant(
      values: values(seed), faults: plan.drawnFaults.map { Swarm.isThere($0, seed: seed) })
  }

  /// The places of the values that a seed draws.
  func values(_ seed: UInt64) -> [Int64] {
    file.variations.map { variation in
      var random = RandomSource(
        seed: seed, purpose: .variation,
        index: StableKeys().key(named: variation.name.value))
      return Int64(random.below(UInt64(variation.count)))
    }
  }

  /// What is said of what a seed has drawn.
  func configuration(
    _ trial: Trial, leftOut: [Int], of scenario: Scenario
  ) -> DrawnConfiguration? {
    guard varies else { return nil }
    let values = file.drawnValues(trial.values).map {
      DrawnConfiguration.Value(name: $0.name, text: $0.text)
    }
    return DrawnConfiguration(
      values: values,
      leftOut: file.swarm == nil ? nil : leftOut.map { name(of: scenario.faults[$0]) },
      order: scenario.order.map { DeliveryOrder($0.value).text })
  }

  /// The name of a fault, or what it is and where.
  private func name(of fault: FaultEntry) -> String {
    if let name = fault.name { return name.value }
    let source = file.sources[fault.span]
    let place = fault.span.file == 0 ? "" : " of \(source.name)"
    return "\(fault.keyword.value) in line \(source.position(of: fault.span.start).line)\(place)"
  }
}

extension DeliveryOrder {
  /// The strategy that was written.
  init(_ text: OrderText) {
    switch text {
    case .random(let window): self = .random(window: Duration(nanoseconds: window))
    case .pct(let depth, let window, let messages):
      self = .pct(
        depth: Int(depth), window: Duration(nanoseconds: window), messages: Int(messages))
    case .delayBounded(let delays, let window, let messages):
      self = .delayBounded(
        delays: Int(delays), window: Duration(nanoseconds: window), messages: Int(messages))
    }
  }

  /// As a scenario writes it.
  var text: String {
    switch self {
    case .random(let window): "random {window: \(window.text)}"
    case .pct(let depth, let window, let messages):
      "pct {depth: \(depth), window: \(window.text), messages: \(messages)}"
    case .delayBounded(let delays, let window, let messages):
      "delay-bounded {delays: \(delays), window: \(window.text), messages: \(messages)}"
    }
  }
}
