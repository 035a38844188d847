import Testing

@testable import Expressions

struct ExpressionTypeTests {
  static let types: [ExpressionType] = [
    .bool, .int, .double, .string, .duration, .null, .word(["a", "b"]), .list(.int), .list(.never),
    .map(.string, .int), .map(.never, .never), .object(0), .object(1), .nullable(.object(0)),
    .nullable(.duration), .type, .dyn, .never, .list(.nullable(.object(0))),
  ]

  @Test(arguments: types) func `a type fits itself, dyn and what is nullable of it`(
    type: ExpressionType
  ) {
    #expect(type.fits(type))
    #expect(type.fits(.dyn))
    #expect(ExpressionType.dyn.fits(type))
    #expect(ExpressionType.never.fits(type))
    #expect(type.fits(type.nullable))
    #expect(type.joined(with: type) == type)
    #expect(type.joined(with: .never) == type)
    #expect(type.joined(with: .dyn) == .dyn || type == .never)
  }

  @Test func `what two types join to holds both`() {
    for left in Self.types {
      for right in Self.types {
        let joined = left.joined(with: right)
        #expect(joined == right.joined(with: left) || joined?.erased == .word(["a", "b"]).erased)
        guard let joined else { continue }
        #expect(left.fits(joined), "\(left) in \(joined)")
        #expect(right.fits(joined), "\(right) in \(joined)")
      }
    }
    #expect(ExpressionType.int.joined(with: .double) == nil)
    #expect(ExpressionType.object(0).joined(with: .null) == .nullable(.object(0)))
    #expect(ExpressionType.word(["a"]).joined(with: .word(["b"])) == .word(["a", "b"]))
    #expect(ExpressionType.list(.int).joined(with: .list(.string)) == .list(.dyn))
  }

  @Test func `types are worded as the reference words them`() {
    let environment = World.environment
    #expect(ExpressionType.list(.object(0)).text(in: environment) == "list(node)")
    #expect(ExpressionType.nullable(.duration).text(in: environment) == "duration or null")
    #expect(
      ExpressionType.map(.string, .list(.never)).text(in: environment) == "map(string, list(dyn))")
    #expect(ExpressionType.word(["a"]).text(in: environment) == "string")
  }
}
