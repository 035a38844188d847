/// What users feel beside the speed of the engine alone: each is measured by the product's own way.
enum Figure {
  /// A large scenario, read and compiled: how many nodes it has.
  case large(nodes: Int)
  /// A long run of many nodes with metrics and invariants: nodes, and messages at least.
  case crowd(nodes: Int, messages: Int)
  /// All scenarios of a folder, by the executable that stands beside this one.
  case folder(String)
  /// W3 on one thread and on two: how many runs.
  case cores(runs: Int)
  /// The memory of the queue while W1 runs: nodes, and messages after which it stops.
  case pending(nodes: Int, messages: Int)
  /// Runs of a scenario, each judged, on one thread: its path, and how many.
  case judged(path: String, runs: Int)

  /// Those that `users` stands for.
  static let all: [Figure] = [
    .large(nodes: 10_000), .crowd(nodes: 1000, messages: 10_000_000), .folder("scenarios"),
    .cores(runs: 1_000_000), .pending(nodes: 1000, messages: 2_000_000),
  ]

  /// Four sizes of all that may grow, each twice the one before.
  static let curve: [Figure] =
    [1250, 2500, 5000, 10_000].map { .large(nodes: $0) }
    + [1_250_000, 2_500_000, 5_000_000, 10_000_000].map { .crowd(nodes: 1000, messages: $0) }
    + [125, 250, 500, 1000].map { .crowd(nodes: $0, messages: 2_500_000) }

  /// The figure that some words name, such as `crowd 1000 10000000`; nil if they name none.
  init?(_ words: [String]) {
    if words.count == 2, words[0] == "folder" {
      self = .folder(words[1])
      return
    }
    if words.count == 3, words[0] == "judged", let runs = Int(words[2]), runs > 0 {
      self = .judged(path: words[1], runs: runs)
      return
    }
    let numbers = words.dropFirst().compactMap { Int($0) }
    guard numbers.count == words.count - 1, numbers.allSatisfy({ $0 > 0 }) else { return nil }
    switch (words.first, numbers.count) {
    case ("large", 1) where LargeScenario.sizes.contains(numbers[0]):
      self = .large(nodes: numbers[0])
    case ("crowd", 2) where numbers[0] > 2: self = .crowd(nodes: numbers[0], messages: numbers[1])
    case ("cores", 1): self = .cores(runs: numbers[0])
    case ("pending", 2): self = .pending(nodes: numbers[0], messages: numbers[1])
    default: return nil
    }
  }

  /// The words that name it.
  var words: [String] {
    switch self {
    case .large(let nodes): ["large", "\(nodes)"]
    case .crowd(let nodes, let messages): ["crowd", "\(nodes)", "\(messages)"]
    case .folder(let path): ["folder", path]
    case .cores(let runs): ["cores", "\(runs)"]
    case .pending(let nodes, let messages): ["pending", "\(nodes)", "\(messages)"]
    case .judged(let path, let runs): ["judged", path, "\(runs)"]
    }
  }

  /// One line of JSON: the figure and what was measured.
  func measure() -> String {
    let values =
      switch self {
      case .large(let nodes): LargeScenario(nodeCount: nodes).measure()
      case .crowd(let nodes, let messages):
        Crowd(nodeCount: nodes, messages: messages).measure()
      case .folder(let path): measureFolder(path)
      case .cores(let runs): Cores(runs: runs).measure()
      case .pending(let nodes, let messages): measurePending(nodes, messages)
      case .judged(let path, let runs): measureJudged(path, runs: runs)
      }
    let fields = [("workload", "\"\(words.joined(separator: " "))\"")] + values
    return "{" + fields.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}"
  }
}

/// Names with their values, as they stand in a line of JSON.
typealias Fields = [(String, String)]

extension Double {
  /// A number of JSON with some decimals.
  func text(_ places: Int) -> String { "\(rounded(places: places))" }
}
