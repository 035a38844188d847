import ArgumentParser
import Diagnostics
import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is written aside and renamed, so that nobody ever sees half of it. What is no file
/// proper, such as a pipe or a device, is written as it is: a rename would take its place.
enum OutputFile {
  /// Why a file was not written, for a person.
  struct WriteError: Error {
    let path: String
    let reason: String
  }

  /// Does what writes files, or sees to it that they can be written; what is wrong is said on
  /// standard error and ends the process.
  static func attempt(_ work: () throws(WriteError) -> Void) throws {
    do throws(WriteError) {
      try work()
    } catch {
      Terminal.complain("error: \(VisibleText.escaped(error.path)): \(error.reason)\n")
      throw ExitStatus.unreadable.code
    }
  }

  /// Writes a text; `-` means standard output. A file that exists is replaced.
  static func write(_ text: String, to path: String) throws(WriteError) {
    if path == "-" {
      Terminal.print(text)
      return
    }
    if isSpecial(path) {
      try pour(text, into: path)
      return
    }
    do {
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw WriteError(path: path, reason: reason(error, path))
    }
  }

  /// Writes a text to a file that must not exist yet.
  static func create(_ text: String, at path: String, force: Bool) throws(WriteError) {
    try expectFree(path, force: force)
    try write(text, to: path)
  }

  /// Refuses a path at which no new file can be: it is taken, or its folder does not exist. A pipe or
  /// a device is written into, so that nothing is lost. Asked before long work, too.
  static func expectFree(_ path: String, force: Bool) throws(WriteError) {
    guard path != "-" else { return }
    var isFolder = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
      if isFolder { throw WriteError(path: path, reason: "it is a folder") }
      if !force, !isSpecial(path) {
        throw WriteError(path: path, reason: "it exists already; --force replaces it")
      }
    }
    try expectFolder(of: path)
  }

  /// Makes a folder with those above it, unless it is there.
  static func makeFolder(_ path: String) throws(WriteError) {
    var isFolder = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
      guard isFolder else { throw WriteError(path: path, reason: "it is no folder") }
      return
    }
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true)
    } catch {
      throw WriteError(path: path, reason: "the folder cannot be made")
    }
  }

  /// Refuses a path in a folder that does not exist.
  static func expectFolder(of path: String) throws(WriteError) {
    guard path != "-" else { return }
    guard let end = path.lastIndex(of: "/") else { return }
    if !FileManager.default.fileExists(atPath: String(path[...end])) {
      throw WriteError(path: path, reason: "its folder does not exist")
    }
  }

  /// Refuses a path of a folder at which a file is.
  static func expectNoFile(at path: String) throws(WriteError) {
    var isFolder = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder {
      throw WriteError(path: path, reason: "it is no folder")
    }
  }

  /// Whether something is there that is no file proper.
  private static func isSpecial(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  }

  /// Writes to a pipe or a device; to a pipe only if somebody reads it.
  private static func pour(_ text: String, into path: String) throws(WriteError) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw WriteError(path: path, reason: reason(errno)) }
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
    let isWritten = Terminal.write(text, to: descriptor)
    let number = errno
    guard close(descriptor) == 0, isWritten else {
      throw WriteError(path: path, reason: reason(number))
    }
  }

  private static func reason(_ number: Int32) -> String {
    switch number {
    case EISDIR: "it is a folder"
    case ENXIO: "nobody reads from the pipe"
    case ENOSPC: "the disk is full"
    case EACCES, EPERM: "there is no permission to write there"
    default: "it cannot be written"
    }
  }

  private static func reason(_ error: any Error, _ path: String) -> String {
    guard let error = error as? CocoaError else { return "it cannot be written" }
    switch error.code {
    case .fileNoSuchFile:
      // The system says so, too, of a folder in which nothing can be made.
      let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
      return FileManager.default.fileExists(atPath: folder)
        ? "no file can be made in its folder" : "its folder does not exist"
    case .fileWriteNoPermission: return "there is no permission to write there"
    case .fileWriteOutOfSpace: return "the disk is full"
    case .fileWriteVolumeReadOnly: return "the disk is read-only"
    default: return "it cannot be written"
    }
  }
}
