import ScenarioSyntax
import SystemModel

/// Explicit deliveries and timers as lines of a draft, each with what happens as a comment.
struct EntryLines {
  let plan: SystemPlan
  let description: ProtocolDescription

  /// The line of a message.
  func line(_ message: FrozenMessages.Message) -> DraftValue {
    let delivery = message.delivery
    var keys: [DraftEntry] = [
      .init("kind", .text(kind(delivery))), .init("from", .text(name(delivery.from))),
      .init("to", .text(name(delivery.to))), .init("nth", .text(String(delivery.nth))),
    ]
    if let flight = delivery.flight {
      keys.append(.init("takes", .duration(flight.nanoseconds)))
    } else {
      keys.append(.init("fate", .text("lost")))
    }
    let copies = delivery.copies.map { span -> DraftValue in
      span.map { .duration($0.nanoseconds) } ?? .text("lost")
    }
    if !copies.isEmpty { keys.append(.init("copy", copies.count == 1 ? copies[0] : .list(copies))) }
    return DraftValue(.mapping(keys), behind: story(message))
  }

  /// The line of a timer.
  func line(_ setting: DrawNotes.TimerSetting) -> DraftValue {
    let timer = description.timers[Int(setting.timer)].name
    let keys: [DraftEntry] = [
      .init("node", .text(name(setting.node))), .init("timer", .text(timer)),
      .init("nth", .text(String(setting.nth))), .init("takes", .duration(setting.span)),
    ]
    let due = text(setting.at + setting.span)
    let end =
      setting.ceased.map { "would run out at \(due), and ends at \(text($0)) before" }
      ?? "runs out at \(due)"
    return DraftValue(.mapping(keys), behind: "set at \(text(setting.at)), \(end)")
  }

  private func story(_ message: FrozenMessages.Message) -> String {
    let delivery = message.delivery
    let nth = ExplicitWords.ordinal(Int64(delivery.nth))
    let what = "the \(nth) \(kind(delivery)) \(name(delivery.from))→\(name(delivery.to))"
    let copies = zip(delivery.copies, message.copies).map { span, end in
      span.map { "a copy \(fate(message, $0, end))" } ?? "a copy is lost"
    }
    let story =
      delivery.flight.map { flight in
        let sent = "sent at \(text(message.at)), "
        if message.isCut { return sent + "cut off" }
        guard message.wasHeld, [.arrived, .down].contains(message.end) else {
          return sent + fate(message, flight, message.end)
        }
        let end = message.end == .down ? ", then lost, as \(name(delivery.to)) is down" : ""
        return sent + "held back for a while" + end
      } ?? "at \(text(message.at)) \(what) is lost"
    return ([story] + copies).joined(separator: "; ")
  }

  /// What becomes of a message, or of a copy of one, that takes some time.
  private func fate(
    _ message: FrozenMessages.Message, _ flight: Duration, _ end: FrozenMessages.End
  ) -> String {
    let arrival = text(message.at + flight.nanoseconds)
    return switch end {
    case .cut(message.at): "cut off"
    case .cut(let instant): "cut off on its way at \(text(instant))"
    case .underWay: "still on its way at the end"
    case .down: "lost at \(arrival), as \(name(message.delivery.to)) is down"
    case .arrived: "arrives at \(arrival)"
    }
  }

  private func kind(_ delivery: ExplicitDelivery) -> String {
    description.messages[Int(delivery.kind)].name
  }

  private func name(_ node: NodeID) -> String { plan.topology.names[node.index] }

  private func text(_ nanoseconds: Int64) -> String { Duration(nanoseconds: nanoseconds).briefText }
}
