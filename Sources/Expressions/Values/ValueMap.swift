/// The content of a map: keys that are bools, ints or strings, in that order and each in its own.
public struct ValueMap: Sendable {
  /// The keys, strictly ascending.
  public let keys: [Value]
  /// The value of each key, by the same index.
  public let values: [Value]

  /// The map without entries.
  public static let empty = ValueMap(keys: [], values: [])

  /// Takes keys that ascend already.
  private init(keys: [Value], values: [Value]) {
    self.keys = keys
    self.values = values
  }

  /// Sorts entries by key; nil if a key occurs twice or is neither bool, int nor string.
  public init?(_ entries: [(key: Value, value: Value)]) {
    guard entries.allSatisfy({ ValueMap.rank($0.key) != nil }) else { return nil }
    let sorted = entries.sorted { ValueMap.precedes($0.key, $1.key) }
    for index in sorted.indices.dropFirst()
    where !ValueMap.precedes(sorted[index - 1].key, sorted[index].key) {
      return nil
    }
    self.init(keys: sorted.map(\.key), values: sorted.map(\.value))
  }

  /// The number of entries.
  public var count: Int { keys.count }

  /// The value of a key; a double finds the int that it equals.
  public func value(for key: Value) -> Value? {
    var wanted = key
    if case .double(let number) = key {
      guard let whole = Int64(exactly: number) else { return nil }
      wanted = .int(whole)
    }
    guard ValueMap.rank(wanted) != nil else { return nil }
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if ValueMap.precedes(keys[middle], wanted) { low = middle + 1 } else { high = middle }
    }
    return low < keys.count && !ValueMap.precedes(wanted, keys[low]) ? values[low] : nil
  }

  /// The entries at some ascending indices.
  func selecting(_ indices: [Int]) -> ValueMap {
    ValueMap(keys: indices.map { keys[$0] }, values: indices.map { values[$0] })
  }

  /// The first of some keys behind an equal one; nil if each is there once.
  static func firstRepeated(_ keys: [Value]) -> Value? {
    let order = keys.indices.sorted { left, right in
      precedes(keys[left], keys[right]) || (left < right && !precedes(keys[right], keys[left]))
    }
    let repeated = zip(order, order.dropFirst()).filter { !precedes(keys[$0], keys[$1]) }
    return repeated.map(\.1).min().map { keys[$0] }
  }

  /// Where a kind of key sorts; nil for what cannot be a key.
  static func rank(_ key: Value) -> Int? {
    switch key {
    case .bool: 0
    case .int: 1
    case .string: 2
    default: nil
    }
  }

  private static func precedes(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.bool(let left), .bool(let right)): !left && right
    case (.int(let left), .int(let right)): left < right
    case (.string(let left), .string(let right)): Scalars.precedes(left, right)
    default: (rank(left) ?? 3) < (rank(right) ?? 3)
    }
  }
}
