import Testing

/// The tutorial's commands give the outputs that it shows: from a red run to a test that is kept.
@Suite struct TutorialTests {
  @Test func commandsGiveTheOutputsShown() throws {
    try Page("Sources/Interpreter/Documentation.docc/Tutorial.md")
      .expectSessions(13, scenario: "last-item.yaml")
  }
}
