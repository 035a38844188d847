/// What a condition is in a state.
enum Truth: Sendable, BitwiseCopyable {
  case no
  case yes
  /// A distribution that it reads has no samples: the state says nothing.
  case unknown
  /// The condition cannot be evaluated.
  case failed
}
