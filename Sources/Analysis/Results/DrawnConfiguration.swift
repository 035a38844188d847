/// What a seed has drawn of a scenario before its run, as the section `vary` says.
public struct DrawnConfiguration: Sendable, Hashable {
  /// A parameter with the value that was drawn.
  public struct Value: Sendable, Hashable {
    /// The name of the parameter.
    public let name: String
    /// The value as a scenario writes it.
    public let text: String

    /// A parameter with its value.
    public init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  /// The parameters that were drawn, in the order of the scenario.
  public var values: [Value]
  /// The faults that are not there, by their names or places; nil if every fault always is.
  public var leftOut: [String]?
  /// The strategy by which messages are late, in words; nil without one.
  public var order: String?

  /// Describes what was drawn.
  public init(values: [Value] = [], leftOut: [String]? = nil, order: String? = nil) {
    self.values = values
    self.leftOut = leftOut
    self.order = order
  }

  /// All of it in one line: `cut_at=73ms victim=node2, without split, pct {depth: 3, …}`.
  public var text: String {
    var parts: [String] = []
    if !values.isEmpty {
      parts.append(values.map { "\($0.name)=\($0.text)" }.joined(separator: " "))
    }
    if let leftOut {
      parts.append(
        leftOut.isEmpty ? "with all faults" : "without " + leftOut.joined(separator: " and "))
    }
    if let order { parts.append(order) }
    return parts.joined(separator: ", ")
  }
}
