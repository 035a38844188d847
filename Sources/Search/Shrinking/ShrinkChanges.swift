import Analysis
import Diagnostics
import Interpreter
import ScenarioSyntax
import SystemModel

/// Counts what a scenario had and what is left of it.
struct ShrinkChanges {
  private let before: Trial
  private let after: Trial

  init(_ before: Trial, _ after: Trial) {
    self.before = before
    self.after = after
  }

  /// What there was, in the order of its weight; what there was nothing of is left out.
  var all: [ShrinkSummary.Change] {
    var changes = [
      change("nodes") { $0.result.topology.count },
      change("faults") { Self.entries(["faults"], of: $0) },
      change("calls") { $0.calls },
      change("workloads") { Self.entries(["workloads"], of: $0) },
    ]
    let named: [DraftPath] = [["faults"], ["workloads"], ["assertions"]]
    for list in EntryList.all(of: before.draft) where !named.contains(list.path) {
      guard case .key(let name)? = list.path.steps.last else { continue }
      changes.append(change(name) { Self.entries(list.path, of: $0) })
    }
    changes += [
      change("groups") { $0.draft[["topology", "groups"]]?.entries?.count ?? 0 },
      change("assertions") { Self.entries(["assertions"], of: $0) },
      change("messages delivered up to the failure") { Self.delivered($0) },
      ShrinkSummary.Change(
        "time of the failure", before.instant.nanoseconds, after.instant.nanoseconds, isTime: true),
      change("lines") { Self.lines($0) },
    ]
    return changes.filter { $0.before != 0 || $0.after != 0 }
  }

  private func change(_ what: String, _ count: (Trial) -> Int) -> ShrinkSummary.Change {
    ShrinkSummary.Change(what, Int64(count(before)), Int64(count(after)))
  }

  private static func entries(_ list: DraftPath, of trial: Trial) -> Int {
    trial.draft[list]?.items?.count ?? 0
  }

  /// How many lines there are, comments and empty ones aside.
  private static func lines(_ trial: Trial) -> Int {
    trial.draft.text.split(separator: "\n").count { line in
      line.first { $0 != " " } != "#"
    }
  }

  /// How many messages were delivered up to the failure: that of the event that decided it is the
  /// last.
  private static func delivered(_ trial: Trial) -> Int {
    let compiled = Interpreter.compile(SourceFile(name: "draft.yaml", text: trial.draft.text))
    guard let cell = compiled.cells.first else { return 0 }
    var counter = DeliveryCounter(
      end: trial.instant, decisive: trial.result.firstEvidence?.record)
    _ = Interpreter.run(cell.plan, reading: &counter)
    return counter.count
  }
}

/// Counts the messages that are delivered up to an event; up to an instant, if none decided.
private struct DeliveryCounter: TraceReader {
  let end: Instant
  let decisive: TraceRecord?
  var count = 0
  private var isOver = false

  init(end: Instant, decisive: TraceRecord?) {
    self.end = end
    self.decisive = decisive
  }

  mutating func read(_ part: Trace) {
    for record in part.records where !isOver && record.instant <= end {
      if record.kind == .delivered { count += 1 }
      isOver = record == decisive
    }
  }
}
