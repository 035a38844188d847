import Expressions
import SystemModel

/// Which words of the world stand for what expressions read.
struct WorldWords: WordLayout {
  /// The words of a node that are no fields of its protocol.
  enum NodeWord {
    static let isUp = 256
    static let isPaused = 257
    static let handling = 258
    static let isAvailable = 259
    static let index = 260
    static let group = 261
    /// How far the numbers of one node are from those of the next.
    static let bits = 9
  }

  /// The words of a message; those of its content follow.
  enum MessageWord {
    static let kind = 0
    static let from = 1
    static let to = 2
    static let sent = 3
    static let content = 4
  }

  /// The number of the word for the present instant; all others are of nodes.
  static let now = -1
  /// The numbers of the lists.
  static let nodes = 0
  static let messages = 1

  /// The numbers of the tables of texts; those of the words of a field follow.
  private enum Alphabet {
    static let nodes = 0
    static let symbols = 1
    static let kinds = 2
    static let groups = 3
    static let fields = 4
    /// Those of the words of a content of messages.
    static let contents = 300
  }

  private let environment: WorldEnvironment
  private let schema: WorldSchema

  init(_ environment: WorldEnvironment, _ schema: WorldSchema) {
    self.environment = environment
    self.schema = schema
  }

  func word(ofRoot slot: Int) -> WordReading? {
    environment.slots[slot] == .now ? WordReading(Self.now, .duration) : nil
  }

  func word(ofField field: Int, ofRoot slot: Int) -> WordReading? {
    guard case .node(let place) = environment.slots[slot], let word = nodeWord(field) else {
      return nil
    }
    return WordReading(
      place << NodeWord.bits | word.number, word.meaning, isNullable: word.isNullable)
  }

  func word(ofField field: Int, ofElementsOf list: Int) -> WordReading? {
    list == Self.nodes ? nodeWord(field) : messageWord(field)
  }

  func list(ofRoot slot: Int) -> Int? {
    switch environment.slots[slot] {
    case .nodes: Self.nodes
    case .messages: Self.messages
    default: nil
    }
  }

  func constant(ofRoot slot: Int) -> Value? {
    guard case .parameter(let place) = environment.slots[slot] else { return nil }
    return environment.parameterValues[place]
  }

  func word(of text: String, in alphabet: Int) -> Int64? {
    let texts: [String]
    switch alphabet {
    case Alphabet.nodes: texts = schema.topology.names
    case Alphabet.symbols:
      // A number without a text is shown as one that begins like this.
      if text.utf8.first == UInt8(ascii: "#") { return nil }
      texts = schema.symbols.texts
    case Alphabet.kinds: texts = schema.description.messages.map(\.name)
    case Alphabet.groups: texts = schema.topology.groups.map(\.name)
    case Alphabet.contents...:
      guard case .word(let words)? = contentType(alphabet - Alphabet.contents) else { return nil }
      texts = words
    default:
      guard case .word(let words) = schema.description.fields[alphabet - Alphabet.fields].type
      else { return nil }
      texts = words
    }
    let place = texts.firstIndex { $0.unicodeScalars.elementsEqual(text.unicodeScalars) }
    return place.map { Int64($0) } ?? Int64.min + 1
  }

  private func nodeWord(_ field: Int) -> WordReading? {
    switch environment.nodeFields[field] {
    case .word(let place):
      let declared = schema.description.fields[place]
      guard let meaning = meaning(of: declared.type, words: Alphabet.fields + place),
        place < NodeWord.isUp
      else { return nil }
      return WordReading(place, meaning, isNullable: declared.nullable)
    case .name: return WordReading(NodeWord.index, .text(alphabet: Alphabet.nodes))
    case .index: return WordReading(NodeWord.index, .int)
    case .group:
      return WordReading(NodeWord.group, .text(alphabet: Alphabet.groups), isNullable: true)
    case .isUp: return WordReading(NodeWord.isUp, .bool)
    case .isPaused: return WordReading(NodeWord.isPaused, .bool)
    case .handling: return WordReading(NodeWord.handling, .int)
    case .isAvailable: return WordReading(NodeWord.isAvailable, .bool)
    case .groups: return nil
    }
  }

