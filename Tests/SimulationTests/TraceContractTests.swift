import Simulation
import SystemModel
import Testing

/// The contract of the trace: what is written at its table in `TraceRecord`.
@Suite struct TraceContractTests {
  /// A run in which everything happens.
  static func everything(seed: UInt64 = 1) -> Story {
    var story = Story(4)
    story.seed = seed
    story.timeLimit = at(600)
    story.ticks = (ms(7), ms(13))
    story.greets = [1]
    story.initial = [NodeID(2): [nil, 8, nil, nil]]
    story.policies = [
      LinkPolicy(
        latency: [.uniform(low: ms(2), high: ms(9))], loss: Ratio(1, 20), duplicate: Ratio(1, 20))
    ]
    story.processing = Processing(
      rows: [[3_000_000, 0, 1_000_000, 2_000_000]], rowOf: [0, 0, 0, 0], concurrency: [1])
    story.workload(
      .clients(3, think: .uniform(low: .zero, high: ms(9)), start: at(1)), .all,
      .init(call: Probe.Call.ask.rawValue, arguments: [3]),
      .init(call: Probe.Call.work.rawValue, arguments: [4_000_000]),
      .init(call: Probe.Call.write.rawValue, arguments: [6]))
    let often = { (first: Int64) in
      FaultTrigger.every(first: at(first), period: ms(90), jitter: ms(30), until: .never)
    }
    story.fault(.crash(.random(1), keepingDisk: true), often(20), .lasting(25))
    story.fault(.crash(.random(1), keepingDisk: false), often(33), .lasting(25))
    story.fault(.pause(.random(2)), often(0), .lasting(30))
    story.fault(.slow(.all, factor: Ratio(2)), often(45), .lasting(60))
    story.fault(.cut(.halves, oneWay: false, .hold), often(50), .lasting(20))
    story.fault(.cut(.randomHalves, oneWay: false, .slow(factor: Ratio(3))), often(60), .lasting(9))
    let cut = story.fault(
      .cut(.isolate(.random(1)), oneWay: true, .drop(sparingInFlight: false)), often(70))
    story.fault(.heal(cut), often(75))
    story.fault(.link(.all, .reorder(Ratio(1, 5), extra: nil)), often(0), .lasting(40))
    story.fault(.restart(.all), often(64))
    story.fault(.resume(.all), often(66))
    return story
  }

  @Test(arguments: 1...5)
  func eachEventBeginsWithOneRecordThatSaysSo(seed: Int) {
    let tale = Self.everything(seed: UInt64(seed)).run()
    let beginning: Set<TraceRecord.Kind> = [
      .started, .delivered, .handled, .dropped, .timerFired, .callInvoked, .callReached,
      .faultStarted, .faultEnded, .ended,
    ]
    var at: Int64 = 0
    for (place, record) in tale.records.enumerated() {
      if record.beginsEvent {
        #expect(beginning.contains(record.kind), "\(tale.line(record))")
        #expect(record.at >= at)
        at = record.at
      }
      #expect(record.at == at, "all records of an event have its instant")
      #expect((record.kind == .started) == (place == 0))
      #expect((record.kind == .ended) == (place == tale.records.count - 1))
    }
  }

  @Test func everyKindOfRecordIsWritten() {
    var missing = Set(TraceRecord.Kind.allCases)
    for seed in 1...3 {
      for record in Self.everything(seed: UInt64(seed)).run().records {
        missing.remove(record.kind)
      }
    }
    #expect(missing.isEmpty)
  }

  /// The fields that the trace tells are those of the machines, at the start and ever after.
  @Test(arguments: 1...5)
  func fieldsFollowTheMachines(seed: Int) {
    let tale = Self.everything(seed: UInt64(seed)).run()
    var words = [[Int64?]](repeating: [nil, nil, nil], count: 4)
    var lists = [[Int64]](repeating: [], count: 4)
    var wanted = 0
    for record in tale.records {
      let node = record.from.index
      switch record.kind {
      case .fieldChanged:
        #expect(words[node][Int(record.code)] != record.first)
        words[node][Int(record.code)] = record.first
      case .listChanged, .continued:
        #expect(record.code == 3)
        if record.kind == .listChanged {
          #expect(wanted == 0)
          lists[node] = []
          wanted = Int(record.id)
        }
        let words = [record.first, record.second, record.third].prefix(wanted)
        lists[node] += words
        wanted -= words.count
      default: #expect(wanted == 0, "nothing comes between a list and its further words")
      }
    }
    for (node, machine) in tale.machines.enumerated() {
      #expect(words[node] == (0..<3).map { machine.word(ofField: $0) })
      #expect(lists[node] == machine.list(ofField: 3))
    }
  }

