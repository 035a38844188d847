import Synchronization

/// Some threads that look at the items of a list.
struct Parallel: Sendable {
  /// How many threads there are.
  let jobs: Int
  /// Called by each thread for what it does.
  var watch: Shrink.Watch = { work in work() }

  /// What becomes of each item, in their order. Once the work is stopped, no further item is begun, and
  /// what is missing is left out with all behind it.
  func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], isStopped: @escaping @Sendable () -> Bool = { false },
    _ body: @escaping @Sendable (Item) -> Result
  ) async -> [Result] {
    let list = List<Result>(items.count)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<min(max(1, jobs), items.count) {
        group.addTask {
          watch {
            while !isStopped(), let place = list.next() { list.put(body(items[place]), at: place) }
          }
        }
      }
    }
    return list.results
  }

  /// Hands out places, and keeps what becomes of them.
  private final class List<Result: Sendable>: Sendable {
    private let state: Mutex<(next: Int, results: [Result?])>

    init(_ count: Int) {
      state = Mutex((next: 0, results: Array(repeating: nil, count: count)))
    }

    func next() -> Int? {
      state.withLock { state in
        guard state.next < state.results.count else { return nil }
        defer { state.next += 1 }
        return state.next
      }
    }

    func put(_ result: Result, at place: Int) { state.withLock { $0.results[place] = result } }

    var results: [Result] {
      state.withLock { Array($0.results.prefix { $0 != nil }.compactMap { $0 }) }
    }
  }
}
