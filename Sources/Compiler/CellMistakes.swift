internal import Diagnostics
internal import ScenarioSyntax

/// The mistakes of the cells of a matrix: each is told once, and one that not all cells have is
/// told with the values with which it appears.
struct CellMistakes {
  /// How many cells a note names.
  private static let shownCells = 3

  /// What has the values: a cell, or a run where values are drawn too.
  let word: String
  private var order: [Diagnostic] = []
  private var cells: [Diagnostic: [Int]] = [:]

  init(word: String = "cell") { self.word = word }

  /// Takes the mistakes of a cell.
  mutating func take(_ diagnostics: [Diagnostic], of cell: Int) {
    for diagnostic in diagnostics {
      if cells[diagnostic] == nil { order.append(diagnostic) }
      cells[diagnostic, default: []].append(cell)
    }
  }

  /// Those of some diagnostics that others repeat at the same place.
  static func shared(_ diagnostics: [Diagnostic], _ others: [Diagnostic]) -> [Diagnostic] {
    diagnostics.filter { one in
      others.contains { $0.code == one.code && $0.span == one.span }
    }
  }

  /// All mistakes; `values` are those of the matrix in each cell.
  func diagnostics(_ values: [[CellValue]]) -> [Diagnostic] {
    order.map { diagnostic in
      let places = cells[diagnostic] ?? []
      guard places.count < values.count else { return diagnostic }
      var told = diagnostic
      told.notes.append("in " + text(places, values))
      return told
    }
  }

  /// The cells by the values that they have in common, if that says it; else one by one.
  private func text(_ places: [Int], _ values: [[CellValue]]) -> String {
    let shared = values[places[0]].filter { value in
      places.allSatisfy { values[$0].contains(value) }
    }
    let count = values.count { cell in shared.allSatisfy { cell.contains($0) } }
    if count == places.count {
      return (count == 1 ? "the \(word) " : "the \(word)s with ") + Self.text(shared)
    }
    let shown = places.prefix(Self.shownCells).map { Self.text(values[$0]) }.joined(separator: "; ")
    let more = places.count - min(places.count, Self.shownCells)
    return "the \(word)s " + shown + (more > 0 ? " and \(more) more" : "")
  }

  private static func text(_ values: [CellValue]) -> String {
    values.map { "\($0.name)=\($0.text)" }.joined(separator: ", ")
  }
}
