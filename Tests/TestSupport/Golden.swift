import Foundation
public import Testing

/// Compares a text with the golden file `Goldens/<name>` beside the calling test file.
///
/// With `UPDATE_GOLDENS=1` in the environment the file is rewritten instead and the test passes;
/// the diff is then reviewed like code.
public func expectGolden(
  _ text: String, _ name: String, filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let folder = URL(fileURLWithPath: filePath).deletingLastPathComponent()
    .appendingPathComponent("Goldens")
  let golden = folder.appendingPathComponent(name)
  let wanted = try? String(contentsOf: golden, encoding: .utf8)
  if isUpdatingGoldens {
    guard wanted != text else { return }
    do {
      try FileManager.default.createDirectory(
        at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: golden)
    } catch {
      Issue.record("cannot write Goldens/\(name): \(error)", sourceLocation: sourceLocation)
    }
    return
  }
  guard let wanted else {
    Issue.record(
      "Goldens/\(name) is missing; UPDATE_GOLDENS=1 writes it", sourceLocation: sourceLocation)
    return
  }
  if let difference = firstDifference(between: wanted, and: text) {
    Issue.record("Goldens/\(name): \(difference)", sourceLocation: sourceLocation)
  }
}

/// Whether this run writes the golden files instead of comparing with them.
public var isUpdatingGoldens: Bool {
  ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1"
}

/// Says in which line two texts first differ, and what each has there; nil if they are the same.
public func firstDifference(between wanted: String, and found: String) -> String? {
  guard Array(wanted.utf8) != Array(found.utf8) else { return nil }
  let wantedLines = wanted.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
  let foundLines = found.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
  func line(_ lines: [Substring.UTF8View], _ index: Int) -> String {
    index < lines.count ? String(decoding: lines[index], as: UTF8.self).debugDescription : "the end"
  }
  for index in 0..<max(wantedLines.count, foundLines.count) {
    let wantedLine = line(wantedLines, index)
    let foundLine = line(foundLines, index)
    if wantedLine != foundLine {
      return """
        first difference in line \(index + 1)
          wanted: \(wantedLine)
          found:  \(foundLine)
        """
    }
  }
  return "the texts differ in bytes that do not show"
}
