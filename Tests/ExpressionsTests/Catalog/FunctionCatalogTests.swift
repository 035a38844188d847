import Testing

@testable import Expressions

struct FunctionCatalogTests {
  @Test(arguments: FunctionCatalog.all.map(\.name))
  func `the example of every entry is true`(name: String) throws {
    for entry in FunctionCatalog.all where entry.name == name {
      let compiled = try Expression.check(
        entry.example, in: ExpressionEnvironment(), expecting: .bool
      ).get().compiled()
      var budget = EvaluationBudget()
      #expect(try compiled.evaluate(BoundValues([]), &budget) == .bool(true), "\(entry.example)")
    }
  }

  @Test(arguments: FunctionCatalog.all.map(\.name))
  func `the example of every entry also holds unchecked`(name: String) throws {
    for entry in FunctionCatalog.all where entry.name == name {
      let compiled = try Expression.check(
        entry.example, in: ExpressionEnvironment(), mode: .unchecked
      ).get().compiled()
      var budget = EvaluationBudget()
      #expect(try compiled.evaluate(BoundValues([]), &budget) == .bool(true), "\(entry.example)")
    }
  }

  @Test func `every builtin and macro is in the catalog`() {
    for builtin in Builtin.allCases {
      #expect(FunctionCatalog.all.contains { $0.builtin == builtin }, "\(builtin)")
    }
    for macro in Macro.allCases {
      #expect(FunctionCatalog.all.contains { $0.macro == macro }, "\(macro)")
    }
  }

  @Test func `forms read as they are written`() {
    let forms = FunctionCatalog.all.flatMap(\.forms)
    for form in [
      "int + int -> int", "A in list(A) -> bool", "bool ? A : A -> A", "!bool -> bool",
      "list(A)[int] -> A", "string.contains(string) -> bool", "math.greatest(N, …) -> N",
      "map(K, V).keys() -> list(K)", "list(A).transformMap(i, x, B) -> map(int, B)",
    ] {
      #expect(forms.contains(form), "\(form)")
    }
  }
}
