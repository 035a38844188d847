public import Analysis
import Diagnostics
public import Interpreter
import ScenarioSyntax
import SystemModel

/// A run as a scenario in which nothing is left to chance.
public struct FrozenScenario: Sendable {
  /// The text.
  public let text: String
  /// How many explicit deliveries it has.
  public let deliveries: Int
  /// How many explicit timers it has.
  public let timers: Int
  /// Whether even the trace hash is that of the run: no firing of a fault is counted otherwise.
  public let hasSameHash: Bool
  /// Whether the run fails, so that the scenario is a capsule.
  public let isCapsule: Bool
  /// What was found in the frozen run.
  public let result: RunResult
}

/// Writes out every draw of a run that mattered.
///
/// A draw matters if the course of the run would be another without it. What comes out is a scenario
/// that does the same, message by message and field by field, with whatever seed: that is proved
/// before it is given out.
public struct Freeze {
  /// How many lines of messages and timers a frozen scenario has at the most.
  public static let lineLimit = 10_000

  private let scenario: CompiledScenario
  private let cell: Int
  private let plan: JudgementPlan
  private let run: ObservedRun
  private let messages: FrozenMessages
  private let timers: FrozenTimers

  /// Freezes the run of a cell with the seed of its plan.
  public static func frozen(
    _ scenario: CompiledScenario, cell: Int
  ) throws(FreezeError) -> FrozenScenario {
    let freeze = try Freeze(scenario, cell: cell)
    let found = freeze.attempt(FrozenForm())
    guard case .failure(.differs) = found else { return try found.get() }
    // If none of the other forms does, what was found first says more.
    for form in FrozenForm.others(of: freeze.plan.system) {
      if case .success(let frozen) = freeze.attempt(form) { return freeze.simplest(form, frozen) }
    }
    return try found.get()
  }

  private func attempt(_ form: FrozenForm) -> Result<FrozenScenario, FreezeError> {
    do throws(FreezeError) {
      return .success(try frozen(form))
    } catch {
      return .failure(error)
    }
  }

  /// A frozen scenario without those of the faults that were kept whose beginning and end do not
  /// matter.
  private func simplest(_ form: FrozenForm, _ frozen: FrozenScenario) -> FrozenScenario {
    var (form, best) = (form, frozen)
    for fault in form.kept where form.kept.count > 1 {
      var simpler = form
      simpler.kept.removeAll { $0 == fault }
      if case .success(let found) = attempt(simpler) { (form, best) = (simpler, found) }
    }
    return best
  }

  private init(_ scenario: CompiledScenario, cell: Int) throws(FreezeError) {
    self.scenario = scenario
    self.cell = cell
    plan = scenario.cells[cell].plan
    guard let run = ObservedRun(plan, like: plan, keepingRecords: true) else { throw .tooLong }
    self.run = run
    messages = FrozenMessages(run)
    timers = FrozenTimers(settings: run.notes.timers)
  }

  private func frozen(_ form: FrozenForm) throws(FreezeError) -> FrozenScenario {
    var draft = scenario.draft(cell: cell)
    draft.remove(["deliveries"])
    draft.remove(["timers"])
    // What a strategy made late is in the flights.
    draft.remove(["vary"])
    let faults = try FrozenFaults(draft, plan.system, run, form)
    draft.replace("faults", faults.entries)
    let isDrawn = plan.system.workloads.contains { $0.isDrawn }
    if isDrawn || form.isStrict {
      let workloads = try FrozenWorkloads(
        draft, plan.system, run, isStrict: form.isStrict, isPatient: form.isPatient)
      draft.replace("workloads", workloads.entries)
    }
    draft.removeUnusedParameters()
    draft = FrozenLinks.frozen(draft, plan.system.topology, run.notes.flights)
    draft.removeUnusedGroups(unlessUnusedIn: scenario)
    let (frozen, explicit) = try withConstantOptions(draft)
    return try pruned(frozen, explicit, faults.origins)
  }

  // MARK: Every entry

