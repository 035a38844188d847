import Testing

@testable import Expressions

struct StringLiteralTests {
  static let trials = Trial.table(
    #"""
    '' => ""
    "" => ""
    'a' => "a"
    "a" => "a"
    '"' => "\""
    "'" => "'"
    '''x''x''' => "x''x"
    """a"b""" => "a\"b"
    """""" => ""
    '\'' => "'"
    "\"" => "\""
    '\\' => "\\"
    '\a\b\f\n\r\t\v' => "\a\b\f\n\r\t\v"
    '\?\`' => "?`"
    '\x41\X42' => "AB"
    '\xff' => "ÿ"
    '\303\277' => "Ã¿"
    '\000' => "\u0000"
    '\377' => "ÿ"
    '\u00e9' => "é"
    '\U0001F600' => "😀"
    '\ud83d\ude00' => "😀"
    '\ud83d' => E0402
    '\ude00' => E0402
    '\ud83dx' => E0402
    '\U00110000' => E0402
    '\U0000d800' => E0402
    '\u12' => E0402
    '\x4' => E0402
    '\x+1' => E0402
    '\400' => E0402
    '\08' => E0402
    '\d' => E0402
    '\q' => E0402
    r'\d' => "\\d"
    R"\n" => "\\n"
    r'''\''' => "\\"
    r'a\' => "a\\"
    b'a' => E0405
    B"a" => E0405
    br'a' => E0405
    rb'a' => E0405
    'a => E0402
    "a => E0402
    '''a' => E0402
    '\ => E0402
    r 'a' => E0401
    'größe 😀' => "größe 😀"
    """#)

  @Test(arguments: trials) func strings(trial: Trial) {
    #expect(Trial.outcome(trial.text) == trial.wanted)
  }

  @Test func `only three quotes go over lines`() {
    #expect(Trial.outcome("'a\nb'") == "E0402")
    #expect(Trial.outcome("'''a\nb'''") == #""a\nb""#)
    #expect(Trial.outcome("\"\"\"a\r\nb\rc\"\"\"") == #""a\nb\nc""#)
    #expect(Trial.outcome("'a\rb'") == "E0402")
  }
}
