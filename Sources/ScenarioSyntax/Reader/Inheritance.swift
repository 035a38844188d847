internal import Diagnostics

/// Reads a file and those that it extends into one tree.
struct Inheritance {
  /// How long a chain of `extends` may be, without the first file.
  static let limit = 4

  let resolve: (String) -> SourceFile?
  var sources: SourceMap
  var bag = DiagnosticBag()
  /// The keys of the top level that the first file extends.
  private(set) var inheritedKeys: [String] = []

  /// The merged tree of the file at an index of ``sources``; nil if a file is not readable as YAML.
  mutating func root(of file: Int, path: String, chain: [String] = []) -> MarkedNode? {
    guard let root = YAMLLoader().load(sources.files[file], file: file, into: &bag) else {
      return nil
    }
    guard let extends = root["extends"] else { return root }
    guard let base = base(extends, from: path, chain: chain + [path]) else { return nil }
    inheritedKeys = base.mapping?.map(\.key.text) ?? []
    return Self.merged(base, with: root)
  }

  private mutating func base(
    _ node: MarkedNode, from path: String, chain: [String]
  ) -> MarkedNode? {
    var reading = Reading(sources: sources, parameters: ParameterValues())
    reading.key = ScenarioKeys.extends.declaration
    let text = reading.text(of: node, wanted: .scalar(.path))
    bag.report(contentsOf: reading.diagnostics)
    guard let text else { return nil }
    guard let target = Self.join(text, to: path) else {
      bag.report(.pathOutside(text, at: node.span))
      return nil
    }
    guard !chain.contains(target) else {
      bag.report(.extendsItself(text, at: node.span))
      return nil
    }
    guard chain.count <= Self.limit else {
      bag.report(.chainTooLong(node.span))
      return nil
    }
    guard let source = resolve(target) else {
      bag.report(.unreadableBase(text, at: node.span))
      return nil
    }
    return root(of: sources.add(source), path: target, chain: chain)
  }

  /// A path from the folder of another file, from the folder of the first file; nil if it leaves
  /// that folder.
  static func join(_ path: String, to file: String) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard !path.isEmpty, !path.utf8.contains(0), !path.utf8.contains(UInt8(ascii: "\\")),
      parts.allSatisfy({ !$0.isEmpty && $0 != ".." }), parts.last != "."
    else { return nil }
    let folder = file.split(separator: "/").dropLast()
    return (folder + parts.filter { $0 != "." }).joined(separator: "/")
  }

  /// One tree over another: mappings key by key, all else replaced.
  static func merged(_ base: MarkedNode, with own: MarkedNode) -> MarkedNode {
    merged(base, with: own, isTop: true)
  }

  /// Sections that a file has for itself.
  private static let ownOnly = ["extends", "capsule"]

  private static func merged(
    _ base: MarkedNode, with own: MarkedNode, isTop: Bool
  ) -> MarkedNode {
    guard let baseEntries = base.mapping, let ownEntries = own.mapping, !ownEntries.isEmpty,
      law(of: baseEntries) == law(of: ownEntries)
    else { return own }
    var result: [MarkedNode.Entry] = []
    let ownValues = Dictionary(
      ownEntries.map { ($0.key.text, $0) }, uniquingKeysWith: { first, _ in first })
    var shared: Set<String> = []
    for entry in baseEntries where !(isTop && ownOnly.contains(entry.key.text)) {
      guard let other = ownValues[entry.key.text] else {
        result.append(entry)
        continue
      }
      shared.insert(entry.key.text)
      let value =
        isTop && entry.key.text == "protocol"
        ? mergedProtocol(entry.value, with: other.value)
        : merged(entry.value, with: other.value, isTop: false)
      result.append(MarkedNode.Entry(key: other.key, value: value))
    }
    result += ownEntries.filter { !shared.contains($0.key.text) }
    return MarkedNode(.mapping(result), span: own.span)
  }

  /// Another protocol replaces that of the base; of the same one the options are merged.
  private static func mergedProtocol(_ base: MarkedNode, with own: MarkedNode) -> MarkedNode {
    guard name(of: base) == name(of: own) else { return own }
    if own.mapping == nil { return base }
    if base.mapping == nil { return own }
    return merged(base, with: own, isTop: false)
  }

  private static func name(of node: MarkedNode) -> String? {
    node.scalar?.text ?? node.mapping?.first?.key.text
  }

  /// The law of a mapping that is one, since another law replaces it whole.
  private static func law(of entries: [MarkedNode.Entry]) -> String? {
    guard entries.count == 1, let word = entries.first?.key.text else { return nil }
    return LawKeys.table.index(of: word) == nil ? nil : word
  }
}
