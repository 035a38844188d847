import Analysis
import SystemModel

/// Makes the records of a run comparable with those of another scenario that says the same in other
/// words.
struct CourseSteps {
  private let description: ProtocolDescription
  /// The number of each text in the plan of the run that is frozen; empty if they are the same.
  private let numbers: [Int64]

  /// The steps of runs of a plan, in the numbers of another one.
  init(_ plan: JudgementPlan, like first: JudgementPlan) {
    description = plan.description
    let (own, wanted) = (plan.system.symbols, first.system.symbols)
    numbers =
      own == wanted
      ? []
      : own.texts.enumerated().map { place, text in
        wanted.known(text) ?? Int64(wanted.texts.count + place)
      }
  }

  /// A record as far as it belongs to the course; nil if it does not.
  func step(_ record: TraceRecord) -> TraceRecord? {
    var step = record
    step.fault = TraceRecord.noFault
    step.flags = record.flags & 2
    switch record.kind {
    case .faultStarted, .faultEnded, .delayed, .started: return nil
    case .sent, .delivered, .handled, .held, .released: step.id = 0
    case .dropped:
      step.id = 0
      if record.reason == DropReason.fault.rawValue { step.reason = DropReason.loss.rawValue }
    case .duplicated: (step.id, step.first) = (0, 0)
    default: break
    }
    if !numbers.isEmpty { renumber(&step) }
    return step
  }

  private func renumber(_ step: inout TraceRecord) {
    let code = Int(step.code)
    switch step.kind {
    case .sent, .delivered, .handled, .held, .released, .dropped:
      let message = description.messages[code]
      renumber(&step, zip(message.fields.map(\.type), message.parts))
    case .observed:
      let observation = description.observations[code]
      renumber(&step, zip(observation.fields.map(\.type), observation.parts))
    case .callInvoked, .callReached:
      let types = description.calls[code].arguments.map(\.type)
      renumber(&step, zip(types, types.indices.map { WordPart.whole($0) }))
    case .fieldChanged: renumber(&step, zip([description.fields[code].type], [.whole(0)]))
    case .callCompleted where description.calls.contains { $0.result == .symbol }:
      renumber(&step, zip([.symbol], [.whole(0)]))
    default: break
    }
  }

  private func renumber(_ step: inout TraceRecord, _ parts: some Sequence<(WordType, WordPart)>) {
    for (type, part) in parts where type == .symbol {
      switch part.word {
      case 0: step.first = renumbered(step.first, part)
      case 1: step.second = renumbered(step.second, part)
      default: step.third = renumbered(step.third, part)
      }
    }
  }

  private func renumbered(_ word: Int64, _ part: WordPart) -> Int64 {
    let old = part.value(in: word)
    guard part != .whole(part.word) else { return number(old) }
    return word ^ part.word(of: old) | part.word(of: number(old))
  }

  private func number(_ word: Int64) -> Int64 {
    numbers.indices.contains(Int(word)) ? numbers[Int(word)] : word
  }
}
