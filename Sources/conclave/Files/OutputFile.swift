import FoundationEssentials

/// A file that is written aside and renamed, so that nobody ever sees half of it.
enum OutputFile {
  /// Why a file was not written, for a person.
  struct WriteError: Error {
    let path: String
    let reason: String
  }

  /// Writes a text; `-` means standard output. A file that exists is replaced.
  static func write(_ text: String, to path: String) throws(WriteError) {
    if path == "-" {
      Terminal.print(text)
      return
    }
    do {
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw WriteError(path: path, reason: reason(error))
    }
  }

  /// Writes a text to a file that must not exist yet.
  static func create(_ text: String, at path: String, force: Bool) throws(WriteError) {
    if !force, FileManager.default.fileExists(atPath: path) {
      throw WriteError(path: path, reason: "it exists already; --force replaces it")
    }
    try write(text, to: path)
  }

  private static func reason(_ error: any Error) -> String {
    guard let error = error as? CocoaError else { return "it cannot be written" }
    switch error.code {
    case .fileNoSuchFile: return "its folder does not exist"
    case .fileWriteNoPermission: return "there is no permission to write there"
    case .fileWriteOutOfSpace: return "the disk is full"
    case .fileWriteVolumeReadOnly: return "the disk is read-only"
    default: return "it cannot be written"
    }
  }
}
