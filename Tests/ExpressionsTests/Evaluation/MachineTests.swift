import Testing

@testable import Expressions

struct MachineTests {
  static let logic = Trial.table(
    #"""
    true && true => true
    true && false => false
    false && true => false
    true || false => true
    false || false => false
    !true => false
    !!true => true
    false && 1 / 0 == 1 => false
    1 / 0 == 1 && false => false
    true && 1 / 0 == 1 => E0506
    1 / 0 == 1 && true => E0506
    true || 1 / 0 == 1 => true
    1 / 0 == 1 || true => true
    false || 1 / 0 == 1 => E0506
    1 / 0 == 1 || false => E0506
    1 / 0 == 1 || 1 % 0 == 1 || true => true
    1 / 0 == 1 && 1 % 0 == 1 && false => false
    1 / 0 == 1 || [][0] == 1 => E0506
    [][0] == 1 || 1 / 0 == 1 => E0504
    true && dyn(1) => E0501
    false && dyn(1) => false
    dyn(1) && false => false
    dyn('a') || true => true
    dyn(1) || false => E0501
    1 && true => E0411
    'a' || true => E0411
    true ? 1 : 2 => 1
    false ? 1 : 2 => 2
    true ? 1 : 1 / 0 => 1
    false ? 1 / 0 : 2 => 2
    1 / 0 == 1 ? 1 : 2 => E0506
    dyn(1) ? 1 : 2 => E0501
    1 ? 1 : 2 => E0411
    true ? 1 : 'a' => E0411
    true ? dyn(1) : 'a' => 1
    true ? null : null => null
    false ? 1 : true ? 2 : 3 => 2
    true ? true ? 1 : 2 : 3 => E0401
    true ? (true ? 1 : 2) : 3 => 1
    (true || false) && false => false
    true || false && false => true
    1 < 2 == true => true
    1 == 1 == true => true
    """#)

  @Test(arguments: logic) func `logic and choice`(trial: Trial) {
    #expect(Trial.outcome(trial.text) == trial.wanted)
  }

  static let structures = Trial.table(
    #"""
    [] => []
    [1, 'a', null] => [1, "a", null]
    [1, 2,] => [1, 2]
    {} => {}
    {'b': 1, 'a': 2} => {"a": 2, "b": 1}
    {'a': 1,} => {"a": 1}
    {2: 'x', 1: 'y', true: 'z', 'a': 'w'} => {true: "z", 1: "y", 2: "x", "a": "w"}
    {'a': 1, 'a': 2} => E0418
    {'a': 1, dyn('a'): 2} => E0512
    {1: 1, 1: 2} => E0418
    {1.5: 1} => E0418
    {null: 1} => E0418
    {dyn(1.5): 1} => E0512
    {dyn(null): 1} => E0512
    {[1]: 1} => E0418
    {'a': [1, {'b': 2}]} => {"a": [1, {"b": 2}]}
    has({'a': 1}.a) => true
    has({'a': 1}.b) => false
    has({}.b) => false
    has({'a': {'b': 1}}.a.b) => true
    has({'a': {'b': 1}}.x.b) => E0503
    has({'a': null}.a) => true
    has(dyn(1).a) => E0501
    has(dyn(null).a) => E0502
    has({'a': 1}['a']) => E0415
    has(1) => E0415
    has({'a': 1}.a, 2) => E0415
    cel.bind(x, 1, x + x) => 2
    cel.bind(x, 1, cel.bind(y, x + 1, x + y)) => 3
    cel.bind(x, 1, cel.bind(x, x + 1, x)) => 2
    cel.bind(x, 1 / 0, true) => true
    cel.bind(x, 1 / 0, x) => E0506
    cel.bind(x, 1 / 0, x == 1 || true) => true
    cel.bind(x, 1 / 0, cel.bind(x, 2, x)) => 2
    cel.bind(x, 1 / 0, [1].exists(y, x == 1 || y == 1)) => true
    cel.bind(1, 2, 3) => E0415
    cel.bind(x, 2) => E0415
    type(dyn(1)) => int
    dyn([1, 'a']) => [1, "a"]
    """#)

  @Test(arguments: structures) func `lists, maps, has and bind`(trial: Trial) {
    #expect(Trial.outcome(trial.text) == trial.wanted)
  }

  static let unchecked = Trial.table(
    #"""
    1 == 'a' => false
    1 + 'a' => E0501
    1 + 1.0 => E0501
    x => E0511
    x || true => true
    true || x => true
    x && false => false
    f(1) => E0511
    f(1) || true => true
    'a'.g() => E0511
    'a'.size(1) => E0501
    [1].all(x, x + 1) => E0501
    true && 1 => E0501
    false && 1 => false
    1 || true => true
    true ? 1 : 'a' => 1
    [1] + ['a'] => [1, "a"]
    1 < 'a' => E0501
    {1.5: 1} => E0512
    {'a': 1, 'a': 2} => E0512
    'a'.matches('(') => E0508
    5u => E0405
    b'a' => E0405
    timestamp('x') => E0405
    uint(1) => E0405
    (1).a => E0501
    """#)

  @Test(arguments: unchecked) func `without check the run finds what does not fit`(trial: Trial) {
    #expect(Trial.outcome(trial.text, mode: .unchecked) == trial.wanted)
  }
}
