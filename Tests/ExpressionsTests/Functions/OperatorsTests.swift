import Testing

@testable import Expressions

struct OperatorsTests {
  static let arithmetic = Trial.table(
    #"""
    1 + 2 => 3
    1 - 2 => -1
    6 * 7 => 42
    7 / 2 => 3
    -7 / 2 => -3
    7 / -2 => -3
    7 % 2 => 1
    -7 % 2 => -1
    7 % -2 => 1
    2 + 3 * 4 => 14
    (2 + 3) * 4 => 20
    10 - 3 - 2 => 5
    100 / 10 / 2 => 5
    2 * 3 % 4 => 2
    -9223372036854775808 => -9223372036854775808
    -9223372036854775808 + 9223372036854775807 => -1
    0x7fffffffffffffff => 9223372036854775807
    -0x8000000000000000 => -9223372036854775808
    9223372036854775807 + 1 => E0505
    -9223372036854775808 - 1 => E0505
    9223372036854775807 * 2 => E0505
    -9223372036854775808 / -1 => E0505
    -9223372036854775808 % -1 => E0505
    -(-9223372036854775808) => E0505
    1 / 0 => E0506
    1 % 0 => E0506
    0 / 5 => 0
    1.5 + 2.5 => 4.0
    1.5 - 2.5 => -1.0
    1.5 * 2.0 => 3.0
    1.0 / 4.0 => 0.25
    1.0 / 0.0 => Infinity
    -1.0 / 0.0 => -Infinity
    0.0 / 0.0 => NaN
    -0.0 => -0.0
    0.0 * -1.0 => -0.0
    1e308 * 10.0 => Infinity
    5e-324 / 2.0 => 0.0
    0.1 + 0.2 => 0.30000000000000004
    --5 => 5
    - -5 => 5
    -(3) => -3
    'a' + 'b' => "ab"
    'a' + '' => "a"
    '' + '' => ""
    'é' + 'e\u0301' => "éé"
    [1] + [2, 3] => [1, 2, 3]
    [] + [1] => [1]
    [] + [] => []
    [1] + [dyn('a')] => [1, "a"]
    15ms + 5ms => 20ms
    1s - 1ms => 999ms
    1ms - 1s => -999ms
    3 * 15ms => 45ms
    15ms * 3 => 45ms
    15ms * -3 => -45ms
    1.5 * 20ms => 30ms
    20ms * 0.1 => 2ms
    3ns * 0.5 => 2ns
    -3ns * 0.5 => -2ns
    1ns * 0.4 => 0s
    10ms / 3 => 3.333333ms
    10ms / 4.0 => 2.5ms
    15ms / 10ms => 1.5
    -15ms / 10ms => -1.5
    15ms / 0 => E0506
    15ms / 0.0 => E0506
    15ms / 0s => E0506
    0s / 1s => 0.0
    9223372036854775807ns + 1ns => E0505
    9223372036s * 10 => E0505
    1h * 1e10 => E0505
    1h * (0.0 / 0.0) => E0505
    -15ms => -15ms
    -(15ms) => -15ms
    """#)

  @Test(arguments: arithmetic) func `arithmetic results`(trial: Trial) {
    #expect(Trial.outcome(trial.text) == trial.wanted)
  }

  static let misfits = Trial.table(
    #"""
    1 + 1.0 => E0411
    1.0 - 1 => E0411
    1 * 1.5 => E0411
    1 / 1.5 => E0411
    1.5 % 0.5 => E0411
    'a' + 1 => E0411
    'a' - 'b' => E0411
    'a' * 2 => E0411
    [1] - [1] => E0411
    [1] + ['a'] => E0411
    [1] + 1 => E0411
    {'a': 1} + {'b': 2} => E0411
    true + true => E0411
    null + null => E0411
    15ms == null => false
    (true ? 15ms : null) > 10ms => true
    (false ? 15ms : null) == null => true
    (false ? 15ms : null) > 10ms => E0501
    -'a' => E0411
    -true => E0411
    !1 => E0411
    !'a' => E0411
    15ms + 1 => E0411
    1 + 15ms => E0411
    15ms * 15ms => E0411
    1 / 15ms => E0411
    15ms % 2ms => E0411
    dyn(1) + 1.0 => E0501
    dyn('a') + 1 => E0501
    dyn(1) - 'a' => E0411
    dyn(1) - dyn('a') => E0501
    dyn(true) * 2 => E0501
    dyn(null) / 2 => E0501
    dyn(1.5) % 2 => E0501
    -dyn('a') => E0501
    !dyn(1) => E0501
    """#)

  @Test(arguments: misfits) func `operands that do not fit`(trial: Trial) {
    #expect(Trial.outcome(trial.text) == trial.wanted)
  }

  static let access = Trial.table(
    #"""
    [7, 8, 9][0] => 7
    [7, 8, 9][2] => 9
    [7, 8, 9][3] => E0504
    [7, 8, 9][-1] => E0504
    [7, 8, 9][9223372036854775807] => E0504
    [7, 8, 9][dyn(1.0)] => 8
    [7, 8, 9][dyn(0.5)] => E0508
    [7, 8, 9][1.0] => E0411
    [7, 8, 9][dyn('0')] => E0501
    [[1, 2], [3]][1][0] => 3
    [][0] => E0504
    {'a': 1}['a'] => 1
    {'a': 1}['b'] => E0503
    {'a': 1}.a => 1
    {'a': 1}.b => E0503
    {'a': {'b': {'c': 3}}}.a.b.c => 3
    {1: 'x'}[1] => "x"
    {1: 'x'}[dyn(1.0)] => "x"
    {1: 'x'}[dyn(1.5)] => E0503
    {1: 'x'}[dyn('1')] => E0503
    {true: 1, false: 2}[false] => 2
    {'if': 1}.if => 1
    {1: 'x'}['1'] => E0411
    {1: 'x'}.a => E0407
    'abc'[0] => E0411
    (1).a => E0407
    dyn(1).a => E0501
    dyn(null).a => E0502
    dyn([1])['a'] => E0501
    1 in [1, 2] => true
    3 in [1, 2] => false
    1.0 in [1, 2] => true
    1 in [] => false
    'a' in ['a'] => true
    'a' in [1] => E0410
    dyn('a') in [1] => false
    null in [null] => true
    [1] in [[1], [2]] => true
    'a' in {'a': 1} => true
    'b' in {'a': 1} => false
    1 in {1: 2} => true
    1.0 in {1: 2} => true
    1.5 in {1: 2} => false
    1 in 5 => E0411
    1 in dyn(5) => E0501
    'a' in 'abc' => E0411
    1in [1] => true
    """#)

  @Test(arguments: access) func `index, select and in`(trial: Trial) {
    #expect(Trial.outcome(trial.text) == trial.wanted)
  }
}
