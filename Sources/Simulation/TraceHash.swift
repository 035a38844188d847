public import SystemModel

/// A running 64-bit hash of a run: of every delivery, timer, call, fault and loss, each with its
/// instant, its nodes and its content, in order. Equal runs have equal hashes everywhere.
public struct TraceHash: Hashable, Sendable, BitwiseCopyable {
  /// The hash so far.
  @inlinable public var value: UInt64 { state }
  @usableFromInline var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Nothing has happened.
  @inlinable public init() {}

  /// Takes in one thing that happened: `what` is the class and the nodes, packed as in an event's
  /// key without its order.
  @inlinable public mutating func combine(at: Int64, what: UInt64, _ payload: MessagePayload) {
    var word = UInt64(bitPattern: at) &* 0x9FB2_1C65_1E98_DF25
    word ^= what &* 0xD6E8_FEB8_6659_FD93
    word ^= UInt64(bitPattern: payload.first) &* 0xA076_1D64_78BD_642F
    word ^= UInt64(bitPattern: payload.second) &* 0xE703_7ED1_A0B4_28DB
    word ^= (UInt64(bitPattern: payload.third) &+ UInt64(payload.kind)) &* 0x8EBC_6AF0_9C88_C6E3
    mix(word)
  }

  @inlinable mutating func mix(_ word: UInt64) {
    let product = (state ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    state = product.low ^ product.high
  }

  /// The hash as 16 hexadecimal digits.
  public var text: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
