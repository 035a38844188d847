internal import Analysis
internal import Expressions
internal import SystemModel

/// The names of the last cell that was compiled. Most cells of a matrix have the same names with
/// other values, and collecting them costs more than all the rest.
public struct EnvironmentCache: Sendable {
  /// What the names depend on.
  private struct Key: Equatable {
    let protocolName: String
    let topology: Topology
    let faults: [String]
    let parameters: [String]
    let types: [ExpressionType]
  }

  private var last: (key: Key, environment: WorldEnvironment)?

  /// Nothing compiled yet.
  public init() {}

  /// The names that expressions may use.
  mutating func environment(
    _ description: ProtocolDescription, _ topology: Topology, faults: [String],
    _ parameters: [WorldEnvironment.Parameter]
  ) -> WorldEnvironment {
    let key = Key(
      protocolName: description.name, topology: topology, faults: faults,
      parameters: parameters.map(\.name), types: parameters.map(\.type))
    if let last, last.key == key { return last.environment.withValues(of: parameters) }
    let environment = WorldEnvironment(
      description: description, topology: topology, faults: faults, parameters: parameters)
    last = (key, environment)
    return environment
  }
}
