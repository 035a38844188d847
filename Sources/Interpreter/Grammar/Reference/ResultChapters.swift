import Analysis
import Diagnostics
import Expressions
import ScenarioSyntax
import SystemModel

/// What `conclave trace` writes for programs.
enum TranscriptChapter {
  static var page: ReferencePage { ReferencePage("Transcripts", [.init("", [.prose(intro)])]) }

  private static let intro = """
    `conclave trace FILE --format json` prints a line for each thing that happens, an object of JSON. \
    `conclave judge` reads such lines again. A key that has no meaning for an event is not there.
    """
}

/// What a run leaves behind.
enum ReportChapter {
  static var page: ReferencePage {
    ReferencePage(
      "Reports and exit status",
      [
        .init("Reports", [.list(reports)]),
        .init("Exit status", [.table(["status", "meaning"], rows: statuses), .prose(worst)]),
        .init("Fields of the JSON report", [.prose(fields)]),
      ])
  }

  private static let reports = [
    "`conclave run PATH…` prints a line for each scenario, and for what is no pass the assertion with "
      + "its place, the virtual time, the values of the names in it, the messages that led to it, "
      + "and the command that repeats the run.",
    "`--json FILE` and `--junit FILE` write reports for programs, several at once. JUnit: a suite is "
      + "a file, a case a scenario or a combination of its matrix.",
    "`conclave run --tag a --tag b` takes the scenarios with at least one of the tags. Of a folder, "
      + "files and folders whose names begin with `.` or `_` are left out.",
    "`conclave sweep --seeds 1..1000` runs these seeds, both ends included; `--seeds 5` is the one "
      + "seed 5, not five of them. Of a failure, and of an assertion or fault that left runs vacuous "
      + "or inconclusive, it says in how many runs it occurred, the first seed, and the command that "
      + "repeats it.",
    "`conclave sweep --baseline FILE` compares with the JSON report of an earlier sweep: for each cell "
      + "the share of runs that passed, and for each metric the share of runs in which it has a "
      + "value, mean, p50, p90 and p99. What moved by more than `--tolerance` (5% of the former "
      + "value; for one metric `NAME=10%`, or an amount, `NAME=3` or `NAME=20ms`, which reaches from 0 "
      + "too) is better or worse by the direction of the metric, or changed if it has none. Worse and "
      + "missing figures make the sweep fail, and changed ones of a metric that `--metric` or "
      + "`--tolerance` names. The report of a scenario of another name is refused, unless "
      + "`--other-baseline` is given.",
    "The share of runs that passed has a 95 % interval for all seeds, if seeds are a fair sample. A sweep "
      + "that stopped at its failures has none: where it stopped makes the share. Nor has a matrix as a "
      + "whole, since its cells run the same seeds; each cell has its own. `--failures all` goes on.",
    "`--format github` of `run` and `sweep` adds lines by which GitHub marks what failed in the scenario; "
      + "those of a sweep name the first seed and the command that repeats it.",
    "Of a scenario with `vary` a sweep draws and checks it anew for each seed, which takes longer than "
      + "a short run. A seed that draws a mistake ends it, with exit status 65: `ending` is then "
      + "`refusal`.",
    "`conclave trace FILE` prints every event, as text or as JSON lines.",
    "`--capsules FOLDER` of `run` and `sweep` keeps each failing run as a scenario by itself, "
      + "`NAME.seed-N.capsule.yaml`; `conclave replay` says whether it still fails, and in the same "
      + "way. Nothing is overwritten without `--force`.",
    "`conclave blame FILE` leaves out each fault, call, link and other entry in turn, and says what "
      + "becomes of the failure; then it draws anew what happens behind some instants, and says how "
      + "often the failure comes back.",
    "`conclave shrink FILE` looks for a smaller scenario with the same failure, and writes it as a "
      + "capsule, `NAME.seed-N.shrunk.capsule.yaml`. If it searches to the end, no fault, call, node, "
      + "explicit delivery or timer of the result can be left out by itself. It fails for the same "
      + "reason: if the scenario holds with `mistake: none`, or else without its faults and without "
      + "messages that are lost or copied, so does the smaller one. What fails since something does "
      + "not happen keeps the ends of its faults; and if neither repairs it, a call, if there was one, "
      + "and the time until it failed. What is smaller is "
      + "measured by nodes, faults, other entries, calls, values that chance draws from, places of the "
      + "text, digits, and then by the instant of the failure, in this order. If nothing depended on "
      + "the seed before, nothing does after it.",
    "The trace hash covers all events of a run with their instants: equal hashes are equal runs.",
  ]

  private static let statuses = [
    ["0", "pass"], ["1", "fail"], ["2", "inconclusive"], ["3", "vacuous"],
    ["4", "`replay`: the same failure, on another trace"], ["5", "`replay`: another failure"],
    ["6", "`replay`: no longer fails; `shrink` and `blame`: does not fail"],
    [
      "64",
      "usage: an unknown option, a range that ends before it starts, `--set` of an unknown parameter, "
        + "of another form, or twice of one",
    ],
    ["65", "an invalid scenario, or the verdict `error`"],
    ["66", "a file cannot be read or written"], ["70", "a bug in the tool"],
  ]

  private static let worst = """
    Of several scenarios the worst counts, in the order 70, 66, 65, 6, 5, 4, 1, 3, 2, 0.
    """

  private static let fields = """
    Every field is always there; what has no value is null or empty. Keys that end in `_ns` are \
    whole nanoseconds of virtual time. `[]` is each element of a list, `*` each key of an object \
    whose keys come from the scenario.
    """
}

