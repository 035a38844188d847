/// A regular expression ready to match, in time proportional to the text times the pattern.
///
/// All the ways through the pattern are followed at once (Thompson's construction), so nothing is
/// ever tried twice at one place of the text.
struct Pattern: Sendable {
  /// A pattern may have at most this many steps once its repetitions are written out.
  static let maximumSteps = 10_000

  private enum Step: Sendable {
    case scalar(Int)
    case assertion(PatternAssertion)
    case split(Int, Int)
    case jump(Int)
    case accept
  }

  /// The pattern as it was written.
  let text: String
  private var steps: [Step] = []
  private var classes: [ScalarSet] = []
  /// Parts written out so far, those included that need no step.
  private var emitted = 0

  /// Reads and compiles a pattern.
  init(_ text: String) throws(PatternError) {
    self.text = text
    try emit(try PatternParser.parse(text))
    steps.append(.accept)
  }

  /// Whether any part of a text matches; what it costs is added to `cost`, and once that is above
  /// the limit the answer means nothing.
  func matches(_ text: String, cost: inout Int, limit: Int = .max) -> Bool {
    let scalars = Array(text.unicodeScalars)
    var current = Threads(count: steps.count)
    var next = Threads(count: steps.count)
    for place in 0...scalars.count {
      if follow(0, at: place, of: scalars, into: &current, cost: &cost) { return true }
      guard place < scalars.count, cost <= limit else { return false }
      next.removeAll()
      for thread in current.list {
        guard case .scalar(let index) = steps[thread] else {
          cost += 1
          continue
        }
        cost += classes[index].cost
        guard classes[index].contains(scalars[place]) else { continue }
        if follow(thread + 1, at: place + 1, of: scalars, into: &next, cost: &cost) { return true }
      }
      swap(&current, &next)
    }
    return false
  }

  /// Adds all that is reached from a step without taking a scalar; true if that is the end.
  private func follow(
    _ start: Int, at place: Int, of scalars: [Unicode.Scalar], into threads: inout Threads,
    cost: inout Int
  ) -> Bool {
    var pending = [start]
    while let index = pending.popLast() {
      cost += 1
      guard threads.insert(index) else { continue }
      switch steps[index] {
      case .accept: return true
      case .jump(let target): pending.append(target)
      case .split(let first, let second):
        pending.append(second)
        pending.append(first)
      case .assertion(let assertion):
        if Pattern.holds(assertion, at: place, of: scalars) { pending.append(index + 1) }
      case .scalar: break
      }
    }
    return false
  }

  private static func holds(
    _ assertion: PatternAssertion, at place: Int, of scalars: [Unicode.Scalar]
  ) -> Bool {
    switch assertion {
    case .textStart: return place == 0
    case .textEnd: return place == scalars.count
    case .lineStart: return place == 0 || scalars[place - 1] == "\n"
    case .lineEnd: return place == scalars.count || scalars[place] == "\n"
    case .wordBoundary, .noWordBoundary:
      let before = place > 0 && ScalarSet.word.contains(scalars[place - 1])
      let after = place < scalars.count && ScalarSet.word.contains(scalars[place])
      return (before != after) == (assertion == .wordBoundary)
    }
  }

  private mutating func emit(_ tree: PatternTree) throws(PatternError) {
    emitted += 1
    guard emitted <= Pattern.maximumSteps, steps.count <= Pattern.maximumSteps else {
      throw PatternError(
        message: "the pattern has more than \(Pattern.maximumSteps) steps", offset: 0,
        help: "repeat less, or fewer times")
    }
    switch tree {
    case .empty: break
    case .scalar(let set):
      steps.append(.scalar(classes.count))
      classes.append(set)
    case .assertion(let assertion): steps.append(.assertion(assertion))
    case .sequence(let parts):
      for part in parts { try emit(part) }
    case .choice(let branches): try emit(branches)
    case .repetition(let part, let least, let most): try emit(part, least, most)
    }
  }

  private mutating func emit(_ branches: [PatternTree]) throws(PatternError) {
    var jumps: [Int] = []
    for branch in branches.dropLast() {
      let split = steps.count
      steps.append(.accept)
      try emit(branch)
      jumps.append(steps.count)
      steps.append(.accept)
      steps[split] = .split(split + 1, steps.count)
    }
    if let last = branches.last { try emit(last) }
    for jump in jumps { steps[jump] = .jump(steps.count) }
  }

  private mutating func emit(
    _ part: PatternTree, _ least: Int, _ most: Int?
  ) throws(PatternError) {
    for _ in 0..<least { try emit(part) }
    guard let most else {
      let split = steps.count
      steps.append(.accept)
      try emit(part)
      steps.append(.jump(split))
      steps[split] = .split(split + 1, steps.count)
      return
    }
    var splits: [Int] = []
    for _ in least..<most {
      splits.append(steps.count)
      steps.append(.accept)
      try emit(part)
    }
    for split in splits { steps[split] = .split(split + 1, steps.count) }
  }
}

/// The steps at which a match may go on, each once, in the order in which they were reached.
private struct Threads {
  private(set) var list: [Int] = []
  private var isIn: [Bool]

  init(count: Int) {
    isIn = [Bool](repeating: false, count: count)
  }

  mutating func insert(_ index: Int) -> Bool {
    guard !isIn[index] else { return false }
    isIn[index] = true
    list.append(index)
    return true
  }

  mutating func removeAll() {
    for index in list { isIn[index] = false }
    list.removeAll(keepingCapacity: true)
  }
}
