/// Chooses of the past of a finding the messages that explain it: the last ones, and the first ones
/// that carried what the finding is about.
struct MessageChoice {
  /// How many messages a finding shows, how many of them for what they carry or as the first, how
  /// many of those for one and the same thing, how many lost ones, and besides how many on their way.
  static let shown = 14
  static let early = 6
  static let earlyForOne = 2
  static let lost = 4
  static let underway = 4

  /// Texts of fields such as `term: 2`, and values such as `"red"`, that the finding is about.
  private let subjects: [String]

  /// What some texts are about: all that is quoted in them, and numbers behind the name of a field.
  init(about texts: [String], fields: Set<String>) {
    var subjects: [String] = []
    for text in texts {
      for subject in Self.quoted(text) + Self.numbered(text, fields)
      where !subjects.contains(subject) { subjects.append(subject) }
    }
    self.subjects = subjects
  }

  /// The messages to show of a past in its order; each says how many were left out before it.
  func chosen(of past: [MessageEvidence]) -> [MessageEvidence] {
    let waiting = past.filter { $0.seen == nil }
    var past = past.filter { $0.seen != nil }
    for place in past.indices { past[place].telling = telling(past[place].text) }
    var isChosen = past.map { _ in false }
    var lost = 0
    var room = past.count > Self.shown ? Self.shown : past.count
    if past.count > Self.shown {
      for place in early(past) {
        isChosen[place] = true
        room -= 1
      }
    }
    for place in past.indices.reversed() where room > 0 && !isChosen[place] {
      if past[place].isLost {
        guard lost < Self.lost else { continue }
        lost += 1
      }
      isChosen[place] = true
      room -= 1
    }
    return choose(past, isChosen) + waiting.prefix(Self.underway)
  }

  private func choose(_ past: [MessageEvidence], _ isChosen: [Bool]) -> [MessageEvidence] {
    var chosen: [MessageEvidence] = []
    var leftOut = 0
    for (place, message) in past.enumerated() {
      guard isChosen[place] else {
        leftOut += 1
        continue
      }
      var message = message
      message.leftOutBefore = leftOut
      leftOut = 0
      chosen.append(message)
    }
    return chosen
  }

  /// The first messages that carried each subject, with those that came more than once, which nobody
  /// expects; the first of all if none carried any.
  private func early(_ past: [MessageEvidence]) -> [Int] {
    var early: [Int] = []
    for subject in subjects {
      let carriers = past.indices.filter { carries(past[$0], subject) && !past[$0].isLost }
      var wanted = Array(carriers.prefix(Self.earlyForOne))
      if let copy = carriers.first(where: { past[$0].isCopy }) {
        wanted.append(copy)
        wanted += carriers.filter { $0 != copy && past[$0].isSame(as: past[copy]) }.prefix(1)
      }
      for place in wanted
      where !early.contains(place) && early.count < Self.early { early.append(place) }
    }
    return early.isEmpty ? Array(past.indices.prefix(Self.earlyForOne)) : early
  }

  private func carries(_ message: MessageEvidence, _ subject: String) -> Bool {
    message.telling.contains { $0 == subject || $0.hasSuffix(": \(subject)") }
  }

  /// The fields of a message that carry a subject.
  private func telling(_ text: String) -> [String] {
    MessageParts(text).fields.filter { field in
      subjects.contains { field == $0 || field.hasSuffix(": \($0)") }
    }
  }

  /// The texts in quotes, with them.
  private static func quoted(_ text: String) -> [String] {
    var found: [String] = []
    var current: String?
    var isEscaped = false
    for character in text {
      current?.append(character)
      if isEscaped {
        isEscaped = false
      } else if current != nil, character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        if let quoted = current {
          found.append(quoted)
          current = nil
        } else {
          current = "\""
        }
      }
    }
    return found
  }

  /// Numbers that stand right behind the name of a field: `in term 2`, `node1.term = 2`.
  private static func numbered(_ text: String, _ fields: Set<String>) -> [String] {
    let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "-" }
    return zip(words, words.dropFirst()).compactMap { name, number in
      fields.contains(String(name)) && Int64(number) != nil ? "\(name): \(number)" : nil
    }
  }
}

extension MessageEvidence {
  /// Whether it is another one as it was sent, or a copy of it.
  fileprivate func isSame(as other: MessageEvidence) -> Bool {
    sent == other.sent && from == other.from && to == other.to && text == other.text
  }
}
