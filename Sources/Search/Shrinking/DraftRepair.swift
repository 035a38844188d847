import ScenarioSyntax

extension ScenarioDraft {
  /// The draft without what has lost its meaning because something else was taken away: parameters
  /// that nothing uses, and the end of a fault that is not there any more.
  func repaired() -> ScenarioDraft {
    var draft = self
    while draft.dropUnusedParameter() || draft.dropIdleHeal() {}
    return draft
  }

  private mutating func dropUnusedParameter() -> Bool {
    let parameters = self[["parameters"]]?.entries ?? []
    guard !parameters.isEmpty else { return false }
    let texts = places().filter { $0.steps.first != .key("parameters") }.compactMap {
      self[$0]?.text
    }
    let words = Set(texts.flatMap(Self.words))
    guard let unused = parameters.first(where: { !words.contains($0.key) }) else { return false }
    remove(["parameters", .key(unused.key)])
    return true
  }

  private mutating func dropIdleHeal() -> Bool {
    let faults = self[["faults"]]?.items ?? []
    let names = Set(faults.compactMap { $0["name"]?.text })
    let place = faults.firstIndex { fault in
      fault["heal"]?.text.map { !names.contains($0) } ?? false
    }
    guard let place else { return false }
    remove(["faults", .item(place)])
    return true
  }

  /// The words of a text that may be names.
  static func words(_ text: String) -> [String] {
    text.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }.map(String.init)
      + text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
  }
}
