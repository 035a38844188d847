import Analysis
import ArgumentParser
import Interpreter
import SystemModel

/// Seeds on the command line: `1..100000`, or a single one.
struct SeedRange {
  let seeds: ClosedRange<UInt64>

  init(_ argument: String) throws {
    let dots = argument.firstRange(of: "..")
    let first = dots.map { argument[..<$0.lowerBound] } ?? argument[...]
    let last = dots.map { argument[$0.upperBound...] } ?? argument[...]
    guard let low = UInt64(first), let high = UInt64(last) else {
      throw ValidationError(
        "seeds are whole numbers from 0 to \(UInt64.max): write 1..1000, or a single one")
    }
    guard low <= high else {
      throw ValidationError("the range ends before it starts; write \(high)..\(low)")
    }
    seeds = low...high
  }
}

/// After how many different failures a sweep stops, on the command line.
struct FailureLimit: ExpressibleByArgument, CustomStringConvertible {
  /// How many; nil for never.
  let count: Int?

  static func some(_ count: Int) -> FailureLimit { FailureLimit(count: count) }

  private init(count: Int?) { self.count = count }

  init?(argument: String) {
    if argument == "all" {
      count = nil
    } else if let count = Int(argument), count > 0 {
      self.count = count
    } else {
      return nil
    }
  }

  var description: String { count.map(String.init) ?? "all" }
}

/// A tolerance on the command line: `5%`, or for a single metric `messages.wire=10%`,
/// `messages.dropped=3` or `run.duration=20ms`.
struct ToleranceArgument: ExpressibleByArgument {
  /// The metric; nil for all.
  let metric: String?
  /// How far its figures may move.
  let reach: SweepTolerance.Reach
  /// Whether that is a length of time.
  let isTime: Bool

  init?(argument: String) {
    let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
    guard let amount = parts.last, parts.count <= 2, let first = amount.first, first.isNumber
    else { return nil }
    if parts.count == 2, parts[0].isEmpty { return nil }
    metric = parts.count == 2 ? String(parts[0]) : nil
    if amount.last == "%", let percent = Double(amount.dropLast()), percent.isFinite {
      (reach, isTime) = (.share(percent / 100), false)
    } else if metric == nil {
      return nil
    } else if let number = Double(amount), number.isFinite {
      (reach, isTime) = (.amount(number), false)
    } else if let span = Interpreter.instant(String(amount)) {
      (reach, isTime) = (.amount(Double(span.nanoseconds)), true)
    } else {
      return nil
    }
  }
}