/// What stays the same, and for how long.
enum PromiseChapter {
  static var page: ReferencePage {
    ReferencePage(
      "What is promised across versions",
      [
        .init("", [.prose(intro), .list(promises)]), .init("Capsules", [.list(capsules)]),
        .init("Frozen runs", [.prose(freezing), .list(frozen)]),
      ])
  }

  private static let intro = """
    This tool has engine semantics \(EngineSemantics.version); `conclave --version`, the JSON reports \
    and capsules say so.
    """

  private static let promises = [
    "The same text, settings, seed and engine semantics give the same events at the same instants, so "
      + "the same trace hash, verdicts and metrics: on every machine, in debug and release, with any "
      + "number of threads, from any version of the tool that has these semantics.",
    "The number changes whenever the trace hash of some scenario and seed can change, or the "
      + "fingerprint of a failure. A test with the recorded hashes of all shipped scenarios watches "
      + "over it.",
    "`conclave run --check-determinism` runs everything twice and compares event by event. A difference "
      + "is printed and the exit status is 70: it is a bug of the tool.",
    "Reports for programs have a number of their own, `schema`. Fields may be added; a field that "
      + "changes its meaning or is given up changes the number.",
    "Texts for people, on the terminal and in messages, may change at any time.",
  ]

  private static let capsules = [
    "The same failure means: the same outcome, and the same fingerprint, which is the assertion that "
      + "fails first with the state that violates it, names of nodes, numbers and texts aside.",
    "With the semantics it was recorded with, a capsule that nobody has edited comes to the same "
      + "failure on the same trace. With later ones it may take another way to its failure, or lose "
      + "it; `conclave replay` says which. An earlier tool refuses it.",
    "A scenario whose runs draw nothing (constant latencies, faults at instants, no loss) does not hang on "
      + "the generator, and keeps its failure longest: that is what `conclave freeze` writes.",
  ]

  private static let freezing = """
    `conclave freeze FILE --seed N` writes out what was drawn in a run. No draw is left in what it writes, \
    so that it does not hang on the generator.
    """

  private static let frozen = [
    "A draw is written out if it mattered: without it a message would arrive, be lost or be copied at "
      + "another instant, or a timer would run out at another one. Nothing is said of a message that a "
      + "partition takes in any case or that is on its way when the run ends, nor of a timer that is "
      + "cancelled in any case; but where a partition takes several at one instant, it does so in the "
      + "order in which they would arrive, and lines keep that order.",
    "A law of latency becomes the constant that needs the fewest lines; loss, duplication and reordering "
      + "of links go, and so do faults of links that act by chance, with the groups that only they name. One "
      + "whose beginning or end matters (it is the last that happens, or a condition comes true with it) "
      + "stays with `0%`, and one that touched nothing stays with `100%`. What differs stands in "
      + "`deliveries`. "
      + "A range of an option becomes a constant, and what differs stands in `timers`.",
    "Drawn instants of a fault become a list, drawn nodes names; a workload that draws becomes lists of "
      + "instants at named nodes.",
    "The frozen scenario has the same course: the same messages, losses, timers, calls, crashes and changes "
      + "of fields at the same instants; and the same verdicts, outcome and fingerprint. Only in which "
      + "order a partition holds messages at one instant is not kept. It is run before "
      + "it is written, with three other seeds too. If it fails it is a capsule.",
    "The trace hash is the same unless faults have other places than before (one that acted by chance is "
      + "gone, or one that drew nodes has an entry for each firing), or a drawn call found nobody to "
      + "call; the hash counts these too.",
    "What cannot be frozen is refused, with the reason: a fault or workload that would become several "
      + "entries although others refer to it by its name, a fault with `when` or `on` that drew other nodes "
      + "each time, and more than \(ValueText.grouped(10_000)) lines.",
  ]
}

/// Every numbered diagnostic.
enum CodeChapter {
  static var page: ReferencePage {
    ReferencePage(
      "Diagnostics",
      [
        .init(
          "",
          [
            .prose(intro),
            .table(
              ["code", "what is wrong"], rows: DiagnosticCodes.all.map { [$0.id, $0.title] }),
          ])
      ])
  }

  /// What codes with a common beginning are about.
  private static let classes = [
    ("E01", "text and YAML"), ("E02", "keys and values"), ("E03", "names and meaning"),
    ("E04", "expressions"), ("E05", "evaluation"), ("E06", "recorded histories and command line"),
    ("W07", "warnings"),
  ]

  private static var intro: String {
    let used = classes.filter { start, _ in
      DiagnosticCodes.all.contains { $0.id.hasPrefix(start) }
    }
    return "`conclave explain CODE` prints a page on each, with a wrong and a right example. "
      + used.map { "\($0)xx: \($1)" }.joined(separator: "; ") + "."
  }
}

/// What is recognised and refused.
enum LaterChapter {
  static var page: ReferencePage {
    ReferencePage("Not supported yet", [.init("", [.prose(intro), .prose(words)])])
  }

  private static let intro = """
    These words have a meaning in the design of the language, and this version does not do it. They \
    are refused by name:
    """

  private static var words: String {
    var entries: [(word: String, places: [String])] = []
    for later in KeyCatalog.laterWords {
      if let place = entries.firstIndex(where: { $0.word == later.word }) {
        if !entries[place].places.contains(later.place) {
          entries[place].places.append(later.place)
        }
      } else {
        entries.append((later.word, [later.place]))
      }
    }
    return entries.map { "`\($0.word)` (\($0.places.joined(separator: ", ")))" }
      .joined(separator: "; ") + "."
  }
}
