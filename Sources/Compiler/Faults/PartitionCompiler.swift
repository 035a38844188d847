internal import Diagnostics
internal import ScenarioSyntax
internal import SystemModel

extension CellCompiler {
  /// What a partition does.
  mutating func cut(_ written: PartitionText) -> FaultAction? {
    guard let shape = shape(written) else { return nil }
    let isOneWay = written.isOneWay?.value ?? false
    if let place = written.isOneWay?.span { checkOneWay(shape, place) }
    let mode: CutMode =
      switch written.mode {
      case .drop: .drop(sparingInFlight: written.inFlight == .deliver)
      case .hold: .hold
      case .slow: .slow(factor: written.factor.map { Ratio($0.value) } ?? Ratio(1))
      }
    return .cut(shape, oneWay: isOneWay, mode)
  }

  private mutating func shape(_ written: PartitionText) -> CutShape? {
    switch written.shape {
    case .sides(let sides): return groups(sides, written.span)
    case .word(let word): return named(word, written.span)
    case .isolate(let nodes):
      guard let chosen = selector(nodes) else { return nil }
      let isEveryone =
        switch chosen {
        case .all: true
        case .random(let count): count == topology.count
        case .nodes(let some): some.count == topology.count
        default: false
        }
      if isEveryone { report(.separatesNobody(nodes.span)) }
      return .isolate(chosen)
    case .block(let from, let to):
      guard let from = selector(from), let to = selector(to) else { return nil }
      return .block(from: from, to: to)
    }
  }

  private mutating func named(_ word: PartitionWord, _ span: SourceSpan) -> CutShape? {
    let (shape, least): (CutShape, Int) =
      switch word {
      case .halves: (.halves, 2)
      case .randomHalves: (.randomHalves, 2)
      case .majority: (.majority, 3)
      case .minorityThird: (.minorityThird, 4)
      case .majoritiesRing: (.majoritiesRing, 3)
      case .bridge: (.bridge, 3)
      }
    guard topology.count >= least else {
      report(.tooFewNodes(span, word.rawValue, least, topology.count))
      return nil
    }
    return shape
  }

  /// The sides of a list; every node is on exactly one of them.
  private mutating func groups(
    _ sides: [Marked<PartitionText.Side>], _ span: SourceSpan
  ) -> CutShape? {
    var placed: [NodeID: SourceSpan] = [:]
    var sets: [NodeSet] = []
    var rest: (place: Int, span: SourceSpan)?
    let known = diagnostics.count
    for side in sides {
      let names = side.value.names
      if names.contains(where: { $0.value == "others" }) {
        if names.count > 1 || rest != nil { report(.othersNotAlone(side.span)) }
        rest = (sets.count, side.span)
        sets.append(NodeSet())
        continue
      }
      let set = members(names, refusal: Diagnostic.roleAsSide) ?? NodeSet()
      if let node = set.members.first(where: { placed[$0] != nil }), let first = placed[node] {
        report(.twoSides(side.span, first, topology.names[node.index]))
      }
      set.forEach { placed[$0] = side.span }
      sets.append(set)
    }
    guard diagnostics.count == known else { return nil }
    let missing = topology.nodes.filter { placed[$0] == nil }
    if let rest {
      if missing.isEmpty { report(.noOthers(rest.span)) }
      sets[rest.place] = NodeSet(missing)
    } else if !missing.isEmpty {
      report(.onNoSide(span, missing.map { topology.names[$0.index] }))
    }
    return .groups(sets)
  }

  private mutating func checkOneWay(_ shape: CutShape, _ span: SourceSpan) {
    switch shape {
    case .groups(let sides) where sides.count != 2:
      report(.notOneWay(span, "it has \(sides.count) sides"))
    case .majoritiesRing: report(.notOneWay(span, "its nodes stand in a ring"))
    case .block: report(.notOneWay(span, "`block` has a direction already"))
    default: break
    }
  }
}
