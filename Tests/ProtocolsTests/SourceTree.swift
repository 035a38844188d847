import Foundation

/// The source files of the protocols, for tests that lists are whole.
enum SourceTree {
  /// The names that the machines in the source files declare.
  static func machines() throws -> [String] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Protocols")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return try files.filter { $0.pathExtension == "swift" }.flatMap { file in
      let text = try String(contentsOf: file, encoding: .utf8)
      guard let start = text.range(of: "let description = ProtocolDescription(") else {
        return [String]()
      }
      return text[start.upperBound...].matches(of: /name: "([a-z-]+)"/).prefix(1)
        .map { String($0.1) }
    }
  }
}
