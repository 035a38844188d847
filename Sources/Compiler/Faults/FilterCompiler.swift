internal import Diagnostics
internal import ScenarioSyntax
internal import SystemModel

extension CellCompiler {
  /// Which messages are meant; nil after a mistake.
  mutating func filter(_ written: MessagesText) -> MessageFilter? {
    let known = diagnostics.count
    let kinds = written.kinds.compactMap { messageKind($0) }.map { UInt8($0) }
    let from = written.from.flatMap { staticNodes($0) }
    let to = written.to.flatMap { staticNodes($0) }
    let predicate = written.condition.flatMap { self.predicate($0) }
    refuseRepeats(in: written.kinds)
    refuseRepeats(in: written.nth)
    guard diagnostics.count == known else { return nil }
    return MessageFilter(
      kinds: kinds, from: from, to: to, nth: written.nth.map { Int($0.value) },
      predicate: predicate)
  }

  mutating func refuseRepeats<Item: Hashable>(in items: [Marked<Item>]) {
    var first: [Item: SourceSpan] = [:]
    for item in items {
      if let known = first[item.value] { report(.repeatedItem(item.span, known)) }
      first[item.value] = item.span
    }
  }

  /// A moment of messages.
  mutating func messageEvent(_ written: MomentText) -> MessageEvent? {
    let moment: MessageEvent.Moment =
      switch written.moment {
      case .sent: .sent
      case .delivered: .delivered
      case .dropped: .dropped
      }
    return filter(written.messages).map { MessageEvent(moment, $0) }
  }
}
