import Protocols
import SystemModel
import TestSupport
import Testing

/// What every protocol owes to those who only know its description.
struct ProtocolCatalogTests {
  /// Looks at a machine as the engine does, knowing its type.
  struct Inspection: MachineVisitor {
    func visit<Machine: StateMachine>(_ machine: Machine.Type) -> String {
      let description = Machine.description
      let timers = Machine.Timer.allCases.map { Int($0.rawValue) }
      #expect(timers == Array(description.timers.indices), "timers are declared in order")
      let fresh = Machine(
        NodeContext(node: 0, of: 5, description, options: neededOptions(description)))
      for (index, field) in description.fields.enumerated() {
        if field.type == .nodeList {
          #expect(fresh.list(ofField: index) == [], "\(field.name) is empty at first")
        } else {
          expectInDomain(fresh.word(ofField: index), field)
        }
      }
      let view = NodeView(machines: [fresh], isUp: [true])
      for index in description.selectors.indices {
        #expect(Machine.nodes(selectedBy: index, among: view).count <= 1)
      }
      return description.name
    }

    private func neededOptions(_ description: ProtocolDescription) -> [String: ParameterValue] {
      var options: [String: ParameterValue] = [:]
      for parameter in description.parameters where parameter.required {
        #expect(parameter.kind == .node, "the tests know no value for \(parameter.name)")
        options[parameter.name] = .node(NodeID(4))
      }
      return options
    }

    private func expectInDomain(_ word: Int64, _ field: FieldDeclaration) {
      if word == WordType.absent {
        #expect(field.nullable, "\(field.name) is absent")
        return
      }
      switch field.type {
      case .bool: #expect(word == 0 || word == 1)
      case .word(let words): #expect(words.indices.contains(Int(word)))
      case .int: #expect(field.range?.contains(word) ?? true)
      default: break
      }
    }
  }

  @Test(arguments: ProtocolCatalog.all.map(\.name))
  func `Every protocol that is listed can be visited by its name`(name: String) {
    #expect(visitMachine(named: name, Inspection()) == name)
  }

  @Test func `A name that is not listed is not visited`() {
    #expect(visitMachine(named: "gossip", Inspection()) == nil)
    #expect(ProtocolCatalog.named("gossip") == nil)
  }

  @Test func `Every source file of a machine has its line in the catalog`() throws {
    let names = try SourceTree.machines().sorted()
    #expect(ProtocolCatalog.all.map(\.name).sorted() == names)
  }

  @Test(arguments: ProtocolCatalog.all.map(\.name))
  func `A description is whole and its words are unique`(name: String) throws {
    let description = try #require(ProtocolCatalog.named(name))
    #expect(!description.summary.isEmpty && !description.source.isEmpty)
    #expect(!description.assumptions.isEmpty && !description.guarantees.isEmpty)
    let kinds: [[String]] = [
      description.messages.map(\.name), description.timers.map(\.name),
      description.fields.map(\.name), description.parameters.map(\.name),
      description.calls.map(\.name), description.observations.map(\.name),
      description.selectors.map(\.name),
    ]
    for words in kinds { #expect(Set(words).count == words.count, "\(words)") }
    for words in kinds.dropLast() {
      for word in words { #expect(word.wholeMatch(of: /[a-z][a-z_]*/) != nil, "\(word)") }
    }
    for parameter in description.parameters {
      #expect(!(parameter.required && parameter.defaultValue != nil), "\(parameter.name)")
    }
    for field in description.fields where field.settable && field.type == .int {
      #expect(field.range != nil, "\(field.name) may be set to any number")
    }
  }
}
