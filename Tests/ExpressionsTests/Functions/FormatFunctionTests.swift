import Testing

@testable import Expressions

struct FormatFunctionTests {
  static let trials = Trial.table(
    #"""
    'no clause'.format([]) => "no clause"
    '%s'.format(['a']) => "a"
    '%s %s'.format(['a', 1]) => "a 1"
    '100%%'.format([]) => "100%"
    '%s'.format([true]) => "true"
    '%s'.format([null]) => "null"
    '%s'.format([3.14]) => "3.14"
    '%s'.format([3.0]) => "3"
    '%s'.format([1e21]) => "1000000000000000000000"
    '%s'.format([0.0 / 0.0]) => "NaN"
    '%s'.format([-1.0 / 0.0]) => "-Infinity"
    '%s'.format([15ms]) => "0.015s"
    '%s'.format([int]) => "int"
    '%s'.format([[1, 'a', 2.5, null, [true]]]) => "[1, a, 2.5, null, [true]]"
    '%s'.format([{'b': 1, 'a': [2]}]) => "{a: [2], b: 1}"
    '%s'.format([{10: 1, 9: 2}]) => "{10: 1, 9: 2}"
    '%d'.format([-42]) => "-42"
    '%d'.format([3.14]) => "3.14"
    '%d'.format(['a']) => E0501
    '%f'.format([1]) => "1.000000"
    '%f'.format([3.14]) => "3.140000"
    '%.1f'.format([3.14]) => "3.1"
    '%.0f'.format([2.5]) => "2"
    '%.0f'.format([3.5]) => "4"
    '%.0f'.format([0.5]) => "0"
    '%.0f'.format([1.5]) => "2"
    '%.3f'.format([123.4999]) => "123.500"
    '%.3f'.format([123.4994]) => "123.499"
    '%.2f'.format([2.675]) => "2.67"
    '%.1f'.format([0.25]) => "0.2"
    '%.1f'.format([0.75]) => "0.8"
    '%.3f'.format([-0.0001]) => "-0.000"
    '%.20f'.format([0.1]) => "0.10000000000000000555"
    '%.2f'.format([1e22]) => "10000000000000000000000.00"
    '%.2f'.format([999.999]) => "1000.00"
    '%.2f'.format([9223372036854775807]) => "9223372036854775807.00"
    '%f'.format([0.0 / 0.0]) => "NaN"
    '%f'.format([1.0 / 0.0]) => "Infinity"
    '%f'.format(['a']) => E0501
    '%e'.format([1]) => "1.000000e+00"
    '%e'.format([0]) => "0.000000e+00"
    '%.1e'.format([-3.14]) => "-3.1e+00"
    '%.2e'.format([9.999]) => "1.00e+01"
    '%.2e'.format([1234567.0]) => "1.23e+06"
    '%.0e'.format([0.00015]) => "1e-04"
    '%.3e'.format([1e-300]) => "1.000e-300"
    '%e'.format([5e-324]) => "4.940656e-324"
    '%x'.format([255]) => "ff"
    '%X'.format([-255]) => "-FF"
    '%x'.format(['hi']) => "6869"
    '%X'.format(['é']) => "C3A9"
    '%o'.format([8]) => "10"
    '%b'.format([-5]) => "-101"
    '%b'.format([true]) => "1"
    '%x'.format([1.5]) => E0501
    '%b'.format(['a']) => E0501
    '%s'.format([]) => E0508
    '%'.format([1]) => E0508
    '%q'.format([1]) => E0508
    '%.f'.format([1]) => E0508
    '%.9999f'.format([1]) => E0508
    'a'.format(1) => E0409
    """#)

  @Test(arguments: trials) func format(trial: Trial) {
    #expect(Trial.outcome(trial.text) == trial.wanted)
  }
}
