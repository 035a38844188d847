import Synchronization

/// Neighbouring seeds, given out in chunks to whoever asks.
final class SeedChunks: Sendable {
  private let count: Int
  private let size: Int
  private let taken = Atomic<Int>(0)

  /// The seeds from 0 to below a count.
  init(count: Int, size: Int) {
    self.count = count
    self.size = size
  }

  /// The next seeds; nil if none is left.
  func next() -> Range<UInt64>? {
    let start = taken.wrappingAdd(size, ordering: .relaxed).oldValue
    guard start < count else { return nil }
    return UInt64(start)..<UInt64(min(start + size, count))
  }
}
