import SystemModel

/// Says whom a partition keeps from whom, such as `node1, node2 | node3` or `node1 ↛ node2`.
struct CutText {
  /// The most nodes of a side that are named.
  private static let namedNodes = 8
  /// The most pairs of sides that are listed.
  private static let listedPairs = 6
  /// The most nodes of a topology whose pairs are looked at.
  private static let nodeLimit = 128

  private let names: [String]
  private let pattern: CutPattern

  init(_ pattern: CutPattern, names: [String]) {
    self.pattern = pattern
    self.names = names
  }

  /// The sides in words; nil if there are too many to list.
  var text: String? {
    guard names.count <= Self.nodeLimit else { return nil }
    let sides = sides
    let areAllApart = sides.indices.allSatisfy { left in
      sides.indices.allSatisfy { left == $0 || cuts(sides[left], sides[$0]) }
    }
    if areAllApart, sides.count > 1, sides.count <= Self.listedPairs {
      return sides.map(text).joined(separator: " | ")
    }
    var pairs: [String] = []
    for (place, left) in sides.enumerated() {
      for right in sides[(place + 1)...] {
        switch (cuts(left, right), cuts(right, left)) {
        case (true, true): pairs.append("\(text(left)) | \(text(right))")
        case (true, false): pairs.append("\(text(left)) ↛ \(text(right))")
        case (false, true): pairs.append("\(text(right)) ↛ \(text(left))")
        case (false, false): break
        }
      }
    }
    return pairs.isEmpty || pairs.count > Self.listedPairs ? nil : pairs.joined(separator: ", ")
  }

  /// The nodes that reach, and are reached by, the same others; those that the cut does not touch
  /// are on no side.
  private var sides: [[Int]] {
    var sides: [(signature: [Bool], nodes: [Int])] = []
    for node in names.indices {
      let signature = names.indices.flatMap { other in
        [pattern.cuts(NodeID(node), NodeID(other)), pattern.cuts(NodeID(other), NodeID(node))]
      }
      guard signature.contains(true) else { continue }
      if let place = sides.firstIndex(where: { $0.signature == signature }) {
        sides[place].nodes.append(node)
      } else {
        sides.append((signature, [node]))
      }
    }
    return sides.map(\.nodes)
  }

  private func cuts(_ from: [Int], _ to: [Int]) -> Bool {
    pattern.cuts(NodeID(from[0]), NodeID(to[0]))
  }

  private func text(_ nodes: [Int]) -> String {
    NameList.text(nodes.map { names[$0] }, limit: Self.namedNodes)
  }
}

/// Names in a row.
enum NameList {
  /// The names with commas between them; of more than `limit`, three and the number of the others.
  static func text(_ names: [String], limit: Int) -> String {
    guard names.count > limit else { return names.joined(separator: ", ") }
    return names.prefix(3).joined(separator: ", ") + " and \(names.count - 3) more"
  }
}
