/// Why a run cannot be frozen, in words for its author.
public enum FreezeError: Error, Sendable, Hashable {
  /// More happens in the run than a file can say.
  case tooLong
  /// So many messages and timers would need a line.
  case tooManyLines(Int, limit: Int)
  /// Something refers by name to an entry that would have to become several, or none.
  case referred(what: String, name: String)
  /// A fault that waits for a condition or a message has fired several times, each time at other
  /// nodes that were drawn.
  case drawnAgain(fault: String)
  /// The frozen scenario was refused, in the words of the diagnostics: a bug of ours.
  case refused(String)
  /// The frozen scenario does something else, and what that is.
  case differs(String)

  /// What to tell.
  public var text: String {
    switch self {
    case .tooLong: "too much happens in this run to write it out; make `limits.time` shorter"
    case .tooManyLines(let count, let limit):
      "\(count) messages and timers would need a line each, and \(limit) are the most; make "
        + "`limits.time` shorter, or the scenario smaller"
    case .referred(let what, let name):
      "the \(what) `\(name)` would have to become several entries or none, and others refer to it by "
        + "its name"
    case .drawnAgain(let fault):
      "the fault `\(fault)` waits for something and has fired several times at nodes that were drawn: "
        + "there are no instants to write, and no names that hold each time"
    case .refused(let words): "the frozen scenario would be refused; this is a bug:\n\(words)"
    case .differs(let what): "the frozen scenario would not do the same: \(what)"
    }
  }
}
