import Testing

@testable import Expressions

struct StringFunctionsTests {
  static let trials = Trial.table(
    #"""
    size('') => 0
    'größe'.size() => 5
    '😀'.size() => 1
    'e\u0301'.size() => 2
    size([1, 2]) => 2
    [].size() => 0
    {'a': 1}.size() => 1
    size(1) => E0409
    size(dyn(1)) => E0501
    size('a', 'b') => E0409
    'abc'.contains('bc') => true
    'abc'.contains('') => true
    'abc'.contains('cb') => false
    ''.contains('') => true
    'aaab'.contains('aab') => true
    'é'.contains('e') => false
    'e\u0301'.contains('e') => true
    contains('a', 'a') => E0409
    'abc'.startsWith('ab') => true
    'abc'.startsWith('') => true
    'abc'.startsWith('b') => false
    'e\u0301'.startsWith('e') => true
    'abc'.endsWith('bc') => true
    'abc'.endsWith('') => true
    'abc'.endsWith('abcd') => false
    'a'.startsWith(1) => E0409
    dyn(1).startsWith('a') => E0501
    'abc'.charAt(0) => "a"
    'abc'.charAt(3) => ""
    'abc'.charAt(4) => E0504
    'abc'.charAt(-1) => E0504
    'a😀b'.charAt(1) => "😀"
    'hello mellow'.indexOf('') => 0
    'hello mellow'.indexOf('ello') => 1
    'hello mellow'.indexOf('jello') => -1
    'hello mellow'.indexOf('', 2) => 2
    'hello mellow'.indexOf('ello', 2) => 7
    'hello mellow'.indexOf('ello', 12) => -1
    'hello mellow'.indexOf('', 12) => 12
    'hello mellow'.indexOf('ello', 13) => E0504
    'hello mellow'.indexOf('ello', -1) => E0504
    'a😀b'.indexOf('b') => 2
    'hello mellow'.lastIndexOf('') => 12
    'hello mellow'.lastIndexOf('ello') => 7
    'hello mellow'.lastIndexOf('jello') => -1
    'hello mellow'.lastIndexOf('ello', 6) => 1
    'hello mellow'.lastIndexOf('ello', 7) => 7
    'hello mellow'.lastIndexOf('ello', 12) => 7
    'hello mellow'.lastIndexOf('ello', 13) => E0504
    'hello mellow'.lastIndexOf('ello', -1) => E0504
    'a'.lastIndexOf('aa') => -1
    'tacocat'.substring(4) => "cat"
    'tacocat'.substring(0, 4) => "taco"
    'tacocat'.substring(7) => ""
    'tacocat'.substring(2, 2) => ""
    'tacocat'.substring(8) => E0504
    'tacocat'.substring(-1) => E0504
    'tacocat'.substring(2, 1) => E0504
    'tacocat'.substring(0, 8) => E0504
    'ta©o©αT'.substring(2, 6) => "©o©α"
    'hello hello'.replace('he', 'we') => "wello wello"
    'hello hello'.replace('he', 'we', 1) => "wello hello"
    'hello hello'.replace('he', 'we', 0) => "hello hello"
    'hello hello'.replace('he', 'we', -1) => "wello wello"
    'hello'.replace('l', '') => "heo"
    'ab'.replace('', '_') => "_a_b_"
    'ab'.replace('', '_', 2) => "_a_b"
    'aaa'.replace('aa', 'b') => "ba"
    'a,b,c'.split(',') => ["a", "b", "c"]
    'a,b,c'.split(',', 0) => []
    'a,b,c'.split(',', 1) => ["a,b,c"]
    'a,b,c'.split(',', 2) => ["a", "b,c"]
    'a,b,c'.split(',', -1) => ["a", "b", "c"]
    ''.split(',') => [""]
    'abc'.split('') => ["a", "b", "c"]
    'abc'.split('', 2) => ["a", "bc"]
    ''.split('') => []
    ',a,'.split(',') => ["", "a", ""]
    ['a', 'b'].join() => "ab"
    ['a', 'b'].join('-') => "a-b"
    [].join('-') => ""
    [1].join('-') => E0409
    [dyn(1)].join('-') => E0501
    '  \t\n trim \u00a0'.trim() => "trim"
    '\u200btrim\u200b'.trim() => "\u200btrim\u200b"
    ''.trim() => ""
    'TacoCÆt Xii'.lowerAscii() => "tacocÆt xii"
    'tacoCÆt Xii'.upperAscii() => "TACOCÆT XII"
    'gums'.reverse() => "smug"
    'a😀b'.reverse() => "b😀a"
    [1, 2, 3].reverse() => [3, 2, 1]
    (1).reverse() => E0409
    dyn(1).reverse() => E0501
    strings.quote('a"b\n') => "\"a\\\"b\\n\""
    'abc'.matches('b') => true
    'abc'.matches('^b') => false
    'abc'.matches('') => true
    matches('abc', 'a.c') => true
    'abc'.matches(dyn('a') + '+') => true
    'abc'.matches('(') => E0416
    'abc'.matches('a' + '(') => E0508
    dyn(1).matches('a') => E0501
    """#)

  @Test(arguments: trials) func strings(trial: Trial) {
    #expect(Trial.outcome(trial.text) == trial.wanted)
  }
}
