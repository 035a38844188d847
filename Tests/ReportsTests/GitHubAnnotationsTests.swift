import Reports
import TestSupport
import Testing

/// What GitHub shows at the lines of a scenario.
struct GitHubAnnotationsTests {
  @Test func everyEnding() {
    expectGolden(
      GitHubAnnotations.text(SampleRuns.all + [SampleRuns.labelled]), "annotations.txt")
  }

  @Test func passesSayNothing() {
    #expect(GitHubAnnotations.text([SampleRuns.pass, SampleRuns.expectedFailure]) == "")
  }

  @Test func cellsAreNamed() {
    var runs = [1, 2, 3].map { _ in SampleRuns.fail }
    for (place, value) in ["drop", "hold", "slow"].enumerated() {
      runs[place].cell = [.init(name: "mode", value: value)]
    }
    let lines = GitHubAnnotations.text(runs).split(separator: "\n")
    #expect(!lines.isEmpty)
    for line in lines { #expect(line.hasSuffix(" (mode=drop and 2 other combinations)")) }
    let single = GitHubAnnotations.text([runs[1]]).split(separator: "\n")
    for line in single { #expect(line.hasSuffix(" (mode=hold)")) }
  }

  /// A runner takes each line that begins with `::` for a command: no text gets out of its own.
  @Test func hostileNamesStayInTheirLine() {
    let text = GitHubAnnotations.text([SampleRuns.hostile])
    let lines = text.split(separator: "\n")
    #expect(!lines.isEmpty)
    for line in lines {
      #expect(line.hasPrefix("::error ") || line.hasPrefix("::warning "))
      #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 })
      let properties = line.dropFirst(2).split(separator: "::", maxSplits: 1)[0]
      #expect(properties.split(separator: ",").count <= 4)
    }
  }
}
