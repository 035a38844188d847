import Diagnostics
import ScenarioSyntax
import TestSupport
import Testing

/// Parameters, the matrix and `--set`.
struct ScenarioFrameTests {
  private func cells(
    _ sections: String, _ settings: [Setting] = []
  ) -> (labels: [String], names: [String], codes: [String]) {
    let text = """
      version: 1
      name: "${shown}"
      topology: {nodes: 3}
      latencies: {default: 20ms}
      protocol: barrier
      \(sections)
      """
    let (file, diagnostics, _) = read(text, settings: settings)
    var bag = DiagnosticBag()
    guard let file, diagnostics.isEmpty else { return ([], [], diagnostics.map(\.code.id)) }
    let labels = (0..<file.cellCount).map { cell in
      file.cellValues(cell).map { "\($0.name)=\($0.text)" }.joined(separator: " ")
    }
    let names = (0..<file.cellCount).compactMap { file.scenario(cell: $0, into: &bag)?.name.value }
    return (labels, names, bag.sorted.map(\.code.id))
  }

  @Test(arguments: [
    ("80ms", "80ms"), ("3", "3"), ("some words", "some words"), ("\"#1\"", "#1"), ("1%", "1%"),
  ])
  func aParameterIsPasted(_ value: String, _ name: String) {
    #expect(cells("parameters: {shown: \(value)}").names == [name])
  }

  @Test(arguments: [
    ("a ${b} c", "a x c"), ("${b}${b}", "xx"), ("$${b}", "${b}"), ("$b $", "$b $"),
    ("$$${b}", "$${b}"),
  ])
  func piecesOfTexts(_ text: String, _ wanted: String) throws {
    let story = """
      version: 1
      name: '\(text)'
      description: ${b}
      topology: {nodes: 3}
      latencies: {default: 20ms}
      protocol: barrier
      parameters: {b: x}
      """
    let file = try #require(read(story).file)
    var bag = DiagnosticBag()
    #expect(file.scenario(cell: 0, into: &bag)?.name.value == wanted)
  }

  @Test func aListIsPastedAsAWhole() throws {
    let story = """
      version: 1
      name: lists
      tags: ${all}
      topology: {nodes: "${all}"}
      latencies: {default: 20ms}
      protocol: barrier
      parameters: {all: [a, b]}
      """
    let file = try #require(read(story).file)
    var bag = DiagnosticBag()
    let scenario = try #require(file.scenario(cell: 0, into: &bag))
    #expect(scenario.tags.map(\.value) == ["a", "b"])
    guard case .named(let nodes) = scenario.topology.nodes else {
      Issue.record("no names")
      return
    }
    #expect(nodes.map(\.value) == ["a", "b"])
  }

  @Test func theFirstKeyOfTheMatrixIsSlowest() {
    let cells = cells("matrix: {a: [1, 2], shown: [x, y]}\nlimits: {events: \"${a}\"}")
    #expect(cells.labels == ["a=1 shown=x", "a=1 shown=y", "a=2 shown=x", "a=2 shown=y"])
    #expect(cells.names == ["x", "y", "x", "y"])
  }

  @Test(arguments: [
    ("0ms..20ms step 10ms", ["0ms", "10ms", "20ms"]),
    ("900ms..1100ms step 100ms", ["900ms", "1s", "1.1s"]),
    ("1ms..5ms step 2ms", ["1ms", "3ms", "5ms"]), ("1..3", ["1", "2", "3"]),
    ("-1..1", ["-1", "0", "1"]),
    ("1..9 step 4", ["1", "5", "9"]), ("0%..1% step 0.5%", ["0%", "0.5%", "1%"]),
    ("0.1..0.3 step 0.1", ["0.1", "0.2", "0.3"]), ("5ms..5ms step 1ms", ["5ms"]),
    ("[5ms, 1s]", ["5ms", "1s"]), ("[one, two]", ["one", "two"]),
  ])
  func rangesAndLists(_ values: String, _ wanted: [String]) {
    let cells = cells("matrix: {shown: \(values)}")
    #expect(cells.names == wanted)
    #expect(cells.labels == wanted.map { "shown=\($0)" })
  }

