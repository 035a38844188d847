public import SystemModel

/// What acting faults do to a message: any cut cuts, losses are independent, factors multiply the
/// latency of the link, and delays add to that, in whatever order the faults began.
@usableFromInline struct Fate {
  /// The faults that chose it, by their places among the active ones.
  @usableFromInline var actors: [Int] = []
  /// The first fault that loses it, and how.
  @usableFromInline var loss: (fault: Int32, reason: DropReason)?
  /// The first partition that cuts it.
  @usableFromInline var cut: Int32?
  /// The bindings that hold it, in the order in which they began.
  @usableFromInline var holders: [Int] = []
  /// The faults that change its latency.
  @usableFromInline var delayedBy: [Int32] = []
  /// Multiples of the latency of its link.
  @usableFromInline var factors: [Ratio] = []
  /// Nanoseconds on top of that.
  @usableFromInline var extra: Int64 = 0
  /// One more latency of its link each, drawn from these streams.
  @usableFromInline var furtherDraws: [RandomSource] = []
  /// Whether it leaves the order of its link.
  @usableFromInline var isUnordered = false
  /// The faults that copy it, each with the seed of all that is drawn for the copy.
  @usableFromInline var copies: [(fault: Int32, seed: UInt64)] = []

  @usableFromInline mutating func lose(_ fault: Int32, _ reason: DropReason) {
    if loss == nil { loss = (fault, reason) }
    if reason == .cut, cut == nil { cut = fault }
  }

  @usableFromInline mutating func delay(_ fault: Int32, by span: Int64) {
    extra = min(extra + span, Law.longest.nanoseconds)
    delayedBy.append(fault)
  }

  /// The latency of its link, stretched by all factors.
  @usableFromInline func stretched(_ latency: Int64) -> Int64 {
    var span = Duration(nanoseconds: latency)
    for factor in factors { span = factor.of(span) }
    return span.nanoseconds
  }
}
