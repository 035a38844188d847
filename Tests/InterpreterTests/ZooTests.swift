import Analysis
import Interpreter
import Protocols
import SystemModel
import Testing

/// The zoo of known mistakes: each has a scenario that shows it, and a control that passes.
struct ZooTests {
  struct Exhibit: Sendable, CustomTestStringConvertible {
    let protocolName: String
    let mistake: MistakeDeclaration

    var testDescription: String { "\(protocolName)/\(mistake.name)" }

    var story: ShippedScenario { ShippedScenario(path: "zoo/\(testDescription).yaml") }

    var storm: ShippedScenario { ShippedScenario(path: "zoo/\(protocolName)/storm.yaml") }
  }

  static let exhibits = ProtocolCatalog.all.flatMap { description in
    description.mistakes.map { Exhibit(protocolName: description.name, mistake: $0) }
  }

  /// Of a text, the value of a key at its top level.
  private static func value(of key: String, in text: String) -> String? {
    text.split(separator: "\n").first { $0.hasPrefix("\(key): ") }
      .map { String($0.dropFirst(key.count + 2)) }
  }

  @Test func everyProtocolHasMistakes() {
    for description in ProtocolCatalog.all {
      #expect(!description.mistakes.isEmpty, "\(description.name)")
      #expect(description.parameters.contains { $0.name == "mistake" })
    }
  }

  @Test func everyStoryIsOfADeclaredMistake() throws {
    let known = Set(Self.exhibits.map(\.story.path))
    for file in ShippedScenario.all where file.path.hasPrefix("zoo/") {
      let isStory = try Self.value(of: "extends", in: file.text()) != nil
      #expect(isStory == known.contains(file.path), "\(file.path)")
    }
  }

  /// The rule is off, the assertion breaks, and nothing else is said than in the control.
  @Test(arguments: exhibits)
  func breaksWhatItSays(_ exhibit: Exhibit) throws {
    let cell = try #require(try exhibit.story.compiled().cells.first)
    let result = Interpreter.run(cell.plan)
    #expect(result.verdict == .pass)
    #expect(result.assertion(exhibit.mistake.breaks)?.verdict == .fail)
    let keys = try exhibit.story.text().split(separator: "\n").compactMap { line in
      line.first?.isLetter == true ? line.split(separator: ":").first.map(String.init) : nil
    }
    let allowed = [
      "version", "name", "description", "tags", "seed", "extends", "parameters", "protocol",
      "expect",
    ]
    #expect(keys.allSatisfy(allowed.contains), "\(keys)")
  }

  @Test(arguments: exhibits)
  func theControlPasses(_ exhibit: Exhibit) throws {
    let name = try #require(Self.value(of: "extends", in: try exhibit.story.text()))
    let control = ShippedScenario(path: "zoo/\(exhibit.protocolName)/\(name)")
    #expect(try !control.text().contains("expect:"))
    for cell in try control.compiled().cells {
      var plan = cell.plan
      if let seed = Self.value(of: "seed", in: try exhibit.story.text()) {
        plan.system.seed = try #require(UInt64(seed))
      }
      let result = Interpreter.run(plan)
      #expect(result.outcome == .pass, "\(result.assertions.filter { $0.verdict != .pass })")
    }
  }

  /// The figures of the table in the reference: the storm finds the mistake with this seed, and not
  /// with the few before it. That none before these finds it takes a release build: `.ci/zoo`.
  @Test(arguments: exhibits)
  func theStormNeedsSoManySeeds(_ exhibit: Exhibit) throws {
    let setting = ParameterSetting(name: "mistake", value: exhibit.mistake.name)
    var plan = try #require(try exhibit.storm.compiled([setting]).cells.first?.plan)
    guard let seeds = exhibit.mistake.seeds else { return }
    for seed in max(1, seeds - 4)...seeds {
      plan.system.seed = UInt64(seed)
      let outcome = Interpreter.run(plan).assertion(exhibit.mistake.breaks)?.verdict
      #expect((outcome == .fail) == (seed == seeds), "seed \(seed)")
    }
  }

  /// `.ci/zoo` tries a thousand seeds.
  @Test(arguments: ProtocolCatalog.all.map(\.name))
  func theStormPassesWithoutAMistake(_ name: String) throws {
    let storm = ShippedScenario(path: "zoo/\(name)/storm.yaml")
    var plan = try #require(try storm.compiled().cells.first?.plan)
    for seed in UInt64(1)...20 {
      plan.system.seed = seed
      let result = Interpreter.run(plan)
      #expect(result.outcome == .pass, "seed \(seed)")
    }
  }
}
