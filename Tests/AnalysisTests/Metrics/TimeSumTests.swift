import SystemModel
import Testing

@testable import Analysis

@Suite struct TimeSumTests {
  @Test func smallSumsAreThoseOfWholeNumbers() {
    var random = RandomSource(state: 7)
    var (sum, other) = (TimeSum(), TimeSum())
    var (naive, naiveOther): (Int64, Int64) = (0, 0)
    for count in 1...1000 as ClosedRange<Int64> {
      let length = Int64(random.below(1 << 50))
      sum.add(length)
      naive += length
      other.add(length / 3)
      naiveOther += length / 3
      #expect(sum.nanoseconds == naive)
      #expect(sum.mean(of: count) == naive / count)
      #expect(
        sum.share(beside: other) == Double(naive) / Double(naive + naiveOther))
    }
  }

  @Test func largeSumsHaveAMeanAndAShare() {
    var (sum, half) = (TimeSum(), TimeSum())
    for _ in 0..<999 {
      sum.add(1 << 62)
      half.add(1 << 61)
    }
    #expect(sum.nanoseconds == .max)
    #expect(sum.mean(of: 999) == 1 << 62)
    #expect(half.mean(of: 999) == 1 << 61)
    #expect(sum.share(beside: half) == 2.0 / 3)
    #expect(sum.share(beside: sum) == 0.5)
  }

  @Test func nothingHasNoShare() {
    #expect(TimeSum().share(beside: TimeSum()) == nil)
    #expect(TimeSum().nanoseconds == 0)
  }
}
