import SystemModel
import Testing

@testable import Analysis

@Suite("Ledgers of faults")
struct FaultBookTests {
  static let crash = FaultAction.crash(.all, keepingDisk: true)

  static func judge(
    _ actions: [FaultAction], at end: Int64 = 100, _ write: (inout TraceWriter) -> Void
  ) -> [FaultResult] {
    var bench = Bench(
      TestProtocols.plain,
      faults: actions.enumerated().map { Bench.fault("f\($0.offset)", $0.element) })
    bench.add(.always(bench.condition("true")))
    for place in bench.faults.indices { bench.faults[place].mayBeIdle = nil }
    var writer = TraceWriter(TestProtocols.plain)
    writer.start(3)
    write(&writer)
    return bench.judge(writer, .time, at: end).faults
  }

  @Test("count messages by what became of them")
  func messages() {
    let cut = FaultAction.cut(.halves, oneWay: false, .hold)
    let faults = Self.judge([cut]) {
      $0.startFault(10, 0, nodes: [1])
      $0.event(11) {
        for id in 1...4 as ClosedRange<Int64> { $0.send(id, "ping", 0, 1) }
        $0.touch(.dropped, 1, fault: 0, reason: .cut)
        $0.touch(.held, 2, fault: 0)
        $0.touch(.delayed, 3, fault: 0)
        $0.duplicate(4, as: 5, fault: 0)
      }
      $0.endFault(20, binding: 0)
      $0.startFault(30, 0, nodes: [2])
    }
    let ledger = faults[0].ledger
    #expect([ledger.dropped, ledger.held, ledger.delayed, ledger.duplicated] == [1, 1, 1, 1])
    #expect(faults[0].fired == 2)
    #expect(
      faults[0].windows == [
        .init(start: .init(milliseconds: 10), end: .init(milliseconds: 20), targets: [NodeID(1)]),
        .init(start: .init(milliseconds: 30), end: nil, targets: [NodeID(2)]),
      ])
    #expect(faults[0].verdict == .pass)
  }

  @Test("count the time that nodes lose, for each of two crashes that overlap, to the end")
  func nodeTime() {
    let faults = Self.judge([Self.crash, Self.crash]) {
      $0.startFault(10, 0, nodes: [0]) { $0.strike(.crashed, 0, fault: 0) }
      $0.startFault(15, 1, nodes: [0, 1]) {
        $0.strike(.crashed, 0, fault: 1)
        $0.strike(.crashed, 1, fault: 1)
      }
      $0.endFault(20, binding: 0)
      $0.endFault(40, binding: 1) {
        $0.strike(.restarted, 0, fault: 1)
        $0.strike(.restarted, 1, fault: 1)
      }
      $0.startFault(90, 0, nodes: [2]) { $0.strike(.crashed, 2, fault: 0) }
    }
    #expect(faults.map(\.ledger.nodeTimeLost) == [20_000_000, 50_000_000])
  }

  @Test("count calls that found their node down, or were open when it crashed")
  func calls() {
    let faults = Self.judge([Self.crash]) {
      $0.call(5, 0, "put")
      $0.startFault(10, 0) {
        $0.strike(.crashed, 0, fault: 0)
        $0.complete(0, .info)
      }
      $0.call(10, 0, "put") { $0.complete(1, .fail) }
      $0.call(10, 1, "put") { $0.complete(2, .fail) }
    }
    #expect(faults[0].ledger.callsTouched == 2)
  }

  @Test("count what slow nodes handle while they are slow")
  func slow() {
    let faults = Self.judge([.slow(.all, factor: Ratio(4))]) {
      $0.event(5) { $0.handling(0, 1) }
      $0.startFault(10, 0) {
        $0.strike(.slowed, 0, fault: 0)
        $0.strike(.slowed, 1, fault: 0)
      }
      $0.event(20) { $0.handling(0, 0) }
      $0.event(25) { $0.handling(0, 1) }
      $0.endFault(30, binding: 0) {
        $0.strike(.unslowed, 0, fault: 0)
        $0.strike(.unslowed, 1, fault: 0)
      }
    }
    #expect(faults[0].ledger.nodeTimeLost == 15_000_000)
  }

  @Test("tell idle faults from those that put something right")
  func repairs() {
    let faults = Self.judge([Self.crash, .restart(.all), .resume(.all), .heal(0)]) {
      $0.startFault(10, 0) { $0.strike(.crashed, 0, fault: 0) }
      $0.startFault(20, 1) { $0.strike(.restarted, 0, fault: 1) }
      $0.startFault(30, 2)
      $0.startFault(40, 3)
    }
    #expect(faults.map(\.verdict) == [.pass, .pass, .vacuous, .vacuous])
  }

  @Test("a crash in the last instant of a run that is over touches nothing")
  func late() {
    let faults = Self.judge([Self.crash], at: 10) {
      $0.startFault(10, 0) { $0.strike(.crashed, 0, fault: 0) }
    }
    #expect(faults[0].verdict == .vacuous)
  }
}
