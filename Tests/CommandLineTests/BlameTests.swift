import Foundation
import Testing

@Suite struct BlameTests {
  @Test func saysWhatMatters() throws {
    let blame = try Tool.run(["blame", "scenarios/consensus/duelling-proposers.yaml"])
    #expect(blame.status == 0, "\(blame.errors)")
    #expect(blame.output.contains("fault split"))
    #expect(blame.output.contains("is gone"))
    #expect(blame.output.contains("nothing is drawn"))
  }

  @Test func saysItToPrograms() throws {
    let duel = "Tests/SearchTests/Shrinking/Fixtures/seven-node-duel.yaml"
    let blame = try Tool.run(
      ["blame", duel, "--seed", "5", "--reseedings", "3", "--json", "-"])
    #expect(blame.status == 0, "\(blame.errors)")
    let json = try JSONSerialization.jsonObject(with: Data(blame.output.utf8))
    let report = try #require(json as? [String: Any])
    #expect((report["parts"] as? [Any])?.count == 17)
    #expect(((report["reseedings"] as? [[String: Any]])?.first?["runs"] as? Int) == 3)
    #expect(report["interrupted"] as? Bool == false)
  }

  @Test func statuses() throws {
    #expect(try Tool.run(["blame", "scenarios/consensus/lost-commit.yaml"]).status == 6)
    #expect(try Tool.run(["blame", "none.yaml"]).status == 66)
    #expect(try Tool.run(["blame", "x.yaml", "--reseedings", "0"]).status == 64)
    #expect(try Tool.run(["blame", "-"], input: "version: 1\n").status == 65)
  }
}
