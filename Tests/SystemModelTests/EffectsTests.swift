@testable import SystemModel
import Testing

@Suite struct EffectsTests {
  /// A machine that does nothing; only its words matter here.
  struct Mute: StateMachine {
    enum Message: MachineMessage {
      case word(Int64)
      var kind: UInt8 { 0 }
      var payload: MessagePayload {
        guard case .word(let word) = self else { return MessagePayload(0) }
        return MessagePayload(0, word)
      }
    }
    enum Timer: UInt8, MachineTimer { case first, second }

    static let description = ProtocolDescription(
      name: "mute", summary: "Says nothing.", source: "", assumptions: [], guarantees: [],
      family: .barrier, messages: [MessageDeclaration("word", [.init("word", .int)], "A word.")],
      fields: [])

    init(_ context: NodeContext) {}
    mutating func start(_ effects: inout Effects<Self>) {}
    mutating func receive(
      _ message: Message, from sender: NodeID, _ effects: inout Effects<Self>
    ) {}
    mutating func timerFired(_ timer: Timer, _ effects: inout Effects<Self>) {}
    mutating func invoke(_ call: ClientCall, _ effects: inout Effects<Self>) {}
    mutating func crash(keepingDisk: Bool) {}
    mutating func restart(_ effects: inout Effects<Self>) {}
    func word(ofField index: Int) -> Int64 { 0 }
  }

  private func texts(_ effects: Effects<Mute>) -> [String] {
    effects.all.map { effect in
      switch effect {
      case .send(let message, let to, let counted):
        "send \(message.payload.first) to \(to.index)\(counted ? "" : ", a copy")"
      case .broadcast(let message): "broadcast \(message.payload.first)"
      case .setTimer(let timer, let low, let high):
        "set \(timer) \(low.nanoseconds)..\(high.nanoseconds)"
      case .cancelTimer(let timer): "cancel \(timer)"
      case .complete(let call, let outcome, let value):
        "complete \(call.index) \(outcome.name) \(value == WordType.absent ? "-" : "\(value)")"
      case .observe(let observation, let value):
        "observe \(observation) \(value == WordType.absent ? "-" : "\(value)")"
      }
    }
  }

  @Test func keepsTheOrderInWhichThingsWereAsked() {
    var effects = Effects<Mute>()
    effects.send(.word(1), to: NodeID(2))
    effects.send(.word(2), to: NodeSet([NodeID(3), NodeID(1)]))
    effects.broadcast(.word(3))
    effects.setTimer(.first, after: Duration(nanoseconds: 5))
    effects.setTimer(.second, between: .zero, and: Duration(nanoseconds: 9))
    effects.cancelTimer(.first)
    effects.complete(CallID(4), .ok, value: 8)
    effects.complete(CallID(5), .fail)
    effects.observe(1, value: -3)
    effects.observe(2)
    #expect(
      texts(effects) == [
        "send 1 to 2", "send 2 to 1", "send 2 to 3, a copy", "broadcast 3", "set first 5..5",
        "set second 0..9", "cancel first", "complete 4 ok 8", "complete 5 fail -",
        "observe 1 -3", "observe 2 -",
      ])
    #expect(effects.count == 11)
  }

  /// What was asked for can be asked for again, as by a machine that wraps another.
  @Test func isWrittenAgain() {
    var effects = Effects<Mute>()
    effects.send(.word(2), to: NodeSet([NodeID(3), NodeID(1)]))
    effects.broadcast(.word(3))
    effects.setTimer(.second, between: .zero, and: Duration(nanoseconds: 9))
    effects.cancelTimer(.first)
    effects.complete(CallID(4), .info, value: 8)
    effects.observe(255, value: -3)
    var again = Effects<Mute>()
    for effect in effects.all { again.append(effect) }
    #expect(texts(again) == texts(effects))
    #expect(again.count == 7)
  }

  @Test func isOverwrittenInPlace() {
    var effects = Effects<Mute>()
    for word in 0..<5 { effects.broadcast(.word(Int64(word))) }
    effects.removeAll()
    #expect(effects.count == 0)
    #expect(texts(effects).isEmpty)
    effects.cancelTimer(.second)
    #expect(texts(effects) == ["cancel second"])
  }
}
