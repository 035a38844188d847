import Testing

@testable import Expressions

struct LexerTests {
  static let trials = Trial.table(
    #"""
    1+2 => 3
    1 // the rest => 1
    1in[1]&&true => true
    = => E0401
    1 = 1 => E0401
    true & true => E0401
    true | true => E0401
    ${x} => E0417
    ${ => E0417
    $} => E0417
    ${} => E0417
    1 + $x} => E0417
    $x => E0417
    {'a-b': 1}.`a-b` => 1
    {'a/b c.d': {'_9': 2}}.`a/b c.d`.`_9` => 2
    has({'a-b': 1}.`a-b`) && !has({'a-b': 1}.`a-c`) => true
    {'in': 3}.`in` => 3
    {'a+b': 1}.`a+b` => E0401
    {'a': 1}.`` => E0401
    {'a': 1}.`a => E0401
    {'a': 1}.`a`() => E0401
    `a` => E0401
    1 ; 2 => E0401
    # => E0401
    ä => E0401
    1 @ 2 => E0401
    1 <> 2 => E0401
    """#)

  @Test(arguments: trials) func tokens(trial: Trial) {
    #expect(Trial.outcome(trial.text) == trial.wanted)
  }

  @Test func `space and comments stand between tokens`() {
    #expect(Trial.outcome("\t1\n+ // one\r\n// two\n\u{C}2\r") == "3")
    #expect(Trial.outcome("") == "E0401")
    #expect(Trial.outcome("// nothing") == "E0401")
    #expect(Trial.outcome("1\u{A0}+ 2") == "E0401")
    #expect(Trial.outcome("1\u{0}") == "E0401")
  }

  @Test func `a text that is too long is refused unread`() {
    let text = "1" + String(repeating: " ", count: 65_535)
    #expect(Trial.outcome(text) == "1")
    #expect(Trial.outcome(text + " ") == "E0404")
  }
}
