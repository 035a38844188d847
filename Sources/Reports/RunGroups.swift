import Analysis

/// The runs of one scenario: a single one, or the cells of its matrix.
struct RunGroup: Sendable {
  /// The runs in the order of the matrix; not empty.
  let runs: [ReportedRun]

  /// Puts neighbouring cells of one file together.
  static func groups(_ runs: [ReportedRun]) -> [RunGroup] {
    var groups: [[ReportedRun]] = []
    for run in runs {
      if let first = groups.last?.first, !run.cell.isEmpty, first.file == run.file,
        first.cell.map(\.name) == run.cell.map(\.name), first.cell != run.cell
      {
        groups[groups.count - 1].append(run)
      } else {
        groups.append([run])
      }
    }
    return groups.map { RunGroup(runs: $0) }
  }

  /// The gravest status of its runs.
  var status: RunStatus {
    RunStatus.allCases.last { status in runs.contains { $0.status == status } } ?? .skipped
  }

  /// The rows of a report: neighbouring cells of equal outcome are joined.
  var rows: [CellRow] { CellRow.join(Array(runs.indices), of: runs, depth: 0) }
}

/// Neighbouring cells of a matrix that have an equal outcome.
struct CellRow: Sendable {
  /// For each key the neighbouring values that it has in the row.
  var ranges: [ClosedSetting]
  /// The runs, by their places in the group.
  var places: [Int]
  /// What the cells have in common.
  let outcome: CellOutcome

  /// The cells of a group that agree on the first `depth` keys, joined as far as they are alike.
  ///
  /// Cells are joined along the last key first. Along another key the rows of two neighbouring
  /// values are joined if they are the same, so that each row is a full block of cells.
  static func join(_ places: [Int], of runs: [ReportedRun], depth: Int) -> [CellRow] {
    guard let first = places.first, depth < runs[first].cell.count else {
      return places.map { place in
        let ranges = runs[place].cell.map { ClosedSetting(name: $0.name, value: $0.value) }
        return CellRow(ranges: ranges, places: [place], outcome: CellOutcome(runs[place]))
      }
    }
    var rows: [CellRow] = []
    // The rows of the last value; they end the list.
    var tail = 0
    var start = places.startIndex
    while start < places.endIndex {
      let value = runs[places[start]].cell[depth].value
      let end =
        places[start...].firstIndex { runs[$0].cell[depth].value != value } ?? places.endIndex
      let next = join(Array(places[start..<end]), of: runs, depth: depth + 1)
      if next.count == tail, zip(rows.suffix(tail), next).allSatisfy({ $0.joins($1, at: depth) }) {
        for (offset, row) in next.enumerated() {
          let target = rows.count - tail + offset
          rows[target].places += row.places
          rows[target].ranges[depth].values += row.ranges[depth].values
        }
      } else {
        rows += next
        tail = next.count
      }
      start = end
    }
    return rows
  }

  /// Whether the row of the next value of a key differs from this one in that key alone.
  private func joins(_ next: CellRow, at depth: Int) -> Bool {
    outcome == next.outcome
      && zip(ranges, next.ranges).enumerated().allSatisfy { place, pair in
        place == depth || pair.0 == pair.1
      }
  }

  /// The cells in words, such as `mode drop · cut_at 0ms … 80ms`.
  var text: String { ranges.map(\.text).joined(separator: " · ") }
}

/// A key of a matrix with the neighbouring values that it has.
struct ClosedSetting: Sendable, Hashable {
  let name: String
  /// The values in the order of the matrix; not empty.
  var values: [String]

  init(name: String, value: String) {
    self.name = name
    values = [value]
  }

  /// The values: numbers by the first and the last, words one by one.
  var text: String {
    guard values.count > 1 else { return "\(name) \(values[0])" }
    let isOrdered = values.allSatisfy { "-0123456789".contains($0.first ?? "x") }
    guard isOrdered else { return "\(name) \(values.joined(separator: ", "))" }
    return "\(name) \(values[0]) … \(values[values.count - 1])"
  }
}

/// What two cells must have in common to stand in one row.
struct CellOutcome: Sendable, Hashable {
  let status: RunStatus
  let outcome: Verdict?
  let assertions: [Verdict]

  init(_ run: ReportedRun) {
    status = run.status
    outcome = run.result?.outcome
    assertions = run.result?.assertions.map(\.verdict) ?? []
  }
}
