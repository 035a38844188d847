import Testing

@testable import Expressions

struct NumberLiteralTests {
  static let trials = Trial.table(
    #"""
    0 => 0
    42 => 42
    007 => 7
    0x1F => 31
    0x1f => 31
    0X1f => E0403
    9223372036854775807 => 9223372036854775807
    9223372036854775808 => E0403
    -9223372036854775808 => -9223372036854775808
    -9223372036854775809 => E0403
    0xFFFFFFFFFFFFFFFF => E0403
    1.5 => 1.5
    .5 => 0.5
    1e3 => 1000.0
    1E-3 => 0.001
    1.5e+3 => 1500.0
    1e400 => E0403
    1e-400 => 0.0
    4.9e-324 => 5e-324
    1e16 => 10000000000000000.0
    1e17 => 1e17
    0.0001 => 0.0001
    0.00001 => 1e-5
    123456789.125 => 123456789.125
    1. => E0401
    1.e3 => E0407
    1u => E0405
    1U => E0405
    0x1Fu => E0405
    0x => E0403
    1x => E0403
    1_000 => E0403
    15ms => 15ms
    15us => 15us
    15µs => 15us
    15μs => 15us
    15ns => 15ns
    15s => 15s
    15m => 900s
    15h => 54000s
    1.5s => 1.5s
    .5s => 500ms
    1m30s => 90s
    1h1m1s1ms1us1ns => 3661.001001001s
    1.5h30m => 7200s
    -15ms => -15ms
    0s => 0s
    0ms => 0s
    1s500ms => 1.5s
    30s1m => E0403
    1s1s => E0403
    15msec => E0403
    15min => E0403
    15sec => E0403
    15 ms => E0401
    1e3ms => E0403
    1m3 => E0403
    9223372036s => 9223372036s
    9223372037s => E0403
    1ms_ => E0403
    1.0000000001s => 1s
    1.123456789123s => 1.123456789s
    """#)

  @Test(arguments: trials) func numbers(trial: Trial) {
    #expect(Trial.outcome(trial.text) == trial.wanted)
  }
}
