import Analysis
import Diagnostics
import Interpreter
import Search

/// Workloads that are what users do, on scenarios as they are shipped.
///
/// They are run from the top of the checkout, where `scenarios` is.
enum UserWorkload {
  /// A sweep of a scenario, on one thread: its path, how many runs, and whether runs whose trace
  /// has been met are judged all the same.
  case sweep(path: String, runs: Int, judgingAll: Bool)
  /// An election of so many messages, with and without ten assertions about every state.
  case always(messages: Int)
  /// The same with the ten assertions, and with their verdicts explained.
  case why(messages: Int)

  /// Those that are measured when nothing else is asked for.
  static let all: [UserWorkload] = [
    .sweep(path: "scenarios/consensus/message-flow.yaml", runs: 300_000, judgingAll: false),
    .sweep(path: "scenarios/consensus/message-flow.yaml", runs: 20_000, judgingAll: true),
    .sweep(path: "scenarios/election/partition.yaml", runs: 50_000, judgingAll: false),
    .sweep(path: "scenarios/election/partition.yaml", runs: 5000, judgingAll: true),
    .sweep(path: "scenarios/election/one-way-partition.yaml", runs: 5000, judgingAll: false),
    .always(messages: 200_000),
    .why(messages: 200_000),
  ]

  /// The workload that some words name, such as `sweep FILE 1000`; nil if they name none.
  init?(_ words: [String]) {
    guard let number = words.last.flatMap({ Int($0) }), number > 0 else { return nil }
    switch (words.first, words.count) {
    case ("sweep", 3): self = .sweep(path: words[1], runs: number, judgingAll: false)
    case ("judge", 3): self = .sweep(path: words[1], runs: number, judgingAll: true)
    case ("always", 2): self = .always(messages: number)
    case ("why", 2): self = .why(messages: number)
    default: return nil
    }
  }

  /// The words that name it.
  var words: [String] {
    switch self {
    case .sweep(let path, let runs, let judgingAll):
      [judgingAll ? "judge" : "sweep", path, "\(runs)"]
    case .always(let messages): ["always", "\(messages)"]
    case .why(let messages): ["why", "\(messages)"]
    }
  }

  /// Carries it out, and says what it cost in a line of JSON.
  func measure() async -> String {
    switch self {
    case .sweep(let path, let runs, let judgingAll):
      await measureSweep(path, runs: runs, judgingAll: judgingAll)
    case .always(let messages):
      measure(messages, plan(Self.election(messages)), asked: judged(messages))
    case .why(let messages): measure(messages, judged(messages), asked: explained(messages))
    }
  }

  private var head: String { "{\"workload\": \"\(words.joined(separator: " "))\"" }

  private func measureSweep(_ path: String, runs: Int, judgingAll: Bool) async -> String {
    guard let text = contents(of: path) else { complain("cannot read \(path)") }
    let sweep: Sweep
    do {
      sweep = try Sweep(
        compiled(SourceFile(name: path, text: text)), seeds: 1...UInt64(runs), failureLimit: nil,
        reusingJudgements: !judgingAll)
    } catch {
      complain("no metric \(error.name)")
    }
    let before = Usage.current.seconds
    let result = await sweep.run(jobs: 1)
    let seconds = Usage.current.seconds - before
    let passed = result.passRate.count
    guard passed == runs else { complain("\(path): \(passed) of \(runs) runs pass") }
    return """
      \(head), "runs": \(result.runs), "cpu_s": \(seconds.rounded(places: 6)), \
      "per_cpu_s": \(Int(Double(result.runs) / seconds)), \
      "traces": \(result.cells[0].traces.count), \
      "peak_rss_mb": \(Usage.current.peakMegabytes.rounded(places: 1))}
      """
  }

  private func compiled(_ source: SourceFile) -> CompiledScenario {
    let compiled = Interpreter.compile(source)
    guard !compiled.cells.isEmpty else {
      complain(DiagnosticRenderer(compiled.sources).text(compiled.diagnostics))
    }
    return compiled
  }

  private func plan(_ text: String) -> JudgementPlan {
    compiled(SourceFile(name: "election", text: text)).cells[0].plan
  }

  private func judged(_ messages: Int) -> JudgementPlan {
    plan(Self.election(messages) + Self.assertions)
  }

  private func explained(_ messages: Int) -> JudgementPlan {
    var plan = judged(messages)
    plan.explained = Array(plan.assertions.indices)
    return plan
  }

  // MARK: Ten assertions

  /// Five nodes elect, and the leader crashes every two seconds.
  private static func election(_ messages: Int) -> String {
    """
    version: 1
    name: a long election
    limits: {time: \(messages / 150)s, events: 100000000}
    topology: {nodes: 5}
    latencies: {default: 10ms..20ms}
    protocol: {leader-election: {heartbeat: 50ms, election_timeout: 150ms..300ms}}
    faults: [{name: loss, every: 2s, for: 300ms, crash: leader}]
    """
  }

  private static let assertions = """

    assertions:
      - always: nodes.filter(n, n.role == "leader").size() <= 5
      - always: nodes.all(n, n.term >= 1)
      - always: leader == null || leader.term > 0
      - always: nodes.all(n, n.role != "leader" || n.leader_id == n.name || !n.up)
      - always: nodes.all(n, n.votes <= 5)
      - always: nodes.all(n, n.acceptances <= 4)
      - always: nodes.all(n, n.role != "leader" || n.votes >= 3)
      - always: nodes.all(n, n.voted_for != null || n.votes == 0)
      - always: node1.term - node2.term < 1000
      - always: nodes.exists(n, n.up)
    """

  /// A run of a long election beside one that is asked more; both pass.
  private func measure(_ messages: Int, _ plain: JudgementPlan, asked: JudgementPlan) -> String {
    var costs: (plain: [Double], asked: [Double]) = ([], [])
    var result: RunResult?
    for _ in 0..<5 {
      costs.plain.append(cost(of: plain).seconds)
      let (seconds, found) = cost(of: asked)
      costs.asked.append(seconds)
      result = found
    }
    guard let result, result.assertions.allSatisfy({ $0.verdict == .pass }) else {
      complain("\(result?.assertions.filter { $0.verdict != .pass } ?? [])")
    }
    var delivered = 0
    if case .count(let count)? = result.metric("messages.delivered") { delivered = Int(count) }
    let (least, most) = (median(costs.plain), median(costs.asked))
    return """
      \(head), "messages": \(delivered), "events": \(result.events), \
      "cpu_s": \(most.rounded(places: 6)), "without_cpu_s": \(least.rounded(places: 6)), \
      "ratio": \((most / least).rounded(places: 3)), \
      "per_cpu_s": \(Int(Double(delivered) / most)), \
      "peak_rss_mb": \(Usage.current.peakMegabytes.rounded(places: 1))}
      """
  }

  private func cost(of plan: JudgementPlan) -> (seconds: Double, result: RunResult) {
    let before = Usage.current.seconds
    let result = Interpreter.run(plan)
    return (Usage.current.seconds - before, result)
  }
}
