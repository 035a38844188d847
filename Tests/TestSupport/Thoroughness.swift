import Foundation

/// How much is tried of what would take minutes if all of it were.
public enum Thoroughness {
  /// Whether everything is tried; `EXHAUSTIVE_TESTS=1` asks for it.
  public static let isExhaustive = ProcessInfo.processInfo.environment["EXHAUSTIVE_TESTS"] == "1"

  /// Everything, or one in `share` of it.
  public static func sample<Element>(_ all: [Element], oneIn share: Int) -> [Element] {
    all.enumerated().filter { isExhaustive || $0.offset % share == 0 }.map(\.element)
  }
}
