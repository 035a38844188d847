import SystemModel

/// A stretch of virtual time, from T0 to the end of a run, drawn in columns of a terminal.
struct TimeAxis {
  /// The end of the axis in nanoseconds; above 0.
  let end: Int64
  /// How many columns it takes.
  let columns: Int

  /// The axis of a run that ended at an instant.
  init(end: Instant, columns: Int) {
    self.end = max(1, end.nanoseconds)
    self.columns = max(1, columns)
  }

  /// The columns of a while: at least one.
  func columns(from start: Instant, to end: Instant) -> Range<Int> {
    let first = min(edge(start), columns - 1)
    return first..<max(first + 1, edge(end))
  }

  /// The column edge nearest to an instant, 0 to ``columns``.
  private func edge(_ instant: Instant) -> Int {
    let clamped = min(max(instant.nanoseconds, 0), end)
    let (quotient, rest) = end.dividingFullWidth(
      clamped.multipliedFullWidth(by: Int64(columns)))
    return Int(quotient) + (rest >= end - rest ? 1 : 0)
  }

  /// The line with the labels of the ticks, and the line with the ticks.
  var ruler: [String] {
    let step = tickStep
    var labels = ""
    var ticks = [Character](repeating: "─", count: columns)
    var instant: Int64 = 0
    while instant <= end {
      let column = min(edge(Instant(nanoseconds: instant)), columns - 1)
      let label = Instant(nanoseconds: instant).text
      if labels.count <= column, column + label.count <= columns + 4 {
        labels += String(repeating: " ", count: column - labels.count) + label + " "
        ticks[column] = instant == 0 ? "├" : "┼"
      }
      guard instant <= end - step else { break }
      instant += step
    }
    ticks[columns - 1] = "┤"
    while labels.last == " " { labels.removeLast() }
    return [labels, String(ticks)]
  }

  /// The least of 1, 2, 5, 10, 20, 50 … nanoseconds that leaves at least ten columns to a tick.
  private var tickStep: Int64 {
    let wanted = max(1, end / Int64(max(1, columns / 10)))
    var step: Int64 = 1
    var factors: [Int64] = [2, 5, 10]
    var power: Int64 = 1
    while step < wanted, power < .max / 20 {
      if factors.isEmpty {
        power *= 10
        factors = [2, 5, 10]
      }
      step = power * factors.removeFirst()
    }
    return step
  }
}
