/// A length of virtual time in whole nanoseconds; within this package it takes the place of the
/// standard library's 16-byte type of the same name.
public struct Duration: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// The length in nanoseconds; up to 292 years.
  public let nanoseconds: Int64

  /// A length in nanoseconds.
  @inlinable public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// A length in milliseconds.
  @inlinable public static func milliseconds(_ count: Int64) -> Duration {
    Duration(nanoseconds: count * 1_000_000)
  }

  /// No time at all.
  @inlinable public static var zero: Duration { Duration(nanoseconds: 0) }

  /// Shorter before longer.
  @inlinable public static func < (left: Duration, right: Duration) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// The sum; a sum beyond 292 years is a mistake of ours.
  @inlinable public static func + (left: Duration, right: Duration) -> Duration {
    Duration(nanoseconds: left.nanoseconds + right.nanoseconds)
  }

  /// The sum with some nanoseconds, at most the longest representable length.
  @inlinable public func adding(_ nanoseconds: Int64) -> Duration {
    let (sum, overflow) = self.nanoseconds.addingReportingOverflow(nanoseconds)
    return Duration(nanoseconds: overflow ? .max : sum)
  }

  /// The difference, which may be negative.
  @inlinable public static func - (left: Duration, right: Duration) -> Duration {
    Duration(nanoseconds: left.nanoseconds - right.nanoseconds)
  }
}

/// A point of virtual time in whole nanoseconds since the start of the run, T0.
public struct Instant: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// Nanoseconds since the start of the run.
  public let nanoseconds: Int64

  /// A point of virtual time.
  @inlinable public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// The start of the run.
  @inlinable public static var start: Instant { Instant(nanoseconds: 0) }

  /// Later than everything: the end of a window that stays open.
  @inlinable public static var never: Instant { Instant(nanoseconds: .max) }

  /// Earlier before later.
  @inlinable public static func < (left: Instant, right: Instant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// The instant a while later; what would be beyond the representable end is ``never``.
  @inlinable public static func + (instant: Instant, span: Duration) -> Instant {
    let (sum, overflow) = instant.nanoseconds.addingReportingOverflow(span.nanoseconds)
    return Instant(nanoseconds: overflow ? .max : sum)
  }

  /// The time from the right to the left instant.
  @inlinable public static func - (left: Instant, right: Instant) -> Duration {
    Duration(nanoseconds: left.nanoseconds - right.nanoseconds)
  }
}

/// A fraction of two whole numbers: a probability, a factor, a rate.
public struct Ratio: Hashable, Sendable, BitwiseCopyable {
  /// Above the line.
  public let numerator: Int64
  /// Below the line; above 0.
  public let denominator: Int64

  /// A fraction; the denominator is above 0.
  public init(_ numerator: Int64, _ denominator: Int64 = 1) {
    precondition(denominator > 0, "a ratio needs a denominator above 0, not \(denominator)")
    self.numerator = numerator
    self.denominator = denominator
  }

  /// A duration times this ratio, rounded down and not below 0; what is beyond the representable
  /// end is the end.
  public func of(_ span: Duration) -> Duration {
    let (high, low) = span.nanoseconds.multipliedFullWidth(by: numerator)
    guard high >= 0 else { return .zero }
    // The quotient has at most 63 bits exactly if the product is below denominator × 2^63.
    let limit = denominator.multipliedFullWidth(by: .max)
    guard (high, low) <= limit else { return Duration(nanoseconds: .max) }
    return Duration(nanoseconds: denominator.dividingFullWidth((high, low)).quotient)
  }

  /// The nearest double.
  public var value: Double { Double(numerator) / Double(denominator) }
}
