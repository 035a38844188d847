internal import Analysis
internal import Diagnostics
internal import Expressions
internal import ScenarioSyntax
internal import SystemModel

// Entries of the network that change nothing.
extension MeaningLint {
  /// The most nodes whose pairs are looked through.
  private static let pairLimit = 256

  mutating func checkLinks() {
    guard let section = scenario.latencies, !section.links.isEmpty,
      topology.count <= Self.pairLimit, (scenario.topology.shape?.value ?? .full) == .full
    else { return }
    var effect = LinkEffect(section.fallback)
    let entries = LinkEntries(section.links, names)
    for from in topology.nodes {
      for to in topology.nodes where to != from {
        effect.look(entries.pair(from, to), entries.group(from, to))
      }
    }
    if let fallback = section.fallback, !effect.fallbackIsUsed {
      report(.overriddenDefault(fallback.span ?? section.span, "every pair of nodes has an entry"))
    }
    for entry in section.links {
      let span = entry.ends.first.span
      guard !effect.acting.contains(span) else { continue }
      report(.idleEntry(span, isOverridden: !effect.reached.contains(span)))
    }
  }

  /// Laws whose least value says nothing.
  mutating func checkLaws() {
    let laws =
      [scenario.latencies?.fallback?.latency]
      + (scenario.latencies?.links ?? []).map(\.options.latency)
    for case let law? in laws {
      if case .exponential(_, minimum: 0?) = law.value { report(.idleMinimum(law.span)) }
    }
  }
}

/// Which entries say something that is not said without them.
private struct LinkEffect {
  /// What an entry says of one key; equal texts say the same.
  private typealias Said = [String?]

  private let fallback: Said
  /// What holds where nothing is said; a latency always is.
  private let natural: Said = [nil, "0/1", "0/1", "", "true"]
  /// The entries that make a difference, by their places.
  private(set) var acting: Set<SourceSpan> = []
  /// The entries of which something counts.
  private(set) var reached: Set<SourceSpan> = []
  /// Whether something of the default counts.
  private(set) var fallbackIsUsed = false

  init(_ fallback: LinkOptions?) { self.fallback = Self.said(fallback) }

  /// Looks at the entries for a pair of nodes.
  mutating func look(_ pair: LinkEntries.Directed?, _ group: LinkEntries.Directed?) {
    let (own, shared) = (Self.said(pair?.options), Self.said(group?.options))
    for key in natural.indices {
      let below = fallback[key] ?? natural[key]
      if let value = own[key], let pair {
        reached.insert(pair.span)
        if value != shared[key] ?? below { acting.insert(pair.span) }
        continue
      }
      if let value = shared[key], let group {
        reached.insert(group.span)
        if value != below { acting.insert(group.span) }
        continue
      }
      if fallback[key] != nil { fallbackIsUsed = true }
    }
  }

  private static func said(_ options: LinkOptions?) -> Said {
    func text(_ fraction: Fraction) -> String { "\(fraction.numerator)/\(fraction.denominator)" }
    return [
      options?.latency.map { "\(Law($0.value))" }, options?.loss.map { text($0.value) },
      options?.duplicate.map { text($0.value) },
      options?.reorder.map { reorder in
        let extra = reorder.extra.map { "\(Law($0.value))" } ?? ""
        let part = reorder.probability.value
        return part.numerator == 0 ? "" : text(part) + extra
      }, options?.fifo.map { "\($0.value)" },
    ]
  }
}

extension LinkEnds {
  /// The first name of the entry.
  fileprivate var first: Marked<String> {
    switch self {
    case .between(let first, _), .oneWay(let first, _): first
    }
  }
}

extension LinkOptions {
  /// The place of something that is said.
  fileprivate var span: SourceSpan? {
    latency?.span ?? loss?.span ?? duplicate?.span ?? reorder?.probability.span ?? fifo?.span
  }
}
