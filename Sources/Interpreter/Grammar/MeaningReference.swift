/// The part of the reference that says what scenarios mean: what no table of keys can.
enum MeaningReference {
  /// What happens in a run, and in which order.
  static func addRuns(to page: inout Markdown) {
    page.heading(2, "What happens in a run")
    for (title, items) in runs {
      page.heading(3, title)
      page.list(items)
    }
  }

  /// What assertions say of a run, and what comes of it.
  static func addJudgement(to page: inout Markdown) {
    page.heading(2, "What is judged")
    page.table(
      ["form", "holds if", "is vacuous if", "is inconclusive if the run is cut off"],
      [
        [
          "`always`", "the condition is true in every state of every window", "there is no window",
          "by `limits.events`",
        ],
        [
          "`never`", "the condition is true in no state of any window", "there is no window",
          "by `limits.events`",
        ],
        [
          "`eventually`",
          "in every window the condition becomes true, within `within` of its opening, and stays true for `for`",
          "there is no window", "while it is still open",
        ],
        [
          "`sometimes`", "the condition is true in some state of some window", "there is no window",
          "by `limits.events`",
        ],
        [
          "`when`/`then`",
          "after each rising edge of `when`, `then` is true in the same state or later, within `within`, and stays true for `for`",
          "`when` never becomes true", "while one is still open",
        ],
        [
          "`hold`/`until`",
          "in every window `hold` is true up to the state before `until` is, or to the end",
          "there is no window", "by `limits.events`",
        ],
        ["`at_end`", "the condition is true in the last state", "never", "by `limits.events`"],
        [
          "`metric`/`is`", "the metric compares so at the end, exactly as written",
          "the metric has no samples", "by `limits.events`",
        ],
        [
          "`invariant`", "what its row in the list of invariants says, in every state",
          "its subject never occurs", "by `limits.events`",
        ],
      ])
    for (title, items) in judgement {
      page.heading(3, title)
      page.list(items)
    }
  }

