import CLibYAML
import Diagnostics
import Interpreter

/// A scenario of many nodes, sparse links, faults and calls, read and compiled next to a bare scan
/// of its text by libyaml. With 10,000 nodes it has one megabyte.
struct LargeScenario {
  /// How many nodes there can be: two for each fault, and what a topology takes.
  static let sizes = 20...16_000
  private static let rounds = 5

  let nodeCount: Int

  /// The text.
  var text: String {
    var lines = [
      "version: 1", "name: many nodes", "limits: {time: 2s}", "", "topology:",
      "  nodes: [\((1...nodeCount).map { "node\($0)" }.joined(separator: ", "))]",
      "  groups: {left: [node1, node2, node3], right: [node4, node5]}", "", "latencies:",
      "  default: {latency: 20ms..40ms, loss: 0.5%}", "  links:",
    ]
    for node in 1...nodeCount {
      let latency = "\(1 + node % 50)ms..\(60 + node % 40)ms"
      lines.append(
        "    - {between: [node\(node), node\(node % nodeCount + 1)], latency: \(latency), "
          + "loss: \(node % 5)%}")
    }
    lines += ["", "protocol: ricart-agrawala", "", "workloads:"]
    for call in 1...nodeCount / 5 {
      lines.append(
        "  - {name: call\(call), at: \(call % 1500)ms, node: node\(call * 3), "
          + "call: {acquire: {hold: \(1 + call % 7)ms}}}")
    }
    lines += ["", "faults:"]
    for fault in 1...nodeCount / 10 {
      lines.append(
        "  - {name: crash\(fault), at: \(1 + fault % 1800)ms, for: 100ms, "
          + "crash: node\(fault * 7)}")
    }
    lines += ["", "assertions:", "  - mutual-exclusion", "  - no-starvation", ""]
    return lines.joined(separator: "\n")
  }

  /// The medians of some rounds, scan and compilation in turn.
  func measure() -> Fields {
    let bytes = Array(text.utf8)
    var scans: [Double] = []
    var compilations: [Double] = []
    for _ in 0..<Self.rounds {
      let start = Usage.current.seconds
      let events = scan(bytes)
      let middle = Usage.current.seconds
      let compiled = Interpreter.compile(SourceFile(name: "large.yaml", bytes: bytes))
      let end = Usage.current.seconds
      guard events > 0, compiled.cells.count == 1 else {
        complain(
          "the large scenario is refused:\n"
            + DiagnosticRenderer(compiled.sources).text(compiled.diagnostics))
      }
      scans.append(middle - start)
      compilations.append(end - middle)
    }
    let (scan, compilation) = (median(scans), median(compilations))
    return [
      ("bytes", "\(bytes.count)"), ("scan_cpu_s", scan.text(6)),
      ("compile_cpu_s", compilation.text(6)), ("ratio", (compilation / scan).text(2)),
      ("compile_ns_per_byte", (compilation * 1e9 / Double(bytes.count)).text(1)),
      ("peak_rss_mb", Usage.current.peakMegabytes.text(1)),
    ]
  }

  /// How many events libyaml finds in a text; nothing else is done with them.
  private func scan(_ bytes: [UInt8]) -> Int {
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else { return 0 }
    defer { yaml_parser_delete(&parser) }
    return bytes.withUnsafeBufferPointer { bytes in
      yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
      var count = 0
      while true {
        var event = yaml_event_t()
        guard yaml_parser_parse(&parser, &event) == 1 else { return 0 }
        let isEnd = event.type == YAML_STREAM_END_EVENT
        yaml_event_delete(&event)
        count += 1
        if isEnd { return count }
      }
    }
  }
}
