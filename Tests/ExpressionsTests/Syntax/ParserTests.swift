import Testing

@testable import Expressions

struct ParserTests {
  static let trials = Trial.table(
    #"""
    (1) => 1
    ((1)) => 1
    () => E0401
    (1 => E0401
    1) => E0401
    [1 => E0401
    [1 2] => E0401
    [,] => E0401
    {'a' 1} => E0401
    {'a': } => E0401
    {,} => E0401
    1 + => E0401
    + 1 => E0401
    1 1 => E0401
    'a' 'b' => E0401
    true ? 1 => E0401
    true ? : 2 => E0401
    true and false => E0401
    true or false => E0401
    not true => E0401
    !-1 => E0401
    -!true => E0401
    !-x => E0401
    1 == 1 and 2 == 2 => E0401
    size() => E0409
    size(,) => E0401
    size(1,) => E0401
    [1].?a => E0405
    [1][?0] => E0405
    [?1] => E0405
    {?'a': 1} => E0405
    Foo{a: 1} => E0405
    a.b.Foo{} => E0405
    if => E0419
    for + 1 => E0419
    function(1) => E0419
    as => E0419
    null.if => E0407
    true.x => E0407
    {'true': 1}.true => E0401
    1.size() => E0409
    'a'.size() => 1
    .int => int
    .x => E0406
    -1.5.size() => E0409
    -[1][0] => -1
    -{'a': 1}.a => -1
    !{'a': true}.a => false
    1 - -1 => 2
    1--1 => 2
    1 < 2 < 3 => E0410
    1 in [1] == true => true
    true ? false ? 1 : 2 => E0401
    a => E0406
    _a1 => E0406
    1.5.5 => E0401
    a..b => E0401
    a. => E0401
    x++ => E0401
    """#)

  @Test(arguments: trials) func grammar(trial: Trial) {
    #expect(Trial.outcome(trial.text) == trial.wanted)
  }

  @Test(arguments: [
    ("(", "1", ")"), ("[", "1", "]"), ("-(", "1", ")"), ("!", "true", ""), ("[", "1", "][0]"),
    ("true ? 1 : ", "2", ""), ("size(", "''", ")"), ("{'a': ", "1", "}"), ("1 + (", "1", ")"),
    ("[1].map(x, ", "1", ")"), ("cel.bind(x, 1, ", "1", ")"), ("- ", "1", ""),
    ("true ? (", "1", ") : 1"),
  ])
  func `nesting is deep enough, and ends without a crash`(
    open: String, core: String, close: String
  ) {
    func nested(_ depth: Int) -> String {
      String(repeating: open, count: depth) + core + String(repeating: close, count: depth)
    }
    let environment = ExpressionEnvironment()
    #expect(!["E0404", "E0401"].contains(Trial.outcome(nested(32), in: environment)))
    for depth in [200, 5_000] {
      let outcome = Trial.outcome(nested(depth), in: environment)
      #expect(outcome == "E0404", "\(depth) gives \(outcome)")
    }
  }

  @Test(arguments: [
    ("1", " + 1"), ("1", " * 1"), ("[1]", "[0]"), ("x", ".a"), ("1", " == 1"), ("'a'", ".trim()"),
  ])
  func `chains are long enough, and end without a crash`(first: String, next: String) {
    func chain(_ count: Int) -> String { first + String(repeating: next, count: count) }
    #expect(Trial.outcome(chain(32), mode: .unchecked) != "E0404")
    #expect(Trial.outcome(chain(200), mode: .unchecked) == "E0404")
    #expect(Trial.outcome(chain(9_000), mode: .unchecked) == "E0404")
  }

  @Test func `chains of and, of or and lists may be long`() {
    #expect(Trial.outcome("true" + String(repeating: " && true", count: 3_000)) == "true")
    #expect(Trial.outcome("false" + String(repeating: " || false", count: 3_000)) == "false")
    #expect(Trial.outcome("[1" + String(repeating: ",1", count: 5_000) + "].size()") == "5001")
    #expect(Trial.outcome("[1" + String(repeating: ",1", count: 20_000) + "].size()") == "E0404")
  }

  @Test func `ranges of parts are exact`() throws {
    let tree = try Parser.parse("a.b(c, [1]) && !x[ 0 ]")
    guard case .all(let terms) = tree.form else {
      Issue.record("not a conjunction")
      return
    }
    #expect(tree.range == 0..<22)
    #expect(terms.map(\.range) == [0..<11, 15..<22])
  }
}
