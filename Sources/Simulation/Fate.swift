import SystemModel

/// What acting faults do to a message: any cut cuts, losses are independent, factors multiply the
/// latency of the link, and delays add to that, in whatever order the faults began.
struct Fate {
  /// The faults that chose it, by their places among the active ones.
  var actors: [Int] = []
  /// The first fault that loses it, and how.
  var loss: (fault: Int32, reason: DropReason)?
  /// The bindings that hold it, in the order in which they began.
  var holders: [Int] = []
  /// The faults that change its latency.
  var delayedBy: [Int32] = []
  /// Multiples of the latency of its link.
  var factors: [Ratio] = []
  /// Nanoseconds on top of that.
  var extra: Int64 = 0
  /// One more latency of its link each, drawn from these streams.
  var furtherDraws: [RandomSource] = []
  /// Whether it leaves the order of its link.
  var isUnordered = false
  /// The faults that copy it, each with the seed of all that is drawn for the copy.
  var copies: [(fault: Int32, seed: UInt64)] = []

  mutating func lose(_ fault: Int32, _ reason: DropReason) {
    if loss == nil { loss = (fault, reason) }
  }

  mutating func delay(_ fault: Int32, by span: Int64) {
    extra = min(extra + span, Law.longest.nanoseconds)
    delayedBy.append(fault)
  }

  /// The latency of its link, stretched by all factors.
  func stretched(_ latency: Int64) -> Int64 {
    var span = Duration(nanoseconds: latency)
    for factor in factors { span = factor.of(span) }
    return span.nanoseconds
  }
}
