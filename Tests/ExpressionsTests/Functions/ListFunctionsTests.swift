import Testing

@testable import Expressions

struct ListFunctionsTests {
  static let trials = Trial.table(
    #"""
    [3, 1, 2].sort() => [1, 2, 3]
    ['b', 'a', 'B'].sort() => ["B", "a", "b"]
    [true, false].sort() => [false, true]
    [2s, 1s].sort() => [1s, 2s]
    [2.5, -1.0].sort() => [-1.0, 2.5]
    [1.0, 0.0 / 0.0, -1.0].sort() => [NaN, -1.0, 1.0]
    [].sort() => []
    [[1]].sort() => E0409
    [null].sort() => E0409
    [1, 'b'].sort() => E0501
    [1, 2.0].sort() => E0501
    [dyn([1])].sort() => E0501
    [1, 2, 2, 3, 1].distinct() => [1, 2, 3]
    [1, 1.0, 'a', 'a'].distinct() => [1, "a"]
    [[1], [1]].distinct() => [[1]]
    [1, [2, 3], [4]].flatten() => [1, 2, 3, 4]
    [[1], [], [2]].flatten() => [1, 2]
    [1, [2, [3, [4]]]].flatten() => [1, 2, [3, [4]]]
    [1, [2, [3, [4]]]].flatten(2) => [1, 2, 3, [4]]
    [1, [2]].flatten(0) => [1, [2]]
    [1, [2]].flatten(-1) => E0508
    [1, 2].flatten() => [1, 2]
    [1, 2, 3, 4].slice(1, 3) => [2, 3]
    [1, 2].slice(0, 2) => [1, 2]
    [1, 2].slice(1, 1) => []
    [1, 2].slice(2, 1) => E0504
    [1, 2].slice(-1, 1) => E0504
    [1, 2].slice(0, 3) => E0504
    [1, 2].first() => 1
    [1, 2].last() => 2
    [].first() => E0508
    [].last() => E0508
    lists.range(3) => [0, 1, 2]
    lists.range(0) => []
    lists.range(-1) => E0508
    lists.range(100001) => E0510
    lists.range(9223372036854775807) => E0510
    sets.contains([1, 2], [2]) => true
    sets.contains([1, 2], [3]) => false
    sets.contains([], []) => true
    sets.contains([], [1]) => false
    sets.contains([1, 2.0], [1.0, 2]) => true
    sets.equivalent([1, 2], [2, 1, 1]) => true
    sets.equivalent([1], [1, 2]) => false
    sets.equivalent([], []) => true
    sets.intersects([1, 2], [2, 3]) => true
    sets.intersects([1], []) => false
    sets.intersects([[1], [2, 3]], [[1, 2], [2, 3.0]]) => true
    sets.contains([1], ['a']) => E0409
    sets.contains([1], 1) => E0409
    sets.union([1], [2]) => E0408
    {'b': 1, 'a': 2}.keys() => ["a", "b"]
    keys({2: 'x', 1: 'y'}) => [1, 2]
    {'b': 1, 'a': 2}.values() => [2, 1]
    [1].keys() => E0409
    [1, 2].count() => 2
    {'a': 1}.count() => 1
    'abc'.count() => E0409
    """#)

  @Test(arguments: trials) func lists(trial: Trial) {
    #expect(Trial.outcome(trial.text) == trial.wanted)
  }
}