  @Test func theStartHasEveryField() {
    let first = Self.everything().run().events[0]
    for node in 1...4 {
      #expect(first.contains("0 field \(node) disk \(node == 3 ? 8 : 0)"))
      #expect(first.contains("0 field \(node) seen 0"))
    }
    #expect(!first.contains { $0.contains("listChanged") }, "empty lists are not written")
  }

  /// Every message is sent once and has one end: delivered, lost, held for ever or under way.
  @Test(arguments: 1...5)
  func everyMessageHasOneFate(seed: Int) {
    let tale = Self.everything(seed: UInt64(seed)).run()
    var open: Set<Int64> = []
    var arrived: Set<Int64> = []
    for record in tale.records {
      switch record.kind {
      case .sent, .duplicated:
        #expect(open.insert(record.id).inserted)
      case .delivered:
        #expect(open.remove(record.id) != nil)
        arrived.insert(record.id)
      case .dropped where record.reason == DropReason.crash.rawValue:
        #expect(arrived.remove(record.id) != nil || open.remove(record.id) != nil)
      case .dropped: #expect(open.remove(record.id) != nil)
      case .held, .released, .delayed: #expect(open.contains(record.id))
      case .handled: #expect(arrived.remove(record.id) != nil)
      default: break
      }
    }
    let sent = tale.records.filter { $0.kind == .sent }
    #expect(tale.counts.wire == sent.count)
    #expect(tale.counts.logical == sent.filter(\.isLogical).count)
    #expect(tale.counts.delivered == tale.records.filter { $0.kind == .delivered }.count)
    #expect(tale.counts.dropped == tale.records.filter { $0.kind == .dropped }.count)
    #expect(tale.counts.duplicated == tale.records.filter { $0.kind == .duplicated }.count)
  }

  /// Calls are invoked once, in the order of their ids, and end once at most.
  @Test(arguments: 1...5)
  func everyCallEndsOnceAtMost(seed: Int) {
    var next: Int64 = 0
    var open: Set<Int64> = []
    for record in Self.everything(seed: UInt64(seed)).run().records {
      if record.kind == .callInvoked {
        #expect(record.id == next)
        next += 1
        open.insert(record.id)
      } else if record.kind == .callReached {
        #expect(open.contains(record.id))
      } else if record.kind == .callCompleted {
        #expect(open.remove(record.id) != nil)
      }
    }
    #expect(next > 20)
  }

  /// Bindings begin and end once; a node is up or down, going or paused, as the records say.
  @Test(arguments: 1...5)
  func faultsAndNodesTakeTurns(seed: Int) {
    let tale = Self.everything(seed: UInt64(seed)).run()
    var open: Set<Int64> = []
    var isDown = Set<NodeID>()
    var isPaused = Set<NodeID>()
    for record in tale.records {
      switch record.kind {
      case .faultStarted:
        #expect(open.insert(record.id).inserted)
        #expect(tale.bindings[Int(record.id)].fault == Int(record.fault))
      case .faultEnded: #expect(open.remove(record.id) != nil)
      case .crashed:
        isDown.insert(record.from)
        #expect(!isPaused.contains(record.from))
      case .restarted: #expect(isDown.remove(record.from) != nil)
      case .paused:
        isPaused.insert(record.from)
        #expect(!isDown.contains(record.from))
      case .resumed: #expect(isPaused.remove(record.from) != nil)
      case .delivered, .handled:
        #expect(!isDown.contains(record.to) && !isPaused.contains(record.to))
      case .timerFired, .observed, .callReached:
        #expect(!isDown.contains(record.from) && !isPaused.contains(record.from))
      default: break
      }
    }
    #expect(tale.bindings.count > 30)
  }

  /// Handling counts go up and down by what is in the hands of the node.
  @Test(arguments: 1...5)
  func handlingIsCounted(seed: Int) {
    var handling = [Int64](repeating: 0, count: 4)
    for record in Self.everything(seed: UInt64(seed)).run().records
    where record.kind == .handling {
      #expect((0...1).contains(record.first), "one hand each")
      handling[record.from.index] = record.first
    }
  }

  @Test func aBroadcastIsOneLogicalMessage() {
    var story = Story(4)
    story.call(5, 2, .spread, 3)
    story.ping(6, 1, 2, 1)
    let tale = story.run()
    #expect(
      tale.records.filter { $0.kind == .sent }.map(\.isLogical) == [true, false, false, true])
    #expect(tale.counts.logical == 2)
    #expect(tale.counts.wire == 4)
  }

  @Test func recordsAreSmall() {
    #expect(MemoryLayout<TraceRecord>.stride == 56)
  }
}
