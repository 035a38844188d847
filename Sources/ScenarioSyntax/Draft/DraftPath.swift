/// Where a value stands in a scenario that is being edited: `faults[0].at`.
public struct DraftPath: Sendable, Hashable, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// A step from a value to one in it.
  public enum Step: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    /// To the value of a key.
    case key(String)
    /// To an item of a list, counted from 0.
    case item(Int)

    /// To the value of a key.
    public init(stringLiteral key: String) { self = .key(key) }

    /// To an item of a list.
    public init(integerLiteral place: Int) { self = .item(place) }
  }

  /// The steps from the whole scenario.
  public var steps: [Step]

  /// The place that some steps lead to.
  public init(_ steps: [Step]) { self.steps = steps }

  /// The place that some steps lead to.
  public init(arrayLiteral steps: Step...) { self.steps = steps }

  /// The place one step further.
  public func appending(_ step: Step) -> DraftPath { DraftPath(steps + [step]) }

  /// The path as people write it.
  public var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .key(let key): text += text.isEmpty ? key : ".\(key)"
      case .item(let place): text += "[\(place)]"
      }
    }
    return text
  }
}
