import Foundation
import Testing

/// Texts made to hurt: each is refused at a place, or runs, within bounds of time and memory.
struct HostileScenarioTests {
  /// A text and what becomes of it.
  struct Row: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: @Sendable () -> String
    /// The code of the mistake; empty if the text is right.
    let code: String
    let command: String

    init(
      _ name: String, _ code: String, _ command: String = "check",
      _ text: @escaping @Sendable () -> String
    ) {
      testDescription = name
      self.code = code
      self.command = command
      self.text = text
    }
  }

  /// What wrong input may cost. A release takes 2 s at the most; these tests run in debug, which is
  /// some times slower, on machines that have other work.
  static let timeLimit = Duration.seconds(12)
  static let memoryLimit = 512 << 20

  @Test(arguments: sizes + values + expressions + structures + expansions)
  func isRefusedOrRunsWithinBounds(_ row: Row) throws {
    try Tool.inNewFolder { folder in
      let file = folder.appending(path: "story.yaml")
      try Data(row.text().utf8).write(to: file)
      let run = try Measured.run([row.command, "story.yaml"], in: folder)
      let shown = (run.outcome.output + run.outcome.errors).prefix(2_000)
      if row.code.isEmpty {
        #expect([0, 1, 2, 3].contains(run.outcome.status), "\(shown)")
      } else {
        #expect(run.outcome.status == 65, "\(shown)")
        #expect(run.outcome.output.contains("[\(row.code)]"), "\(shown)")
        let place = /--> story\.yaml:[0-9]+:[0-9]+/
        #expect(run.outcome.output.firstMatch(of: place) != nil, "\(shown)")
      }
      #expect(run.outcome.output.utf8.count < 1 << 20)
      #expect(run.processorTime < Self.timeLimit, "\(run.processorTime)")
      #expect(run.memory < Self.memoryLimit, "\(run.memory >> 20) MiB")
    }
  }

  static let sizes = [
    Row("a thousand million nodes", "E0221") { story("topology: {nodes: 1000000000}") },
    Row("a thousand million clients", "E0221") {
      lock("workloads: [{clients: 1000000000, call: acquire}]")
    },
    Row("a million clients", "", "run") {
      lock(
        "workloads: [{clients: 1000000, call: acquire}]\nlimits: {time: 1s, events: 20000}")
    },
    Row("a matrix of 10^12 cells", "E0234") {
      story("matrix: {a: 1..10000, b: 1..10000, c: 1..10000}")
    },
    Row("an axis of 10^12 values", "E0221") { story("matrix: {a: 1..1000000000000}") },
    Row("an axis of 10^15 values", "E0221") { story("matrix: {a: 0ms..1000h step 1ns}") },
    Row("steps of nothing", "E0216") { story("matrix: {a: 0ms..1s step 0ns}") },
    Row("10,000 cells", "") {
      story("matrix: {a: 1..100, b: 1..100}\nfaults: [{at: '${a}ms', for: '${b}ms', crash: node1}]")
    },
    Row("calls at every nanosecond for a year", "", "run") {
      lock("workloads: [{every: 1ns, call: acquire}]\nlimits: {time: 8760h, events: 20000}")
    },
    Row("the 10^12th message", "E0221") {
      story("faults: [{at: 1ms, loss: 100%, messages: {nth: 999999999999}}]")
    },
    Row("the 10^9th message", "", "run") {
      story("faults: [{at: 1ms, loss: 100%, messages: {nth: 1000000000}}]")
    },
    Row("a fault at every nanosecond", "", "run") {
      story(
        "faults: [{every: 1ns, for: 1ns, crash: node1}]\nlimits: {time: 8760h, events: 20000}")
    },
  ]

  static let values = [
    Row("a description of 4 MiB", "") {
      story("description: \(String(repeating: "x", count: most))")
    },
    Row("a name of a node of 4 MiB", "E0217") {
      story("topology: {nodes: [\(String(repeating: "x", count: most))]}")
    },
    Row("a length of time of 4 MiB", "E0213") {
      story("limits: {time: \(String(repeating: "9", count: most / 4))ms}")
    },
    Row("a seed of 4 MiB", "E0221") { story("seed: \(String(repeating: "9", count: most / 4))") },
    Row("50,000 instants", "") {
      lock(
        "workloads: [{call: acquire, at: ["
          + (1...50_000).map { "\($0)us" }.joined(separator: ", ") + "]}]")
    },
    Row("more than 4 MiB", "E0101") {
      story("description: \(String(repeating: "x", count: 4 << 20))")
    },
  ]

  static let expressions = [
    Row("100,000 parentheses", "E0404") {
      always(
        String(repeating: "(", count: 100_000) + "true" + String(repeating: ")", count: 100_000))
    },
    Row("30,000 parentheses", "E0404") {
      always(String(repeating: "(", count: 30_000) + "true" + String(repeating: ")", count: 30_000))
    },
    Row("60,000 negations", "E0404") { always(String(repeating: "!", count: 60_000) + "true") },
    Row("15,000 sums", "E0404") { always(String(repeating: "1 + ", count: 15_000) + "1 > 0") },
    Row("a list of 30,000 items", "E0404") {
      always("[" + String(repeating: "1,", count: 30_000) + "1].size() > 0")
    },
    Row("30,000 fields of fields", "E0404") {
      always("node1" + String(repeating: ".x", count: 30_000))
    },
    Row("1 MiB of expression", "E0404") {
      always(String(repeating: "1 + ", count: most / 16) + "1 > 0")
    },
    Row("a pattern that tries everything", "", "run") {
      always("'\(String(repeating: "a", count: 40))!'.matches('(a+)+$') && node1.up")
    },
    Row("a pattern that repeats repetitions", "E0416") {
      always("'a'.matches('((a{1,1000}){1,1000}){1,1000}')")
    },
    Row("thirty loops inside each other", "E0509", "run") {
      always(
        (0..<30).map { "nodes.all(a\($0), " }.joined() + "true" + String(repeating: ")", count: 30))
    },
  ]

  static let structures = [
    Row("100,000 open lists", "E0106") { "a: " + String(repeating: "[", count: 100_000) },
    Row("100,000 open mappings", "E0106") { String(repeating: "{a: ", count: 100_000) },
    Row("2,000 indentations", "E0106") {
      (0..<2_000).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    },
    Row("50,000 unknown keys", "E0201") { (0..<50_000).map { "k\($0): x\n" }.joined() },
    Row("a key 500,000 times", "E0107") { String(repeating: "a: 1\n", count: 600_000) },
    Row("300,000 comments", "E0114") { String(repeating: "#\n", count: 300_000) },
    Row("a quote that is never closed", "E0118") { "\"" + String(repeating: "a", count: most) },
    Row("directives alone", "E0112") {
      (0..<100_000).map { "%TAG !a\($0)! tag:x\n" }.joined() + "--- a"
    },
    Row("escapes for the terminal", "E0104") { String(repeating: "\u{1B}[31m", count: 1_000) },
    Row("30,000 wrong assertions", "E0406") {
      story(
        "assertions: [" + Array(repeating: "{always: x}", count: 30_000).joined(separator: ",")
          + "]")
    },
    Row("30,000 wrong faults", "E0201") {
      story(
        "faults: [" + Array(repeating: "{crsh: x}", count: 30_000).joined(separator: ",") + "]")
    },
  ]

  static let expansions = [
    Row("aliases of aliases", "E0107") {
      "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
        + (1..<13).map { number in
          let alias = Array(repeating: "*a\(number - 1)", count: 10).joined(separator: ",")
          return "a\(number): &a\(number) [\(alias)]\n"
        }.joined()
    },
    Row("an alias in itself", "E0109") { "a: &a [*a]\n" },
    Row("50,000 anchors", "E0115") { (0..<50_000).map { "- &a\($0) x\n" }.joined() },
    Row("a large parameter, used often", "E0107") {
      story(
        "parameters: {a: \(String(repeating: "x", count: 1_000_000))}\n"
          + "tags: [\"\(String(repeating: "${a}", count: 100_000))\"]")
    },
    Row("a long parameter, used often", "E0107") {
      story(
        "parameters: {a: [\(Array(repeating: "x", count: 50_000).joined(separator: ","))]}\nfaults: ["
          + Array(repeating: "{at: 1ms, crash: \"${a}\"}", count: 10_000).joined(separator: ",")
          + "]")
    },
    Row("50,000 parameters", "E0335") {
      story("parameters: {" + (0..<50_000).map { "p\($0): 1" }.joined(separator: ",") + "}")
    },
    Row("50,000 unknown parameters", "E0225") {
      story("tags: [" + (0..<50_000).map { "\"${a\($0)}\"" }.joined(separator: ",") + "]")
    },
    Row("20,000 groups of unknown nodes", "E0303") {
      story(
        "topology: {nodes: 16384, groups: {"
          + (0..<20_000).map { "g\($0): [g]" }.joined(separator: ",") + "}}")
    },
    Row("1 MB of links", "") {
      story(
        "topology: {nodes: 200}\nlatencies: {default: 1ms, links: ["
          + (0..<18_000).map { number in
            let (from, to) = (number % 200 + 1, (number % 200 + number / 200 + 1) % 200 + 1)
            return "{from: node\(from), to: node\(to), latency: \(number)us}"
          }.joined(separator: ", ") + "]}")
    },
  ]

  /// Almost as much as a file may have.
  static let most = (4 << 20) - 400

  /// A scenario of an election that has some sections instead of its own.
  static func story(_ sections: String) -> String {
    let own = [
      "version: 1", "name: story", "topology: {nodes: 3}", "latencies: {default: 10ms}",
      "protocol: {leader-election: {election_timeout: {default: 300ms, node1: 150ms}}}",
      "limits: {time: 1s}", "assertions: [election-safety]",
    ]
    return merged(own, sections)
  }

  /// A scenario of a lock that has some sections instead of its own.
  static func lock(_ sections: String) -> String {
    let own = [
      "version: 1", "name: story", "topology: {nodes: 3}", "latencies: {default: 10ms}",
      "protocol: lamport-mutex", "limits: {time: 1s}", "assertions: [mutual-exclusion]",
    ]
    return merged(own, sections)
  }

  private static func always(_ expression: String) -> String {
    story("assertions: [{always: \"\(expression)\"}]")
  }

  private static func merged(_ own: [String], _ sections: String) -> String {
    let keys = sections.split(separator: "\n").map { $0.prefix { $0 != ":" } }
    let kept = own.filter { !keys.contains($0.prefix { $0 != ":" }) }
    return (kept + [sections]).joined(separator: "\n") + "\n"
  }
}
