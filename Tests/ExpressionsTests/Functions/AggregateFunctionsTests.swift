import Testing

@testable import Expressions

struct AggregateFunctionsTests {
  static let trials = Trial.table(
    #"""
    [1, 2, 3].sum() => 6
    sum([1.5, 2.5]) => 4.0
    [1ms, 2ms].sum() => 3ms
    [].sum() => 0
    [1].filter(x, false).sum() => 0
    [1.5].filter(x, false).sum() => 0.0
    [1ms].filter(x, false).sum() => 0s
    [9223372036854775807, 1].sum() => E0505
    ['a'].sum() => E0409
    [dyn('a')].sum() => E0501
    [dyn(1), dyn(1.5)].sum() => E0501
    sum(1) => E0409
    [3, 1, 2].min() => 1
    [3, 1, 2].max() => 3
    min([2.5, 1.5]) => 1.5
    max([1ms, 2ms]) => 2ms
    ['b', 'a'].min() => "a"
    [dyn(1), dyn(0.5)].min() => 0.5
    [1, 1.0].max() => 1
    [0.0 / 0.0].max() => NaN
    [1.0, 0.0 / 0.0].max() => E0508
    [0.0 / 0.0, 1.0, 2.0].min() => E0508
    [].max() => E0508
    [].min() => E0508
    [[1]].max() => E0409
    [dyn(1), dyn('a')].max() => E0501
    [1, 2].avg() => 1.5
    [1.0, 2.0].avg() => 1.5
    [1ns, 2ns].avg() => 2ns
    [-1ns, -2ns].avg() => -2ns
    [1ns, 1ns, 2ns].avg() => 1ns
    [1s, 2s].avg() => 1.5s
    [].avg() => E0508
    [9223372036854775807, 1].avg() => 4.611686018427388e18
    [9223372036854775807, 9223372036854775807].avg() => 9.223372036854776e18
    [-9223372036854775807, 9223372036854775807, 2].avg() => 0.6666666666666666
    [9223372036854775807, 9223372036854775807, -4].avg() => 6.148914691236517e18
    [-7, 3, -9].avg() == -13.0 / 3.0 => true
    [2562047h, 2562047h, 2562045h].avg() => 9223366800s
    [-5ns, 2ns, -4ns].avg() => -2ns
    [1, 2ns].avg() => E0501
    ['a'].avg() => E0409
    [15, 20, 35, 40, 50].percentile(5) => 15
    [15, 20, 35, 40, 50].percentile(30) => 20
    [15, 20, 35, 40, 50].percentile(40) => 20
    [15, 20, 35, 40, 50].percentile(50) => 35
    [15, 20, 35, 40, 50].percentile(100) => 50
    [15, 20, 35, 40, 50].percentile(0) => 15
    [50, 15, 40, 20, 35].percentile(50.0) => 35
    lists.range(1000).percentile(99.9) => 998
    lists.range(1000).percentile(99) => 989
    lists.range(100).percentile(12.5) => 12
    percentile([1ms, 2ms], 50) => 1ms
    [1].percentile(101) => E0508
    [1].percentile(-1) => E0508
    [1].percentile(0.0 / 0.0) => E0508
    [].percentile(50) => E0508
    [1].percentile('a') => E0409
    """#)

  /// Every list of three of these numbers has one least and one greatest, by the obvious rule and in
  /// whatever order it is written.
  @Test(arguments: ["min", "max", "math.least", "math.greatest"])
  func extremesDoNotDependOnTheOrder(function: String) {
    let numbers: [(text: String, value: Double)] = [
      ("0.0 / 0.0", .nan), ("-1.0 / 0.0", -.infinity), ("1.0 / 0.0", .infinity), ("-2.5", -2.5),
      ("1", 1), ("9.5", 9.5),
    ]
    let isLeast = ["min", "math.least"].contains(function)
    for first in numbers {
      for second in numbers {
        for third in numbers {
          let values = [first.value, second.value, third.value]
          let extreme = values.first { value in
            values.allSatisfy { isLeast ? value <= $0 : value >= $0 }
          }
          let wanted = numbers.first { $0.value == extreme }.map { Trial.outcome($0.text) }
          let list = [first.text, second.text, third.text].joined(separator: ", ")
          #expect(Trial.outcome("\(function)([\(list)])") == wanted ?? "E0508", "\(list)")
        }
      }
    }
  }

  @Test(arguments: trials) func aggregates(trial: Trial) {
    #expect(Trial.outcome(trial.text) == trial.wanted)
  }
}
