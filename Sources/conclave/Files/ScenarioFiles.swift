import Diagnostics
import FoundationEssentials
import Interpreter

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The scenario files that a command line names.
struct ScenarioFiles {
  /// A file, or why it could not be read.
  enum Entry {
    /// Its name as given, or found below a folder that was given, and its text.
    case text(SourceFile)
    /// A name and what is wrong with it.
    case unreadable(name: String, reason: String)
  }

  /// The most bytes of a file that are read: one more than the loader takes, so that it is the
  /// loader that refuses a larger one, with a place.
  static let byteLimit = 4 * 1024 * 1024 + 1

  /// What the paths mean, in their order: a file, `-` for standard input, or a folder, whose
  /// `.yaml` and `.yml` files are taken in the order of their paths, its subfolders too. Names that
  /// begin with `_` are left out of a folder: they are for files that others extend.
  static func read(_ paths: [String]) -> [Entry] {
    paths.flatMap { path -> [Entry] in
      if path == "-" { return [standardInput()] }
      var isFolder = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        return [.unreadable(name: path, reason: "there is no such file")]
      }
      guard isFolder else { return [file(path)] }
      let found = files(below: path)
      if found.isEmpty {
        let reason = "the folder holds no .yaml or .yml file whose name does not begin with _"
        return [.unreadable(name: path, reason: reason)]
      }
      return found.map { file($0, isPlain: true) }
    }
  }

  /// The text of a recorded history; `-` means standard input.
  static func history(_ path: String) -> Entry {
    let limit = RecordedRun.byteLimit + 1
    do {
      guard path != "-" else {
        return .text(SourceFile(name: "<stdin>", bytes: try InputFile.standard.read(upTo: limit)))
      }
      return .text(SourceFile(name: path, bytes: try bytes(of: path, isPlain: false, limit)))
    } catch {
      return .unreadable(name: path, reason: InputFile.reason(path))
    }
  }

  /// The text of one file; with `isPlain` neither a pipe nor a device.
  static func file(_ path: String, isPlain: Bool = false) -> Entry {
    do {
      return .text(SourceFile(name: path, bytes: try bytes(of: path, isPlain: isPlain)))
    } catch {
      return .unreadable(name: path, reason: InputFile.reason(path))
    }
  }

  /// Reads the files that a scenario extends: paths from the folder of the scenario. A link does
  /// not lead out of that folder.
  static func resolver(from name: String) -> (String) -> SourceFile? {
    let folder = name.lastIndex(of: "/").map { String(name[...$0]) } ?? ""
    return { path in
      guard let root = realPath(folder.isEmpty ? "." : folder), let place = realPath(folder + path),
        place.hasPrefix(root.hasSuffix("/") ? root : root + "/"),
        case .text(let source) = file(folder + path, isPlain: true)
      else { return nil }
      return source
    }
  }

  /// A path without links in it; nil if there is nothing.
  private static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func bytes(
    of path: String, isPlain: Bool, _ limit: Int = byteLimit
  ) throws -> [UInt8] {
    guard let stream = InputFile.opened(path, isPlain: isPlain) else {
      throw CocoaError(.fileReadUnknown)
    }
    return try stream.read(upTo: limit)
  }

  private static func standardInput() -> Entry {
    do {
      return .text(SourceFile(name: "<stdin>", bytes: try InputFile.standard.read(upTo: byteLimit)))
    } catch {
      return .unreadable(name: "<stdin>", reason: "it cannot be read")
    }
  }

  private static func files(below folder: String) -> [String] {
    var found: [String] = []
    var folders = [folder]
    while let next = folders.popLast() {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: next)) ?? []
      for name in names where !name.hasPrefix(".") && !name.hasPrefix("_") {
        let path = next.hasSuffix("/") ? next + name : next + "/" + name
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
        if isFolder {
          if (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) == nil {
            folders.append(path)
          }
        } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
          found.append(path)
        }
      }
    }
    return found.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }
}
