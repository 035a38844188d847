import Glibc
import Simulation
import SystemModel

func cpuSeconds() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6
}

func ring(_ nodeCount: Int, _ messages: Int, recording: Bool) {
  let plan = SystemPlan(
    timeLimit: .never, eventLimit: .max,
    topology: Topology(names: (0..<nodeCount).map { "node\($0)" }),
    links: LinkPolicies(policies: [], nodeCount: nodeCount),
    parameterRows: [[]], parameterRow: Array(repeating: 0, count: nodeCount), watchedFields: [])
  let latencies = RingLatencies(nodeCount: nodeCount)
  let start = cpuSeconds()
  var simulator = Simulator<RingHeartbeat, RingLatencies>(
    plan, draws: latencies, recording: recording)
  var sum: UInt64 = 0
  var delivered = 0
  while delivered < messages {
    _ = simulator.advance()
    if simulator.messageCounts.delivered != delivered {
      delivered += 1
      sum &+= UInt64(simulator.instant.nanoseconds)
    }
    if recording, simulator.trace.records.count > 4096 {
      simulator.trace.records.removeAll(keepingCapacity: true)
    }
  }
  let seconds = cpuSeconds() - start
  print(
    "w1 N=\(nodeCount) recording=\(recording) delivered=\(delivered) vtime=\(simulator.instant.nanoseconds) checksum=\(sum) hash=\(simulator.traceHash.text) ns=\(seconds / Double(messages) * 1e9)"
  )
}
let n = Int(CommandLine.arguments[1]) ?? 5
let m = Int(CommandLine.arguments[2]) ?? 2_000_000
ring(n, m, recording: CommandLine.arguments.count > 3)
