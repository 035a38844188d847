internal import Diagnostics

/// The entries of one mapping while it is read: finds keys given twice and carries out merge keys.
struct MappingAssembly {
  /// Above this many keys a dictionary finds them faster than looking through them.
  private static let scanLimit = 12

  private var entries: [MarkedNode.Entry] = []
  private var index: [String: Int] = [:]
  private var duplicates: [(again: MarkedScalar, first: MarkedScalar)] = []
  private var merge: (entry: MarkedNode.Entry, span: SourceSpan)?
  /// How many entries stand in front of the merge key.
  private var mergePosition = 0

  /// No entries yet, and room for as many as most mappings have.
  init() { entries.reserveCapacity(4) }

  /// Takes the next key and its value, which stands at `span` or for which an alias stands there.
  mutating func add(_ key: MarkedScalar, _ value: MarkedNode, at span: SourceSpan) {
    if key.style == .plain, key.text == "<<" {
      if let merge {
        addDuplicate(key, of: merge.entry.key)
      } else {
        merge = (MarkedNode.Entry(key: key, value: value), span)
        mergePosition = entries.count
      }
    } else if let first = position(of: key.text) {
      addDuplicate(key, of: entries[first].key)
    } else {
      append(MarkedNode.Entry(key: key, value: value))
    }
  }

  /// All entries; those of a merge key stand in its place, unless the mapping gives them itself.
  mutating func entries(reporting diagnostics: inout [Diagnostic]) -> [MarkedNode.Entry] {
    for duplicate in duplicates {
      diagnostics.append(.duplicateKey(duplicate.again, first: duplicate.first))
    }
    guard let merge else { return entries }
    let sources = merge.entry.value.sequence ?? [merge.entry.value]
    guard sources.allSatisfy({ $0.mapping != nil }) else {
      diagnostics.append(.mergeOfNonMapping(merge.entry.value, at: merge.span))
      return entries
    }
    let own = entries
    for source in sources {
      for entry in source.mapping ?? [] where position(of: entry.key.text) == nil { append(entry) }
    }
    return Array(own[..<mergePosition] + entries[own.count...] + own[mergePosition...])
  }

  private mutating func addDuplicate(_ key: MarkedScalar, of first: MarkedScalar) {
    if duplicates.count < DiagnosticBag.capacity { duplicates.append((key, first)) }
  }

  private func position(of key: String) -> Int? {
    if entries.count <= Self.scanLimit { return entries.firstIndex { $0.key.text == key } }
    return index[key]
  }

  private mutating func append(_ entry: MarkedNode.Entry) {
    entries.append(entry)
    if entries.count == Self.scanLimit + 1 {
      for (position, entry) in entries.enumerated() { index[entry.key.text] = position }
    } else if entries.count > Self.scanLimit {
      index[entry.key.text] = entries.count - 1
    }
  }
}
