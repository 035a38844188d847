import Testing

@testable import Expressions

struct MachineFoldsTests {
  static let quantifiers = Trial.table(
    #"""
    [].all(x, x > 0) => true
    [1, 2].all(x, x > 0) => true
    [1, -2].all(x, x > 0) => false
    [1, 0].all(x, 1 / x > 0) => E0506
    [0, -1].all(x, 1 / x > 0) => false
    [-1, 0].all(x, 1 / x > 0) => false
    [].exists(x, x > 0) => false
    [1, 2].exists(x, x > 1) => true
    [0, 1].exists(x, 1 / x > 0) => true
    [0, -1].exists(x, 1 / x > 0) => E0506
    [].exists_one(x, x > 0) => false
    [1, 2].exists_one(x, x > 1) => true
    [2, 2].exists_one(x, x > 1) => false
    [1, 1].exists_one(x, x > 1) => false
    [1, 0, 2].exists_one(x, 1 / x > 0) => E0506
    [1, 2].existsOne(x, x > 1) => true
    {'a': 1}.all(k, k == 'a') => true
    {'a': 1, 'b': 2}.exists(k, k == 'b') => true
    {'a': 1, 'b': 2}.exists_one(k, k > 'a') => true
    {'a': 1, 'b': 2}.all(k, v, k < 'c' && v > 0) => true
    {'a': 1, 'b': 2}.exists(k, v, k == 'a' && v == 2) => false
    {'a': 1, 'b': 2}.exists_one(k, v, v == 2) => true
    [5, 6].all(i, x, x == i + 5) => true
    [5, 6].exists(i, x, i == 1 && x == 6) => true
    [5, 6].existsOne(i, x, i == 0) => true
    [1, 2, 3].count(x, x > 1) => 2
    [1, 2, 3].count(i, x, i == x) => 0
    {'a': 1}.count(k, v, v == 1) => 1
    [1].all(x, [1].all(x, x == 1)) => true
    [1, 2].all(x, [3, 4].all(y, x < y)) => true
    [[1, 2], [3]].all(xs, xs.all(x, x in xs)) => true
    [1].all(x, x) => E0411
    [dyn(1)].all(x, x) => E0501
    [dyn(1), dyn(false)].all(x, x) => false
    [dyn(1), dyn(true)].exists(x, x) => true
    (1).all(x, true) => E0415
    'abc'.all(x, true) => E0415
    dyn(1).all(x, true) => E0501
    [1].all(1, true) => E0415
    [1].all(a.b, true) => E0415
    [1].all(x, x, true) => E0415
    [1].all(true) => E0415
    all([1], x, true) => E0415
    [1].all(x, y > 1) => E0406
    [1].all(x, true) && x == 1 => E0406
    """#)

  @Test(arguments: quantifiers) func `all, exists, exists_one and count`(trial: Trial) {
    #expect(Trial.outcome(trial.text) == trial.wanted)
  }

  static let transforms = Trial.table(
    #"""
    [].map(x, x + 1) => []
    [1, 2].map(x, x * x) => [1, 4]
    [1, 2, 3].map(x, x > 1, x * 10) => [20, 30]
    [5, 6].map(i, x, i + x) => [5, 7]
    [5, 6].map(i, x, i > 0, i + x) => [7]
    [0, 1].map(x, 1 / x) => E0506
    {'b': 1, 'a': 2}.map(k, k) => ["a", "b"]
    {'b': 1, 'a': 2}.map(k, v, v) => [2, 1]
    {'b': 1, 'a': 2}.map(k, k == 'a', k + k) => ["aa"]
    [[1], [2, 3]].map(xs, xs.map(x, x + 1)) => [[2], [3, 4]]
    [1, 2, 3].filter(x, x > 1) => [2, 3]
    [1, 2, 3].filter(x, false) => []
    [0, 1].filter(x, 1 / x > 0) => E0506
    [4, 5, 6].filter(i, x, i > 0 && x < 6) => [5]
    {'a': 1, 'b': 2}.filter(k, k > 'a') => ["b"]
    {'a': 1, 'b': 2}.filter(k, v, v > 1) => {"b": 2}
    [1, 2].filter(x, x) => E0411
    [1, 2].map(x, y) => E0406
    ['ccc', 'a', 'bb'].sortBy(s, s.size()) => ["a", "bb", "ccc"]
    ['b', 'a'].sortBy(s, 1) => ["b", "a"]
    [1, 2].sortBy(x, -x) => [2, 1]
    [1, 2].sortBy(x, [x]) => E0415
    [1, 2].sortBy(x, x == 1 ? dyn(1) : dyn('a')) => E0501
    {'a': 2, 'b': 1}.sortBy(k, k == 'a' ? 2 : 1) => ["b", "a"]
    [1, 2, 3].transformList(i, x, i * x + x) => [1, 4, 9]
    [1, 2, 3].transformList(i, x, i % 2 == 0, x) => [1, 3]
    {'g': 'h', 'f': 'b'}.transformList(k, _, k) => ["f", "g"]
    [1, 2].transformMap(i, x, x * 10) => {0: 10, 1: 20}
    {'a': 1, 'b': 2}.transformMap(k, v, v > 1, v) => {"b": 2}
    {'a': 'x'}.transformMapEntry(k, v, {v: k}) => {"x": "a"}
    {'a': 'x', 'b': 'x'}.transformMapEntry(k, v, {v: k}) => E0512
    [1].transformMapEntry(i, x, x) => E0415
    [1].transformMap(x, x) => E0415
    [1, 2].map(x, [3, 4].map(y, x * y)) => [[3, 4], [6, 8]]
    [1, 2].map(x, cel.bind(y, x + 1, y * y)) => [4, 9]
    """#)

  @Test(arguments: transforms) func `map, filter, sortBy and transforms`(trial: Trial) {
    #expect(Trial.outcome(trial.text) == trial.wanted)
  }

  @Test func `a declared name in the second place of map is a condition`() {
    var environment = ExpressionEnvironment()
    environment.declare("flag", .bool, slot: 0)
    let host = BoundValues([.bool(false)])
    #expect(Trial.outcome("[1, 2].map(x, flag, x)", in: environment, host: host) == "[]")
    #expect(Trial.outcome("[1, 2].map(x, other, x)", in: environment, host: host) == "[0, 1]")
    #expect(Trial.outcome("[true].map(x, [1].map(y, x, y))", in: environment) == "[[1]]")
  }
}
