public import Diagnostics

/// A value that was read, with the place where it was written.
public struct Marked<Value: Sendable>: Sendable {
  /// The value.
  public let value: Value
  /// Where it was written.
  public let span: SourceSpan

  /// Places a value.
  public init(_ value: Value, at span: SourceSpan) {
    self.value = value
    self.span = span
  }

  /// Another value at the same place.
  public func map<Other: Sendable>(_ transform: (Value) -> Other) -> Marked<Other> {
    Marked<Other>(transform(value), at: span)
  }
}

extension Marked: Equatable where Value: Equatable {}
extension Marked: Hashable where Value: Hashable {}
