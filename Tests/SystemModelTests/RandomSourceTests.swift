import SystemModel
import Testing

@Suite struct RandomSourceTests {
  /// The first outputs of the published algorithm, and of the one the benchmarks are defined with.
  @Test func referenceOutputs() {
    var random = RandomSource(state: 0)
    #expect(random.next() == 0xE220_A839_7B1D_CDAF)
    #expect(random.next() == 0x6E78_9E6A_A1B9_65F4)
    #expect(random.next() == 0x06C4_5D18_8009_454F)
    random = RandomSource(state: 1_234_567)
    #expect(random.next() == 6_457_827_717_110_365_317)
    #expect(random.next() == 3_203_168_211_198_807_973)
  }

  @Test func derivationIsTheDocumentedOne() {
    let mix = RandomSource.mix
    for index: UInt64 in [0, 1, 7 << 32 | 3, .max] {
      let wanted = RandomSource(state: mix(mix(mix(42) ^ 3) ^ index))
      #expect(RandomSource(seed: 42, purpose: .workload, index: index) == wanted)
    }
  }

  @Test func everyPurposeAndIndexHasAStreamOfItsOwn() {
    var states: Set<RandomSource> = []
    let purposes: [RandomSource.Purpose] = [.link, .timers, .workload, .fault, .faultLink]
    for seed: UInt64 in 0..<5 {
      for purpose in purposes {
        for index: UInt64 in 0..<100 {
          states.insert(RandomSource(seed: seed, purpose: purpose, index: index))
        }
      }
    }
    #expect(states.count == 5 * 5 * 100)
  }

  @Test(arguments: [1, 2, 3, 10, 1000] as [UInt64])
  func belowABoundIsEven(bound: UInt64) {
    var random = RandomSource(state: bound)
    var counts = [Int](repeating: 0, count: Int(bound))
    let draws = 20_000
    for _ in 0..<draws { counts[Int(random.below(bound))] += 1 }
    let mean = Double(draws) / Double(bound)
    for count in counts { #expect(abs(Double(count) - mean) < 5 * mean.squareRoot() + 1) }
  }

  @Test func bothEndsAreReached() {
    var random = RandomSource(state: 8)
    var seen: Set<Int64> = []
    for _ in 0..<200 { seen.insert(random.between(-2, 3)) }
    #expect(seen.sorted() == [-2, -1, 0, 1, 2, 3])
  }

  /// Draws of one number each, so that what is drawn never shifts what comes after it.
  @Test func everyDrawTakesOneNumber() {
    let draws: [(String, @Sendable (inout RandomSource) -> Void)] = [
      ("below", { _ = $0.below(9) }),
      ("between equal ends", { _ = $0.between(4, 4) }),
      ("between", { _ = $0.between(4, 400) }),
      ("never", { _ = $0.happens(Ratio(0)) }),
      ("always", { _ = $0.happens(Ratio(1)) }),
      ("unit", { _ = $0.unit() }),
    ]
    for (name, draw) in draws {
      var drawn = RandomSource(state: 77)
      var stepped = drawn
      draw(&drawn)
      _ = stepped.next()
      #expect(drawn == stepped, "\(name)")
    }
  }

  @Test(arguments: [(0, 1), (1, 1), (1, 3), (1, 100), (3, 2)] as [(Int64, Int64)])
  func chancesComeTrueAsOftenAsTheySay(numerator: Int64, denominator: Int64) {
    var random = RandomSource(state: 11)
    let draws = 30_000
    var count = 0
    for _ in 0..<draws where random.happens(Ratio(numerator, denominator)) { count += 1 }
    let chance = min(1, Double(numerator) / Double(denominator))
    let deviation = (chance * (1 - chance) * Double(draws)).squareRoot()
    #expect(abs(Double(count) - chance * Double(draws)) <= 4 * deviation)
  }

  @Test func choosingTakesDifferentElementsEvenly() {
    var random = RandomSource(state: 2)
    var counts = [Int](repeating: 0, count: 6)
    for _ in 0..<6000 {
      let chosen = random.choose(2, of: Array(0..<6))
      #expect(Set(chosen).count == 2)
      for element in chosen { counts[element] += 1 }
    }
    for count in counts { #expect(abs(count - 2000) < 200) }
    #expect(random.choose(9, of: [1, 2, 3]).sorted() == [1, 2, 3])
    #expect(random.choose(0, of: [1, 2, 3]).isEmpty)
    #expect(random.choose(2, of: [Int]()).isEmpty)
  }

  @Test func unitStaysBelowOne() {
    var random = RandomSource(state: 3)
    var sum = 0.0
    for _ in 0..<10_000 {
      let value = random.unit()
      #expect(value >= 0 && value < 1)
      sum += value
    }
    #expect(abs(sum / 10_000 - 0.5) < 0.02)
  }
}
