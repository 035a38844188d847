import ArgumentParser
import Diagnostics
import FoundationEssentials

/// Where reports go: never over a scenario, never two to one place.
enum ReportPaths {
  /// Refuses reports that would overwrite each other or what is read.
  ///
  /// `inputs` are scenarios; `others` are what else is read, each with its name.
  static func check(
    _ reports: [(option: String, path: String?)], against inputs: [String],
    _ others: [(what: String, path: String?)] = []
  ) throws {
    let read = inputs.map { (what: "a scenario that is read", path: Optional($0)) } + others
    var taken = read.compactMap { input -> (path: String, what: String)? in
      guard let path = input.path, path != "-" else { return nil }
      return (canonical(path), input.what)
    }
    for (option, path) in reports {
      guard let path else { continue }
      let place = path == "-" ? "-" : canonical(path)
      if let other = taken.first(where: { $0.path == place }) {
        throw ValidationError(
          "\(option) \(VisibleText.escaped(path)) would overwrite \(other.what); name another file")
      }
      taken.append((place, "the report of \(option)"))
    }
  }

  /// The path without `.`, `..`, doubled slashes and links as far as they can be followed.
  private static func canonical(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path
  }
}