  private static let runs: [(String, [String])] = [
    (
      "Time and order",
      [
        "Time is virtual and counted in whole nanoseconds from T0. Nothing depends on the machine.",
        "Events of one instant happen by class, then in the order in which they were scheduled: faults, deliveries and ends of handling, timers, calls.",
        "A run ends when nothing can happen any more, at `limits.time`, whose own instant is included, or after `limits.events` events.",
        "The same text, seed and version give the same bytes out, in every process and build.",
      ]
    ),
    (
      "Links",
      [
        "A direction is sender to receiver. An entry for a pair of nodes wins over one for groups, and that over `default`, each key by itself.",
        "With a `shape` the latency of a pair is the sum over its shortest path, ties to the lower node; faults act on end-to-end pairs.",
        "A `fifo` link, the default, delivers in the order of sending; messages that arrive at one instant keep it too.",
        "Every message takes the draws of its link, whatever becomes of it, so that a fault changes no other draw.",
        "`processing` is the time that a node takes before it sees a message; its effects leave then. With `concurrency` the others wait in order of arrival. A crash before loses the message.",
      ]
    ),
    (
      "Faults",
      [
        "A fault acts from its start up to, and without, its end. Faults on one link compose: any cut cuts, delays add, losses are independent; the end of one leaves the others.",
        "`mode: drop`: a message is lost if the cut is in force at any instant from its sending to its arrival; `in_flight: deliver` spares those sent before. `mode: hold`: messages wait, and travel on at the end with the latency that was left, none overtaking another of its link. `mode: slow`: messages sent meanwhile take `factor` times their latency.",
        "A crash loses what is not durable, timers and messages in handling; messages sent before still travel, those that arrive while the node is down are lost. While it is down its fields show what a restart would find. `for` restarts it, and so does an entry `restart`.",
        "A pause loses nothing: timers, messages and calls wait, and run at the end, messages first.",
        "`slow` stretches handling times, not latencies.",
        "A fault triggered by `when` or `on` acts right after that event, whose own messages are on their way then. `when` fires at the first rising edge, `times: n` at n of them; after `deadline` it does not fire.",
        "`every` fires first after one period, or at `at`; `jitter` makes each firing later by 0 to its value.",
        "`nth` in `messages` counts from the fault's start, in `on` from T0.",
        "A fault that touches nothing (no message, no timer, no node, no call) makes the run vacuous, unless `may_be_idle` says why that is all right.",
      ]
    ),
    (
      "Calls",
      [
        "A call ends `ok` (it happened), `fail` (it did not and will not) or `info` (nobody knows). One that is open at the end counts as `info`, and so does one that is open when its node crashes; a call to a node that is down is `fail`.",
        "`at` and `every` call each of the chosen nodes; `rate` and `clients` one of them at a time. A rate is an open loop: it calls whether or not earlier calls have ended. Clients are a closed loop: each waits for its call and then thinks.",
        "`node` is bound at each call, so `node: leader` calls whoever leads then; if nobody does, nothing is called.",
      ]
    ),
    (
      "Chance",
      [
        "All chance comes from SplitMix64 streams (Steele, Lea, Flood, 2014), one for each purpose and index. With `mix` one step of SplitMix64, a stream starts at `mix(mix(mix(seed) ^ purpose) ^ index)`.",
        "Purposes: 1 link, index `from << 32 | to`; 2 timers, index the node; 3 workload and 4 fault, index the stable key of the entry; 5 fault on one link, index the fault's key mixed with the link's index.",
        "The stable key of an entry is the 64-bit FNV-1a hash of `name:` and its name; without a name, of `entry:`, its kind or call, the keys that say when as they are written, `#` and how many equal ones came before. So a new fault, workload or last node changes no draw of another.",
        "Draws use integers and + − × ÷ √ alone, which every machine rounds alike.",
      ]
    ),
    (
      "Parameters, matrix, extends",
      [
        "`${name}` is replaced in values, never in keys, before the key types the value; `$${` stands for `${`. A list stands only as a whole value. In an expression a parameter is a name, typed by the form of its default.",
        "`matrix` runs the scenario once for each combination, the first key slowest, all with the same seed; ranges include both ends. `--set name=value` fixes a key of the matrix or another default.",
        "`extends` merges mappings key by key and replaces lists and single values; a law of chance or a protocol of another name replaces the whole.",
      ]
    ),
  ]

  private static let judgement: [(String, [String])] = [
    (
      "Windows and states",
      [
        "Assertions look at the state after every event, the one after the start included. `old` is the state before the event; at the start it is the initial state.",
        "`during: split` takes the windows of a fault; `after`, `before` and `between` take points: `split.start`, `split.end`, an instant, a message event, or `{when: EXPRESSION}` at each rising edge. Each window is judged by itself.",
        "A window has the states after its opening event up to the one before its closing event.",
        "`within` counts from the opening, or from the `when`, and includes all events of its last instant; a window that closes first is the deadline. What `for` wants must begin within `within`.",
        "When nothing can happen any more, what is true stays true for ever, and what is still open fails.",
      ]
    ),
    (
      "Verdicts",
      [
        "In this order the worst counts: `error`, `fail`, `vacuous`, `inconclusive`, `pass`. A run goes on after a violation; each assertion keeps its first.",
        "An expression that cannot be evaluated (an index too large, an overflow, a field of null) is an `error`, never false.",
        "A pass means something: an assertion that had no chance to fail, a fault that touched nothing, or a run without assertions is `vacuous`. `may_be_vacuous` and `may_be_idle` take the reason why that is all right.",
        "`limits.time` is the planned end: `always`, `never`, `at_end` and `metric` are judged there, and only what is still open is inconclusive. `limits.events` is the emergency end: whatever has not failed is inconclusive.",
        "`expect: {fail: NAMES}`: the named assertions count as passed if they fail, and as failed if not; the others count as usual.",
        "Exit status: 0 pass, 1 fail, 2 inconclusive, 3 vacuous, 64 usage, 65 invalid scenario or `error`, 66 file not readable, 70 a bug of the tool. Of several scenarios the worst counts, in the order 70, 66, 65, 1, 3, 2, 0.",
      ]
    ),
  ]
}
