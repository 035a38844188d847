/// Collects the diagnostics of a run: each once, in the order of their places.
public struct DiagnosticBag: Sendable {
  /// How many diagnostics are kept; more of them are only counted.
  ///
  /// A file of a million mistakes must not need memory for a million messages.
  public static let capacity = 200

  /// Whether a phase has found so many mistakes that further ones would only be counted, so that it
  /// need not look for them.
  public static func isFull(_ diagnostics: [Diagnostic]) -> Bool {
    diagnostics.count >= capacity
  }

  /// Whether one of the diagnostics, kept or not, is an error.
  public private(set) var hasErrors = false
  /// How many diagnostics came after the bag was full.
  public private(set) var overflow = 0
  private var kept: [Diagnostic] = []
  private var seen: Set<Diagnostic> = []

  /// Starts empty.
  public init() {}

  /// Whether nothing was reported.
  public var isEmpty: Bool { kept.isEmpty }

  /// Takes a diagnostic; one that is already in the bag is not taken again.
  public mutating func report(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .error { hasErrors = true }
    guard kept.count < Self.capacity else {
      if !seen.contains(diagnostic) { overflow += 1 }
      return
    }
    if seen.insert(diagnostic).inserted { kept.append(diagnostic) }
  }

  /// Takes several diagnostics.
  public mutating func report(contentsOf diagnostics: [Diagnostic]) {
    for diagnostic in diagnostics { report(diagnostic) }
  }

  /// How many of the kept diagnostics are warnings.
  public var warningCount: Int { kept.count { $0.severity == .warning } }

  /// The same diagnostics with errors in place of warnings.
  public func withWarningsAsErrors() -> DiagnosticBag {
    map { diagnostic in
      var error = diagnostic
      error.severity = .error
      return error
    }
  }

  /// A bag with what becomes of the kept diagnostics, which are told in the order of their places.
  public func map(_ change: (Diagnostic) -> Diagnostic) -> DiagnosticBag {
    var changed = DiagnosticBag()
    for diagnostic in sorted { changed.report(change(diagnostic)) }
    changed.overflow += overflow
    changed.hasErrors = changed.hasErrors || hasErrors
    return changed
  }

  /// The diagnostics by file and place, those without a place first.
  ///
  /// At one place errors come before warnings; otherwise the order of reporting is kept.
  public var sorted: [Diagnostic] {
    kept.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      if a.span != b.span {
        guard let aSpan = a.span else { return true }
        guard let bSpan = b.span else { return false }
        return aSpan < bSpan
      }
      if a.severity != b.severity { return a.severity == .error }
      return left.offset < right.offset
    }.map(\.element)
  }
}