  @Test func aRangeReachesItsEnd() {
    #expect(cells("matrix: {shown: 1ms..4ms step 2ms}").codes.first == "E0216")
  }

  @Test func exclusionsTakeCombinationsOut() {
    let sections = """
      matrix:
        a: 1..3
        shown: [x, y]
        exclude:
          - {a: 2}
          - {a: [1, 3], shown: y}
      limits: {events: "${a}"}
      """
    #expect(cells(sections).labels == ["a=1 shown=x", "a=3 shown=x"])
  }

  @Test func exclusionsTakeOutOfThreeAxesWhatTheyName() {
    let sections = """
      matrix:
        a: 1..2
        b: 1..3
        shown: [x, y]
        exclude: [{b: 2, shown: x}, {a: 2, b: [1, 3]}, {b: 2, shown: x}]
      limits: {events: "${a}${b}"}
      """
    #expect(
      cells(sections).labels == [
        "a=1 b=1 shown=x", "a=1 b=1 shown=y", "a=1 b=2 shown=y", "a=1 b=3 shown=x",
        "a=1 b=3 shown=y", "a=2 b=2 shown=y",
      ])
  }

  @Test func exclusionsTakeATimeThatGrowsWithTheirNumber() {
    let growth = growth(from: 400, by: 4) { count in
      let excluded = (1...count).dropLast().map { "{a: \($0)}" }.joined(separator: ", ")
      let text = """
        version: 1
        name: story
        topology: {nodes: 3}
        latencies: {default: 20ms}
        protocol: barrier
        matrix: {a: 1..\(count), exclude: [\(excluded)]}
        limits: {events: "${a}"}
        """
      #expect(read(text).file?.cellCount == 1)
    }
    #expect(growth < 8)
  }

  @Test func exclusionsCompareValuesNotTexts() {
    #expect(cells("matrix: {shown: [1s, 2s], exclude: [{shown: 1000ms}]}").names == ["2s"])
  }

  @Test(arguments: [
    ("parameters: {shown: 80ms}", "shown", "1s", ["1s"]),
    ("matrix: {shown: [1ms, 2ms]}", "shown", "2ms", ["2ms"]),
    ("matrix: {shown: [1ms, 2ms]}", "shown", "7ms", ["7ms"]),
    ("parameters: {shown: x}\nmatrix: {shown: [y, z]}", "shown", "w", ["w"]),
    ("matrix: {shown: [x, y], exclude: [{shown: y}]}", "shown", "x", ["x"]),
  ])
  func settingsFixValues(_ sections: String, _ name: String, _ text: String, _ names: [String]) {
    #expect(cells(sections, [Setting(name: name, text: text)]).names == names)
  }

  @Test(arguments: [
    ("parameters: {shown: 80ms}", "shwon", "1s", "E0621"),
    ("parameters: {shown: 80ms}", "shown", "80", "E0622"),
    ("parameters: {shown: 80}", "shown", "80ms", "E0622"),
    ("parameters: {shown: true}", "shown", "yes", "E0622"),
    ("parameters: {shown: 1%}", "shown", "1", "E0622"),
    ("matrix: {shown: [1, 2]}", "shown", "1.5", "E0622"),
  ])
  func settingsOfAnotherFormAreRefused(
    _ sections: String, _ name: String, _ text: String, _ code: String
  ) {
    #expect(cells(sections, [Setting(name: name, text: text)]).codes == [code])
  }

  @Test func aListIsSetInBrackets() throws {
    let story = """
      version: 1
      name: lists
      tags: ${all}
      topology: {nodes: 3}
      latencies: {default: 20ms}
      protocol: barrier
      parameters: {all: [a, b]}
      """
    let file = try #require(read(story, settings: [Setting(name: "all", text: "[c, d]")]).file)
    var bag = DiagnosticBag()
    #expect(file.scenario(cell: 0, into: &bag)?.tags.map(\.value) == ["c", "d"])
    let refused = read(story, settings: [Setting(name: "all", text: "c")])
    #expect(refused.diagnostics.map(\.code.id) == ["E0622"])
  }
}
