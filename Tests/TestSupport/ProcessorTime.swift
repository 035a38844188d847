import Foundation

/// How long this thread computes to carry out some work; what else the machine does has no part.
public func processorTime(of work: () throws -> Void) rethrows -> Duration {
  func now() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
  let start = now()
  try work()
  return now() - start
}

/// How many times as long some work takes on `factor` times as much: about `factor` if the time is
/// linear, and its square if that is quadratic.
public func growth(from size: Int, by factor: Int, of work: (Int) throws -> Void) rethrows -> Double
{
  func seconds(_ size: Int) throws -> Double { try processorTime { try work(size) } / .seconds(1) }
  // What is done once only, such as the making of catalogs, is no part of either.
  try work(1)
  return try seconds(size * factor) / seconds(size)
}
