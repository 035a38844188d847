internal import ScenarioSyntax

/// Which draws of the parameters are checked before any run, as places of their values.
///
/// All values of lists and both ends of ranges, each with the others at their first and at their
/// last value. A mistake hangs on one or two values as a rule, and shows at their ends.
public enum CheckedDraws {
  /// How many combinations are checked, over all cells.
  public static let limit = 1_000

  /// The combinations, each once, at most as many as are left.
  static func places(_ variations: [Variation], most: Int) -> [[Int64]] {
    let first = variations.map { _ in Int64(0) }
    let last = variations.map { $0.count - 1 }
    var seen: Set<[Int64]> = []
    var found: [[Int64]] = []
    func take(_ places: [Int64]) {
      if found.count < most, seen.insert(places).inserted { found.append(places) }
    }
    take(first)
    take(last)
    for (key, variation) in variations.enumerated() where found.count < most {
      let values = variation.isList ? Array(0..<variation.count) : [0, variation.count - 1]
      for others in [first, last] {
        for value in values where found.count < most {
          var places = others
          places[key] = value
          take(places)
        }
      }
    }
    return found
  }
}
