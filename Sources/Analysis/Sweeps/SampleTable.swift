/// How often each value occurred among many samples, from which percentiles follow exactly.
///
/// It keeps up to ``valueLimit`` different values. Beyond that it rounds all values down to
/// multiples of the least power of two, ``step``, with which that many suffice. What it says does
/// not depend on the order of the samples.
struct SampleTable: Sendable {
  /// A value and how often it occurred.
  private struct Entry {
    var value: Int64
    var count: Int
  }

  /// How many different values are kept.
  static let valueLimit = 1 << 20
  private static let freshLimit = 1 << 15

  private let valueLimit: Int
  private var sorted: ContiguousArray<Entry> = []
  /// Samples that have not been sorted in yet.
  private var fresh: ContiguousArray<Entry> = []
  private var shift: Int64 = 0

  /// How many samples there are.
  private(set) var count = 0

  /// A table without samples.
  init(valueLimit: Int = SampleTable.valueLimit) { self.valueLimit = valueLimit }

  /// The distance between values that are told apart: 1, or a power of two for very many.
  var step: Int64 { 1 << shift }

  /// Takes in a sample that occurred some times.
  mutating func add(_ sample: Int64, count times: Int = 1) {
    count += times
    let value = rounded(sample)
    if let last = fresh.indices.last, fresh[last].value == value {
      fresh[last].count += times
      return
    }
    if fresh.count == Self.freshLimit { sortIn() }
    fresh.append(Entry(value: rounded(sample), count: times))
  }

  /// The least value with at least `percent` % of all samples at or below it; nil without samples.
  mutating func percentile(_ percent: Int) -> Int64? {
    guard count > 0 else { return nil }
    sortIn()
    let (whole, rest) = count.quotientAndRemainder(dividingBy: 100)
    var rank = max(1, whole * percent + (rest * percent + 99) / 100)
    for entry in sorted {
      rank -= entry.count
      if rank <= 0 { return entry.value }
    }
    return sorted.last?.value
  }

  /// A sum over the samples, each turned into a number; in the order of the values, so that
  /// rounding does not depend on the order of the samples.
  mutating func sum(_ number: (Int64) -> Double) -> Double {
    sortIn()
    return sorted.reduce(0) { $0 + number($1.value) * Double($1.count) }
  }

  /// Merges the samples that are new into the sorted ones, and rounds if there are too many.
  private mutating func sortIn() {
    guard !fresh.isEmpty else { return }
    fresh.sort { $0.value < $1.value }
    var merged: ContiguousArray<Entry> = []
    merged.reserveCapacity(sorted.count + fresh.count)
    var (left, right) = (0, 0)
    while left < sorted.count || right < fresh.count {
      if right == fresh.count || left < sorted.count && sorted[left].value <= fresh[right].value {
        Self.append(sorted[left], to: &merged)
        left += 1
      } else {
        Self.append(fresh[right], to: &merged)
        right += 1
      }
    }
    fresh.removeAll(keepingCapacity: true)
    sorted = merged
    while sorted.count > valueLimit { coarsen() }
  }

  private mutating func coarsen() {
    shift += 1
    var rounded: ContiguousArray<Entry> = []
    for entry in sorted {
      Self.append(Entry(value: self.rounded(entry.value), count: entry.count), to: &rounded)
    }
    sorted = rounded
  }

  private func rounded(_ value: Int64) -> Int64 { (value >> shift) << shift }

  private static func append(_ entry: Entry, to entries: inout ContiguousArray<Entry>) {
    if let last = entries.indices.last, entries[last].value == entry.value {
      entries[last].count += entry.count
    } else {
      entries.append(entry)
    }
  }
}