  /// The draft with constants for the options from which timers draw: those that need the fewest
  /// entries. Where no constant leaves the course as it is, the range stays, and each timer has an
  /// entry.
  private func withConstantOptions(
    _ draft: ScenarioDraft
  ) throws(FreezeError) -> (ScenarioDraft, ObservedRun) {
    let ranges = FrozenOptions.ranges(draft, plan.description, run.notes.timers)
    var best = draft
    var found: ObservedRun?
    for range in ranges {
      var fewest: (count: Int, draft: ScenarioDraft, run: ObservedRun)?
      for candidate in range.candidates {
        var tried = best
        tried[range.path] = best[range.path]?.with(DraftValue.duration(candidate).content)
        guard let run = try explicitRun(tried, mustAgree: false) else { continue }
        let count = timers.needed(run.notes.timers, end: end).count
        if count < fewest?.count ?? .max { fewest = (count, tried, run) }
      }
      if let fewest { (best, found) = (fewest.draft, fewest.run) }
    }
    if let found { return (best, found) }
    guard let run = try explicitRun(best, mustAgree: true) else { throw .tooLong }
    return (best, run)
  }

  /// Carries out a draft in which every message and every timer has an entry; nil if its course is
  /// another.
  private func explicitRun(
    _ draft: ScenarioDraft, mustAgree: Bool
  ) throws(FreezeError) -> ObservedRun? {
    var plan = try compiled(draft.text).cells[0].plan
    plan.system.deliveries = explicitPlaces.map { messages.all[$0].delivery }
    plan.system.timers = timers.settings.map {
      ExplicitTimer(
        node: $0.node, timer: $0.timer, nth: $0.nth, span: Duration(nanoseconds: $0.span))
    }
    plan.entries = (plan.system.deliveries.map { _ in "" } + plan.system.timers.map { _ in "" })
      .map { EntryJudgement(name: $0) }
    guard let found = ObservedRun(plan, like: self.plan) else { throw .tooLong }
    if let difference = run.course.difference(from: found.course) {
      if mustAgree { throw .differs(words(difference)) }
      return nil
    }
    return found
  }

  /// The messages that have an entry in the runs that show what is needed.
  private var explicitPlaces: [Int] {
    let hasChance = plan.system.faults.contains { $0.action.isChance }
    return messages.all.indices.filter { hasChance || !messages.isIdle($0) }
  }

  private var end: Int64 { run.result.endedAt.nanoseconds }

  // MARK: What is needed

  /// A fault that touches nothing any more, since entries do what it did, is accepted.
  private func excuseIdleFaults(
    of draft: inout ScenarioDraft, _ found: RunResult, _ origins: [Int]
  ) {
    for (place, fault) in found.faults.enumerated()
    where fault.verdict == .vacuous && run.result.faults[origins[place]].verdict == .pass {
      let reason =
        origins.count { $0 == origins[place] } > 1
        ? "this time nothing was there to touch" : "`deliveries` says what it did"
      draft[["faults", .item(place), "may_be_idle"]] = .text(reason)
    }
  }

  private func pruned(
    _ draft: ScenarioDraft, _ explicit: ObservedRun, _ origins: [Int]
  ) throws(FreezeError) -> FrozenScenario {
    var defaults: [DrawNotes.Default?] = messages.all.map { _ in nil }
    let places = explicitPlaces
    for found in explicit.notes.defaults { defaults[places[found.delivery]] = found }
    let needed = timers.needed(explicit.notes.timers, end: end)
    var last = FreezeError.tooLong
    let certain = messages.needed(defaults, end: end, isCareful: false)
    let ways = [certain, messages.needed(defaults, end: end, isCareful: true), places]
    for way in ways {
      let count = way.count + needed.count
      guard count <= Self.lineLimit else { throw .tooManyLines(count, limit: Self.lineLimit) }
      do throws(FreezeError) {
        let found = try proved(draft, way, needed, origins)
        let lines = FrozenLines(way, certain: certain, of: try compiled(found.text), run, plan)
        guard lines.needed != way else { return found }
        return (try? proved(draft, lines.needed, needed, origins)) ?? found
      } catch {
        guard case .differs = error else { throw error }
        last = error
      }
    }
    throw last
  }

