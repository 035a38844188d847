import Expressions
import SystemModel

/// What the states of a window were like before it closed: when its closing is judged, the state is
/// another one.
struct LastSight: Sendable {
  /// Whether that may be wanted.
  let isWanted: Bool
  /// What was read in the last state.
  fileprivate(set) var readings: [Evidence.Reading] = []
  /// When the last window closed; nil if it is open.
  fileprivate(set) var closedAt: Int64?
  /// The faults that had fired until then.
  fileprivate(set) var faultsSoFar: [FaultSoFar] = []

  init(_ monitor: AssertionMonitor) {
    let waits: Bool
    switch monitor.automaton.form {
    case .sometimes, .eventually, .response: waits = true
    case .always, .never, .hold: waits = false
    }
    isWanted = waits && !monitor.isWhole && monitor.invariant < 0 && !monitor.looksAtEndOnly
  }

  mutating func reset() {
    readings = []
    closedAt = nil
  }
}

extension Judge {
  /// Keeps what a monitor was shown, if its window may close.
  mutating func noteSight(_ place: Int) {
    guard lastSights[place].isWanted else { return }
    lastSights[place].readings = readings(of: conditionsRead(place))
    lastSights[place].closedAt = nil
  }

  /// Keeps when the window of a monitor closed.
  mutating func noteClosing(_ place: Int, at instant: Int64) {
    guard !lastSights.isEmpty, lastSights[place].isWanted else { return }
    lastSights[place].closedAt = instant
    lastSights[place].faultsSoFar = faultsSoFar
  }

  /// The conditions whose readings show why an assertion failed.
  func conditionsRead(_ place: Int) -> [Int] {
    let monitor = monitors[place]
    return monitor.automaton.form == .response ? [monitor.first, monitor.second] : [monitor.first]
  }

  /// What conditions read in the present state, each name once.
  mutating func readings(of conditions: [Int]) -> [Evidence.Reading] {
    var readings: [Evidence.Reading] = []
    for condition in conditions {
      let seen = expressions[condition].expression.trace(host, &evidenceBudget).readings
      for reading in seen where !readings.contains(where: { $0.name == reading.name }) {
        readings.append(.init(name: reading.name, value: reading.value))
      }
    }
    return readings
  }
}
