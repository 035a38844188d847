/// The random generator, its streams, and the draws: exactly.
enum ChanceChapter {
  static var page: ReferencePage {
    ReferencePage(
      "Chance",
      [
        .init("", [.prose(intro)]),
        .init("Generator", [.prose(generator), .code(generatorCode)]),
        .init(
          "Streams", [.prose(streams), .table(["purpose", "index", "draws"], rows: purposes)]),
        .init("Stable keys", [.prose(keys), .list(keyRules)]),
        .init("Draws", [.list(draws)]),
        .init("Laws", [.prose(laws), .table(["law", "draws", "value"], rows: lawRows)]),
        .init("The logarithm and the bell curve", [.prose(functions), .code(functionCode)]),
        .init("Draws of a message", [.list(message)]),
      ])
  }

  private static let intro = """
    All chance comes from `seed`. There is one stream of draws for each purpose and index, so that a \
    new fault, a new workload or a last node changes no other draw. Draws use integers, or + − × ÷ √ \
    on 64-bit floating point numbers alone, which every machine rounds alike.
    """

  private static let generator = """
    SplitMix64 (Steele, Lea, Flood, OOPSLA 2014, figure 17), with a state of 64 bits; all arithmetic \
    is modulo 2^64 and `>>` shifts zeros in.
    """

  private static let generatorCode = """
    mix(v):   z = v + 0x9E3779B97F4A7C15
              z = (z xor (z >> 30)) * 0xBF58476D1CE4E5B9
              z = (z xor (z >> 27)) * 0x94D049BB133111EB
              return z xor (z >> 31)
    next():   r = mix(state); state = state + 0x9E3779B97F4A7C15; return r
    """

  private static let streams = """
    A stream starts at the state `mix(mix(mix(seed) xor purpose) xor index)`. Nodes count from 0.
    """

  private static let purposes = [
    ["1 link", "sender × 2^32 + receiver", "latency, loss, duplication and reordering of a link"],
    ["2 timers", "the node", "timers that are set to a range"],
    ["3 workload", "its stable key", "arrivals, nodes, choices of calls, think times"],
    ["4 fault", "its stable key", "targets, jitter, shapes of partitions"],
    [
      "5 link fault", "mix(stable key of the fault) xor (sender × 2^32 + receiver)",
      "chances and delays of the fault on that link",
    ],
    ["6 variation", "the stable key of the parameter", "the value of a parameter of `vary`"],
    ["7 swarm", "the stable key of the fault", "whether a fault is there, by `vary`"],
    [
      "8 lateness", "sender × 2^32 + receiver", "how late the messages of a link are, by `vary`",
    ],
    ["9 order point", "a number from 1", "the messages at which `vary` changes the order"],
  ]

  private static let keys = """
    The key of a fault, workload or parameter is the 64-bit FNV-1a hash (offset 0xCBF29CE484222325, prime \
    0x100000001B3) of a text in UTF-8:
    """

  private static let keyRules = [
    "with a name: `name:` and the name;",
    "else: `entry:`, what it is, a space, when as it is written (before `${name}` is replaced), `#`, "
      + "and how many equal entries stand before it. What it is: the key of the fault's kind, or the "
      + "calls with `+` between them. When: those of `at every when on jitter times deadline` of a "
      + "fault and of `at every rate clients` of a workload that are given, in this order, each as "
      + "`key=value` with a space between them; `[a,b]` a list, `{key=value …}` a mapping.",
    "So an entry with a name keeps its draws whatever else changes; one without a name keeps them "
      + "until its time is reworded.",
  ]

  private static let draws = [
    "below(b), a number from 0 to b − 1: the high 64 bits of the 128-bit product `next() × b`. One "
      + "draw.",
    "between(a, b), both included: a + below(b − a + 1). One draw, also if a = b.",
    "An event of probability p/q, reduced: below(q) < p. One draw, also for 0 % and 100 %.",
    "unit(), in [0, 1): (next() >> 11) × 2^−53. One draw.",
    "k different ones of n in a list: for i from 0 to k − 1 exchange the elements i and "
      + "i + below(n − i); the first k are chosen. Nodes are then taken in the order of the topology.",
    "One of some calls by weight: below(sum of the weights), in the order of `mix`. A single call "
      + "takes no draw.",
  ]

  private static let laws = """
    Values are whole nanoseconds from 0 to 2^60; the means and products of floating point numbers \
    are rounded toward zero.
    """

  private static let lawRows = [
    ["constant", "none", "the value"],
    ["`a..b`, `uniform`", "one", "between(a, b)"],
    ["`normal`", "one", "mean + deviation × quantile(unit()), rounded; at least 0"],
    ["`exponential`", "one", "min + the rounded product of mean − min and −log(1 − unit())"],
    [
      "`lognormal`", "one",
      "the rounded product of median and exp(σ × quantile(unit())), σ = log(p99 ÷ median) ÷ "
        + "2.3263478740408408",
    ],
    [
      "`pareto`", "one",
      "the rounded product of min and exp((mean − min) ÷ mean × −log(1 − unit()))",
    ],
    [
      "`arrivals: poisson`", "one for each call",
      "the gap to the next call, exponential with the mean 1/rate, rounded",
    ],
  ]

  private static let functions = """
    log is the natural logarithm as a series; quantile is PPND7 of Wichura's algorithm AS 241 \
    (Applied Statistics 37, 1988), exact to about seven decimals, with this log; exp is e to a power \
    as a series.
    """

  private static let functionCode = """
    log(v):       v = m × 2^e with 1 <= m < 2; if m > 1.4142135623730951: m = m × 0.5, e = e + 1
                  r = (m − 1) / (m + 1); q = r × r; s = 0
                  for k = 23, 21, … 1: s = s × q + 1 / k
                  return e × 0.6931471805599453 + 2 × r × s
    exp(x):       x at least −700 and at most 700; k = x ÷ 0.6931471805599453, rounded to the nearest
                  whole number, ties to the even one
                  r = x − k × 0.6931471803691238 − k × 1.9082149292705877e−10; s = 1
                  for n = 17, 16, … 1: s = 1 + s × r / n
                  return s × 2^k
    quantile(p):  c = p − 0.5
                  if |c| <= 0.425:
                    r = 0.180625 − c × c
                    return c × (((59.109374720 × r + 159.29113202) × r + 50.434271938) × r
                                + 3.3871327179)
                             / (((67.187563600 × r + 78.757757664) × r + 17.895169469) × r + 1)
                  t = p if c < 0, else 1 − p; if t <= 0: return −8.3
                  r = √(−log(t))
                  if r <= 5:
                    r = r − 1.6
                    v = (((0.17023821103 × r + 1.3067284816) × r + 2.7568153900) × r
                         + 1.4234372777) / ((0.12021132975 × r + 0.73700164250) × r + 1)
                  else:
                    r = r − 5
                    v = (((0.017337203997 × r + 0.42868294337) × r + 3.0812263860) × r
                         + 6.6579051150) / ((0.012258202635 × r + 0.24197894225) × r + 1)
                  return −v if c < 0, else v
    """

  private static let message = [
    "From the stream of its link, in this order and each only if the link has it, whatever comes of "
      + "the others: the latency, a draw for each hop; loss, one; duplication, two (whether, and the "
      + "state of the copy's own stream); reordering, one, and then the extra time.",
    "From its own stream a copy takes its latency, then its loss.",
    "From the stream of each link fault in force that covers it, in the order in which the faults "
      + "began: loss, one; duplication, two, as above; reordering, two (whether, and the state of a "
      + "stream for the extra time); delay, that of its law.",
  ]
}
