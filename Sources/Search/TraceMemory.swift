import Analysis
import Interpreter

/// What the traces that one thread has met in a cell were judged, so that a run with a trace that
/// has been met is not judged again.
///
/// It also decides whether to look at traces first, which pays only while most of them come again;
/// it goes by counts alone, and what a sweep says does not depend on it.
struct TraceMemory {
  /// What a run with some trace comes to.
  struct Entry {
    let tally: RunTally
    /// What its failure is, once that is known.
    var fingerprint: Fingerprint?
    /// The last of a worker's tasks in which it occurred, and its place in what that came to.
    var task = -1
    var group = 0
  }

  /// How many traces all cells remember, and one at the most; further ones are judged each time.
  private static let limits = (all: 1 << 16, one: 4096)
  /// After how many runs it is decided anew.
  private static let window = 64

  private(set) var entries: ContiguousArray<Entry> = []
  private var places: [TraceKey: Int] = [:]
  /// Whether to carry out the next run without a judge, to see whether its trace is known.
  private(set) var looksFirst = false
  private var runs = 0
  private var known = 0
  private let limit: Int

  /// The memory of one of some cells.
  init(cells: Int) { limit = min(Self.limits.one, max(1, Self.limits.all / cells)) }

  /// The place of the entry of a trace; nil if it has not been met.
  func place(of trace: TraceKey) -> Int? { places[trace] }

  /// Remembers what a run was judged; nil if there is no room.
  mutating func remember(_ tally: RunTally) -> Int? {
    guard entries.count < limit else { return nil }
    places[tally.trace] = entries.count
    entries.append(Entry(tally: tally))
    return entries.count - 1
  }

  /// A run that is judged is one of a task, in some place of what that came to.
  mutating func mark(_ place: Int, task: Int, group: Int) {
    entries[place].task = task
    entries[place].group = group
  }

  /// Takes down what the failure of a trace is.
  mutating func name(_ place: Int, _ fingerprint: Fingerprint) {
    entries[place].fingerprint = fingerprint
  }

  /// Counts a run whose trace was met before or was not.
  mutating func count(isKnown: Bool) {
    runs += 1
    if isKnown { known += 1 }
    guard runs == Self.window else { return }
    looksFirst = known * 2 >= runs
    runs = 0
    known = 0
  }
}
