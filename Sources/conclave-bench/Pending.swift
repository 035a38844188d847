import Simulation
import SystemModel

/// The memory of the queue while W1 runs, against the most events that it has held: looked at after
/// every message, and therefore never timed.
func measurePending(_ nodeCount: Int, _ messages: Int) -> Fields {
  var simulator = Simulator<RingHeartbeat, RingLatencies>(
    .bare(nodeCount), draws: RingLatencies(nodeCount: nodeCount), recording: false)
  var (pending, bytes) = (0, 0)
  while simulator.messageCounts.delivered < messages, simulator.advance() == nil {
    guard simulator.pendingCount > pending else { continue }
    pending = simulator.pendingCount
    bytes = simulator.queueBytes
  }
  return [
    ("peak_pending", "\(pending)"), ("queue_bytes", "\(bytes)"),
    ("bytes_per_pending", (Double(bytes) / Double(max(pending, 1))).text(1)),
  ]
}
