import Testing

@testable import Expressions

struct ConversionsTests {
  static let trials = Trial.table(
    #"""
    int(1) => 1
    int(1.9) => 1
    int(-1.9) => -1
    int(-0.0) => 0
    int('42') => 42
    int('-42') => -42
    int('+42') => 42
    int('042') => 42
    int('-9223372036854775808') => -9223372036854775808
    int('9223372036854775808') => E0507
    int('') => E0507
    int('-') => E0507
    int(' 1') => E0507
    int('1.0') => E0507
    int('0x10') => E0507
    int('1_000') => E0507
    int('٣') => E0507
    int(1e18) => 1000000000000000000
    int(9223372036854774784.0) => 9223372036854774784
    int(9223372036854775808.0) => E0507
    int(-9223372036854775808.0) => E0507
    int(-9223372036854774784.0) => -9223372036854774784
    int(0.0 / 0.0) => E0507
    int(1.0 / 0.0) => E0507
    int(true) => E0409
    int(dyn(true)) => E0501
    int(null) => E0409
    int(15ms) => E0409
    double(1) => 1.0
    double(9007199254740993) => 9007199254740992.0
    double(9223372036854775807) => 9.223372036854776e18
    double('1.5') => 1.5
    double('-1e3') => -1000.0
    double('1') => 1.0
    double('NaN') => NaN
    double('Infinity') => Infinity
    double('-inf') => -Infinity
    double('1e999') => E0507
    double('abc') => E0507
    double('') => E0507
    double(' 1') => E0507
    double('nan(1)') => E0507
    double(1.5) => 1.5
    double(true) => E0409
    string(1) => "1"
    string(-1) => "-1"
    string(1.0) => "1"
    string(1.5) => "1.5"
    string(-0.0) => "-0"
    string(123.456) => "123.456"
    string(-987.654) => "-987.654"
    string(100000.0) => "100000"
    string(1000000.0) => "1e+06"
    string(1234567.5) => "1.2345675e+06"
    string(6.02214e23) => "6.02214e+23"
    string(0.0001) => "0.0001"
    string(0.00001) => "1e-05"
    string(1e-300) => "1e-300"
    string(0.1 + 0.2) => "0.30000000000000004"
    string(true) => "true"
    string('a') => "a"
    string(15ms) => "0.015s"
    string(1s) => "1s"
    string(-1500ms) => "-1.5s"
    string(1000000s) => "1000000s"
    string(1ns) => "0.000000001s"
    string(null) => E0409
    string([1]) => E0409
    string(dyn([1])) => E0501
    bool('true') => true
    bool('True') => true
    bool('TRUE') => true
    bool('t') => true
    bool('1') => true
    bool('false') => false
    bool('F') => false
    bool('0') => false
    bool('tRuE') => E0507
    bool('yes') => E0507
    bool('') => E0507
    bool(true) => true
    bool(1) => E0409
    duration('15ms') => 15ms
    duration('1h30m') => 5400s
    duration('-1.5s') => -1.5s
    duration('1000000s') => 1000000s
    duration('0') => 0s
    duration('.5s') => 500ms
    duration('15') => E0507
    duration('') => E0507
    duration('ms') => E0507
    duration('1 s') => E0507
    duration('10000000000s') => E0507
    duration(15ms) => 15ms
    duration(15) => E0409
    type(1) => int
    type('a') => string
    type(int) => type
    type(1s) => google.protobuf.Duration
    [1, 'a', null].map(x, type(x)) => [int, string, null_type]
    dyn(1) => 1
    90m.getHours() => 1
    -90m.getHours() => -1
    90m.getMinutes() => 90
    1h.getSeconds() => 3600
    1500ms.getSeconds() => 1
    123321456789ns.getMilliseconds() => 321
    getHours(1h) => E0409
    (1).getHours() => E0409
    """#)

  @Test(arguments: trials) func conversions(trial: Trial) {
    #expect(Trial.outcome(trial.text) == trial.wanted)
  }
}