  private func messageWord(_ field: Int) -> WordReading? {
    guard let common = WorldTypes.MessageField(rawValue: field) else {
      let place = field - WorldTypes.MessageField.allCases.count
      guard let type = contentType(place),
        let meaning = meaning(of: type, words: Alphabet.contents + place)
      else { return nil }
      return WordReading(MessageWord.content + place, meaning, isNullable: true)
    }
    switch common {
    case .kind: return WordReading(MessageWord.kind, .text(alphabet: Alphabet.kinds))
    case .from: return WordReading(MessageWord.from, .text(alphabet: Alphabet.nodes))
    case .to: return WordReading(MessageWord.to, .text(alphabet: Alphabet.nodes))
    case .sent: return WordReading(MessageWord.sent, .duration)
    }
  }

  private func meaning(of type: WordType, words alphabet: Int) -> WordReading.Meaning? {
    switch type {
    case .int: .int
    case .bool: .bool
    case .duration: .duration
    case .word: .text(alphabet: alphabet)
    case .symbol: .text(alphabet: Alphabet.symbols)
    case .node: .text(alphabet: Alphabet.nodes)
    case .nodeList: nil
    }
  }

  /// The type of a content, if it is the same in all kinds of messages that have it.
  private func contentType(_ place: Int) -> WordType? {
    let name = environment.contentFields[place]
    let types = schema.description.messages.flatMap(\.fields).filter { $0.name == name }.map(\.type)
    return types.allSatisfy { $0 == types.first } ? types.first : nil
  }
}

/// Where words stand that the state of the world alone does not tell.
struct WordPlaces: Sendable {
  /// For each kind of message and each content where it stands; nil if the kind lacks it.
  let contents: ContiguousArray<WordPart?>
  let contentCount: Int
  /// The group of each node, where groups do not overlap.
  let groups: ContiguousArray<Int64>

  init(_ environment: WorldEnvironment, _ schema: WorldSchema) {
    contentCount = environment.contentFields.count
    contents = ContiguousArray(
      schema.description.messages.flatMap { message in
        environment.contentFields.map { name in
          message.fields.firstIndex { $0.name == name }.map { message.parts[$0] }
        }
      })
    var groups = ContiguousArray(repeating: WordReading.null, count: schema.nodeCount)
    for (place, group) in schema.topology.groups.enumerated() {
      group.nodes.forEach { groups[$0.index] = Int64(place) }
    }
    self.groups = groups
  }
}

extension World: WordSource {
  mutating func word(_ number: Int) -> Int64 {
    if number < 0 { return max(0, now) }
    let mask = 1 << WorldWords.NodeWord.bits - 1
    return nodeWord(number & mask, number >> WorldWords.NodeWord.bits)
  }

  mutating func word(_ number: Int, ofElement place: Int, in list: Int) -> Int64 {
    list == WorldWords.nodes ? nodeWord(number, place) : messageWord(number, place)
  }

  mutating func count(ofList list: Int) -> Int {
    list == WorldWords.nodes ? isUp.count : inFlight.count
  }

  @inline(__always)
  private mutating func nodeWord(_ number: Int, _ node: Int) -> Int64 {
    switch number {
    case WorldWords.NodeWord.isUp: isUp[node] ? 1 : 0
    case WorldWords.NodeWord.isPaused: isPaused[node] ? 1 : 0
    case WorldWords.NodeWord.handling: handling[node]
    case WorldWords.NodeWord.isAvailable: availability?.nodes[node] == true ? 1 : 0
    case WorldWords.NodeWord.index: Int64(node)
    case WorldWords.NodeWord.group: wordPlaces.groups[node]
    default: words[node * schema.fieldCount + number]
    }
  }

  @inline(__always)
  private mutating func messageWord(_ number: Int, _ place: Int) -> Int64 {
    switch number {
    case WorldWords.MessageWord.kind: return Int64(message(at: place).payload.kind)
    case WorldWords.MessageWord.from: return Int64(message(at: place).from.index)
    case WorldWords.MessageWord.to: return Int64(message(at: place).to.index)
    case WorldWords.MessageWord.sent: return message(at: place).sent
    default:
      let payload = message(at: place).payload
      let content = number - WorldWords.MessageWord.content
      let part = wordPlaces.contents[Int(payload.kind) * wordPlaces.contentCount + content]
      return part?.value(in: payload) ?? WordReading.null
    }
  }
}
