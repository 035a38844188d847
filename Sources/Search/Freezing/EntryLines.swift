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
    let copies = delivery.copies.map { span in
      span.map { "a copy arrives at \(text(message.at + $0.nanoseconds))" } ?? "a copy is lost"
    }
    let nth = ExplicitWords.ordinal(Int64(delivery.nth))
    let what = "the \(nth) \(kind(delivery)) \(name(delivery.from))→\(name(delivery.to))"
    let story: String
    if let flight = delivery.flight {
      let sent = "sent at \(text(message.at))"
      switch message.end {
      case _ where message.isCut: story = "\(sent), cut off"
      case .cut(let instant): story = "\(sent), cut off on its way at \(text(instant))"
      case .underWay: story = "\(sent), still on its way at the end"
      case .arrived where message.wasHeld: story = "\(sent), held back for a while"
      case .arrived: story = "\(sent), arrives at \(text(message.at + flight.nanoseconds))"
      }
    } else {
      story = "at \(text(message.at)) \(what) is lost"
    }
    return ([story] + copies).joined(separator: "; ")
  }

  private func kind(_ delivery: ExplicitDelivery) -> String {
    description.messages[Int(delivery.kind)].name
  }

  private func name(_ node: NodeID) -> String { plan.topology.names[node.index] }

  private func text(_ nanoseconds: Int64) -> String { Duration(nanoseconds: nanoseconds).briefText }
}
