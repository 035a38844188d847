import Testing

@testable import Expressions

struct TypePatternTests {
  /// Where a value whose type is not known stands among others, the result is of no known type.
  static let loose = Trial.table(
    """
    math.greatest(2, dyn(7.5), 3) / 2.0 => 3.75
    math.least(1, dyn(0.5)) < 1.0 => true
    math.least(3, dyn([0.5])[0], 2) <= 1 => true
    ([1] + [dyn('a')])[1] == 'a' => true
    ([1] + dyn(['a']))[1] == 'a' => true
    (dyn(['a']) + [1])[0] == 'a' => true
    [[1], dyn(['a'])].flatten()[1] == 'a' => true
    [3, dyn(1)].max() == 3 => true
    (true ? {'a': 1} : dyn({'a': 'x'})).a == 1 => true
    sum([1, dyn(2)]) + 1 => 4
    """)

  @Test(arguments: loose) func `an unknown type makes what it touches unknown`(trial: Trial) {
    #expect(Trial.outcome(trial.text) == trial.wanted)
    #expect(Trial.outcome(trial.text, mode: .unchecked) == trial.wanted)
  }

  @Test func `what is known stays known`() {
    #expect(Trial.outcome("math.greatest(2, 3) / 2.0") == "E0411")
    #expect(Trial.outcome("([1] + [2])[0] == 'a'") == "E0410")
    #expect(Trial.outcome("[] + [2] == ['a']") == "E0410")
  }
}
