/// A call on a register as a search for an order sees it.
struct RegisterOperation: Sendable, Hashable {
  /// What a call does to the register and what it says of it.
  enum Action: Sendable, Hashable {
    /// Found this word.
    case read(Int64)
    /// Left this word behind.
    case write(Int64)
    /// Found the first word and left the second behind.
    case swap(Int64, Int64)
  }

  /// Its place in the history of calls.
  let call: Int
  let action: Action
  /// Which register, counted from 0.
  let key: Int
  /// Who called; its calls keep their order where one is over before the next begins.
  let client: Int
  /// When it was invoked: its place among all beginnings and ends of calls.
  let opened: Int
  /// When it was over, likewise; `Int.max` if nobody knows, or never.
  let closed: Int

  /// Whether it has happened. Other calls may have happened, at any time after their invocation.
  var isRequired: Bool { closed != .max }

  /// What must be in the register for the call to come next; nil if that does not matter.
  var wanted: Int64? {
    switch action {
    case .read(let word), .swap(let word, _): word
    case .write: nil
    }
  }

  /// What is in the register after the call; nil if it does not change.
  var left: Int64? {
    switch action {
    case .read: nil
    case .write(let word), .swap(_, let word): word
    }
  }

  /// The call without its demands: it may have had its effect at any time, once, or never. Nil for
  /// a read, which has none.
  var relaxed: RegisterOperation? {
    guard left != nil else { return nil }
    return RegisterOperation(
      call: call, action: action, key: key, client: client, opened: -1, closed: .max)
  }
}
