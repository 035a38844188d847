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
    try replace(path, with: text)
  }

  /// Writes a text aside and puts it in the place of a file. What a link leads to is replaced, not
  /// the link, and a file that exists keeps its mode.
  private static func replace(_ path: String, with text: String) throws(WriteError) {
    let place = target(of: path)
    var status = stat()
    let mode = stat(place, &status) == 0 ? status.st_mode & 0o7777 : nil
    let folder = place.lastIndex(of: "/").map { String(place[...$0]) } ?? ""
    let (aside, descriptor) = fileAside(in: folder, mode)
    guard descriptor >= 0 else { throw WriteError(path: path, reason: reason(errno, in: folder)) }
    if let mode { _ = fchmod(descriptor, mode) }
    let isWritten = Terminal.write(text, to: descriptor)
    var number = errno
    let isClosed = close(descriptor) == 0
    if isWritten, !isClosed { number = errno }
    if isWritten, isClosed, rename(aside, place) == 0 { return }
    if isWritten, isClosed { number = errno }
    unlink(aside)
    throw WriteError(path: path, reason: reason(number, in: folder))
  }

  /// A new file beside the place, and its descriptor; one of a process that was killed may be there.
  private static func fileAside(in folder: String, _ mode: mode_t?) -> (path: String, Int32) {
    var (path, descriptor) = ("", Int32(-1))
    for number in 0..<100 {
      path = "\(folder).conclave-\(getpid())-\(number).tmp"
      descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode ?? 0o666)
      if descriptor >= 0 || errno != EEXIST { break }
    }
    return (path, descriptor)
  }

  /// Where a path leads if it is a link, there or not; the path itself if it is none.
  private static func target(of path: String) -> String {
    var place = path
    // Links that lead to each other are refused when the file is opened.
    for _ in 0..<40 {
      guard let link = try? FileManager.default.destinationOfSymbolicLink(atPath: place) else {
        break
      }
      let folder = place.lastIndex(of: "/").map { String(place[...$0]) } ?? ""
      place = link.hasPrefix("/") ? link : folder + link
    }
    return place
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
    var status = stat()
    // A link is there even if it leads to nothing.
    if lstat(path, &status) == 0 {
      var isFolder = false
      _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      if isFolder { throw WriteError(path: path, reason: "it is a folder") }
      if !force, !isSpecial(path) {
        throw WriteError(path: path, reason: "it exists already; --force replaces it")
      }
    }
    do throws(WriteError) {
      try expectFolder(of: target(of: path))
    } catch {
      throw WriteError(path: path, reason: error.reason)
    }
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

  /// Whether something is there that is no file proper, or that stands for what is open already.
  static func isSpecial(_ path: String) -> Bool {
    if path.hasPrefix("/dev/") || path.hasPrefix("/proc/") { return true }
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  }

  /// Writes to a pipe or a device; to a pipe only if somebody reads it.
  private static func pour(_ text: String, into path: String) throws(WriteError) {
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw WriteError(path: path, reason: reason(errno)) }
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
    let isWritten = Terminal.write(text, to: descriptor)
    let number = errno
    guard close(descriptor) == 0, isWritten else {
      throw WriteError(path: path, reason: reason(number))
    }
  }

  private static func reason(_ number: Int32, in folder: String = "") -> String {
    switch number {
    case EISDIR: "it is a folder"
    case ENXIO: "nobody reads from the pipe"
    case ENOSPC, EDQUOT: "the disk is full"
    case EROFS: "the disk is read-only"
    case EACCES, EPERM: "there is no permission to write there"
    case ELOOP: "its links lead to each other"
    case ENAMETOOLONG: "its name is too long"
    // The system says so, too, of a folder in which nothing can be made.
    case ENOENT where FileManager.default.fileExists(atPath: folder.isEmpty ? "." : folder):
      "no file can be made in its folder"
    case ENOENT, ENOTDIR: "its folder does not exist"
    default: "it cannot be written"
    }
  }
}
