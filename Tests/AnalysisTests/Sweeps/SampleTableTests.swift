@testable import Analysis
import SystemModel
import Testing

@Suite struct SampleTableTests {
  /// The percentile by its definition.
  private func naive(_ samples: [Int64], _ percent: Int) -> Int64? {
    samples.sorted().first { candidate in
      samples.count { $0 <= candidate } * 100 >= percent * samples.count
    }
  }

  private func samples(_ count: Int, below bound: UInt64, seed: UInt64) -> [Int64] {
    var random = RandomSource(state: seed)
    return (0..<count).map { _ in Int64(random.next() % bound) - 50 }
  }

  @Test(arguments: [1, 2, 3, 10, 99, 100, 101, 1000], [1, 7, 1 << 40] as [UInt64])
  func percentilesAreExact(_ count: Int, _ bound: UInt64) {
    let samples = samples(count, below: bound, seed: UInt64(count))
    var table = SampleTable()
    for sample in samples { table.add(sample) }
    for percent in [1, 50, 90, 99, 100] {
      #expect(table.percentile(percent) == naive(samples, percent), "p\(percent)")
    }
    #expect(table.step == 1)
    #expect(table.count == count)
  }

  @Test func manyValuesAreRoundedDownWhateverTheirOrder() {
    let samples = samples(3000, below: 1 << 30, seed: 5)
    var forward = SampleTable(valueLimit: 100)
    var backward = SampleTable(valueLimit: 100)
    for sample in samples { forward.add(sample) }
    for sample in samples.reversed() { backward.add(sample) }
    for percent in [1, 50, 90, 99, 100] {
      let (found, exact) = (forward.percentile(percent)!, naive(samples, percent)!)
      #expect(found == backward.percentile(percent))
      #expect(found <= exact && exact - found < forward.step)
    }
    #expect(forward.step == backward.step)
    #expect(forward.step > 1 && forward.step <= (1 << 30) / 50)
    #expect(forward.sum { Double($0) } == backward.sum { Double($0) })
  }

  @Test func withoutSamplesThereIsNothing() {
    var table = SampleTable()
    #expect(table.percentile(50) == nil)
  }

  @Test(arguments: [-2.5, -0.5, 0, 0.125, 0.5, 1, 12] as [Double])
  func ratiosKeepTheirOrderAndValue(_ ratio: Double) {
    let key = SampleKey(.ratio(ratio))
    #expect(key.value(in: .ratio) == .ratio(ratio))
    #expect(key.bits < SampleKey(.ratio(ratio + 0.01)).bits)
  }
}
