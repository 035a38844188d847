import Testing

@testable import Expressions

struct MathFunctionsTests {
  static let trials = Trial.table(
    #"""
    math.greatest(1) => 1
    math.greatest(1, 2) => 2
    math.greatest(1, 2.5, 2) => 2.5
    math.greatest(1.0, 1) => 1.0
    math.greatest([1, 3, 2]) => 3
    math.greatest([]) => E0508
    math.greatest(0.0 / 0.0) => NaN
    math.greatest(0.0 / 0.0, 1) => E0508
    math.least([1, 0.0 / 0.0]) => E0508
    math.greatest() => E0409
    math.greatest('a') => E0409
    math.greatest(dyn('a')) => E0501
    math.greatest([dyn('a')]) => E0501
    math.least(1, -2, 3) => -2
    math.least([-42.0, -21.5, -100.0]) => -100.0
    math.abs(-1) => 1
    math.abs(-1.5) => 1.5
    math.abs(-15ms) => 15ms
    math.abs(-9223372036854775808) => E0505
    math.sign(-42) => -1
    math.sign(0) => 0
    math.sign(-0.0) => 0.0
    math.sign(2.5) => 1.0
    math.sign(0.0 / 0.0) => NaN
    math.ceil(1.2) => 2.0
    math.ceil(-1.2) => -1.0
    math.ceil(1) => E0409
    math.floor(1.8) => 1.0
    math.floor(-1.2) => -2.0
    math.round(1.5) => 2.0
    math.round(2.5) => 3.0
    math.round(-1.5) => -2.0
    math.round(0.49999999999999994) => 0.0
    math.trunc(-1.9) => -1.0
    math.sqrt(81) => 9.0
    math.sqrt(2.25) => 1.5
    math.sqrt(-1.0) => NaN
    math.isNaN(0.0 / 0.0) => true
    math.isNaN(1.0) => false
    math.isInf(-1.0 / 0.0) => true
    math.isFinite(1.0 / 0.0) => false
    math.isFinite(1.0) => true
    math.bitAnd(6, 3) => 2
    math.bitAnd(-3, -5) => -7
    math.bitOr(-2, -4) => -2
    math.bitXor(1, 3) => 2
    math.bitNot(1) => -2
    math.bitShiftLeft(1, 2) => 4
    math.bitShiftLeft(-1, 2) => -4
    math.bitShiftLeft(1, 64) => 0
    math.bitShiftLeft(1, 200) => 0
    math.bitShiftLeft(1, -1) => E0508
    math.bitShiftRight(1024, 2) => 256
    math.bitShiftRight(-1, 63) => 1
    math.bitShiftRight(-1, 64) => 0
    math.bitShiftRight(1, -1) => E0508
    math.power(2, 3) => E0408
    abs(1) => E0408
    """#)

  @Test(arguments: trials) func mathematics(trial: Trial) {
    #expect(Trial.outcome(trial.text) == trial.wanted)
  }
}