  // MARK: The proof

  private func proved(
    _ draft: ScenarioDraft, _ deliveries: [Int], _ timers: [Int], _ origins: [Int]
  ) throws(FreezeError) -> FrozenScenario {
    var draft = draft
    let lines = EntryLines(plan: plan.system, description: plan.description)
    draft.replace("deliveries", deliveries.map { lines.line(messages.all[$0]) })
    draft.replace("timers", timers.map { lines.line(self.timers.settings[$0]) })
    let seed = DraftValue(
      .text(String(run.result.seed)), above: draft[["seed"]]?.above ?? [],
      behind: "of the run that was frozen; nothing depends on it")
    draft[["seed"]] = seed
    let others = ToolHeader.removed(from: draft.header)
    draft.header = Self.header(run.result) + (others.isEmpty ? [] : [""]) + others
    draft.remove(["capsule"])
    let probe = Interpreter.run(try compiled(draft.text).cells[0].plan)
    excuseIdleFaults(of: &draft, probe, origins)
    let found = try agreeing(draft)
    let failure = FailureRecord(found, plan.description, tool: Version.text)
    draft[["capsule"]] = failure.map(Capsule.section)
    return FrozenScenario(
      text: draft.text, deliveries: deliveries.count, timers: timers.count,
      hasSameHash: found.traceHash == run.result.traceHash, isCapsule: failure != nil,
      result: found)
  }

  /// The result of a draft that does the same as the run, with other seeds, too.
  private func agreeing(_ draft: ScenarioDraft) throws(FreezeError) -> RunResult {
    let frozen = try compiled(draft.text).cells[0].plan
    guard let first = ObservedRun(frozen, like: plan) else { throw .tooLong }
    if let difference = run.course.difference(from: first.course) {
      throw .differs(words(difference))
    }
    if let difference = judgementDifference(first.result) { throw .differs(difference) }
    for seed in OtherSeeds.of(frozen.system.seed) {
      var other = frozen
      other.system.seed = seed
      guard let found = ObservedRun(other, like: plan), found.course == first.course,
        found.result.traceHash == first.result.traceHash
      else { throw .differs("it still depends on the seed") }
    }
    return first.result
  }

  /// In what the judgement of a frozen run differs; nil if it does not.
  private func judgementDifference(_ found: RunResult) -> String? {
    let wanted = run.result
    for (before, after) in zip(wanted.assertions, found.assertions)
    where before.verdict != after.verdict {
      return "`\(before.name)` was \(before.verdict.rawValue), and would be "
        + after.verdict.rawValue
    }
    guard wanted.outcome == found.outcome, wanted.verdict == found.verdict else {
      return "the outcome was \(wanted.outcome.rawValue), and would be \(found.outcome.rawValue)"
        + (found.remarks.first.map { ": \($0)" } ?? "")
    }
    let prints = [wanted, found].map {
      Fingerprint($0, plan.description, countingSometimes: true)?.code
    }
    return prints[0] == prints[1] ? nil : "the failure would show in another way"
  }

  private static func header(_ result: RunResult) -> [String] {
    [
      "\(ToolHeader.Opening.frozen.rawValue), written \(ToolHeader.signature): that of "
        + "\(result.name) with seed \(result.seed).",
      "Every draw that mattered is written out; nothing is left to chance.",
    ]
  }

  private func compiled(_ text: String) throws(FreezeError) -> CompiledScenario {
    let compiled = Interpreter.compile(SourceFile(name: "frozen.yaml", text: text))
    guard !compiled.cells.isEmpty else {
      throw .refused(DiagnosticRenderer(compiled.sources).text(compiled.diagnostics))
    }
    return compiled
  }

  /// The first difference between the run and a frozen one.
  private func words(_ difference: (here: TraceRecord?, there: TraceRecord?)) -> String {
    let text = RecordText(plan.description, plan.system)
    func words(_ record: TraceRecord?) -> String {
      record.map { "`\(text.text($0))` at \($0.instant.text)" } ?? "nothing more"
    }
    return "where the run has \(words(difference.here)), the frozen one has "
      + words(difference.there)
  }
}
