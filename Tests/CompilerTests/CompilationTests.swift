import Analysis
import Compiler
import SystemModel
import Testing

/// The documented scenarios become plans.
struct CompilationTests {
  @Test(arguments: ["consensus", "election", "mutex", "barrier"])
  func documentedScenarios(_ name: String) throws {
    let compiled = compile(try fixture("\(name).yaml"), name: "\(name).yaml")
    #expect(compiled.errors.isEmpty, "\(compiled.text)")
    let plan = try #require(compiled.plans?.first)
    #expect(plan.tags.first == "documented")
    #expect(plan.judgement.assertions.count > 4)
  }
}
