import Analysis
import Diagnostics
import Reports

/// The JSON report of an earlier sweep, read back.
enum BaselineFile {
  /// Why a report is no baseline, for a person.
  struct Refusal: Error {
    let reason: String
    let status: ExitStatus
  }

  /// The most bytes of a report that are read.
  private static let byteLimit = 64 * 1024 * 1024

  /// Reads a report.
  static func read(_ path: String) throws(Refusal) -> SweepBaseline {
    guard let file = InputFile.opened(path, isPlain: true),
      let bytes = try? file.read(upTo: byteLimit + 1)
    else { throw Refusal(reason: InputFile.reason(path), status: .unreadable) }
    guard bytes.count <= byteLimit else {
      throw refused("it is larger than 64 MiB, which no report of a sweep is")
    }
    guard let report = DecodedJSON.value(of: String(decoding: bytes, as: UTF8.self)),
      case .int(let schema)? = report["schema"], let sweep = report["sweep"]
    else {
      throw refused(
        "it is no JSON report of a sweep; write one with `conclave sweep … --json FILE`")
    }
    guard schema == SweepJSON.schema else {
      throw refused(
        "it has schema \(schema), and this version of conclave reads schema \(SweepJSON.schema)")
    }
    guard let baseline = baseline(report, sweep) else {
      throw refused("its fields are not those of a report of a sweep; write a new one")
    }
    let subjects = baseline.cells.flatMap { $0.figures.map(\.subject) }
    guard subjects.contains(where: { $0 != SweepBaseline.passRate }) else {
      throw refused("it has no metrics to compare with; write one of a sweep that has run")
    }
    return baseline
  }

  private static func refused(_ reason: String) -> Refusal {
    Refusal(reason: reason, status: .invalid)
  }

  private static func baseline(_ report: JSONValue, _ sweep: JSONValue) -> SweepBaseline? {
    guard case .int(let semantics)? = report["semantics"], case .string(let name)? = sweep["name"],
      let first = sweep["firstSeed"]?.seed, case .array(let cells)? = sweep["cells"]
    else { return nil }
    let last = sweep["lastSeed"]?.seed
    if let last, last < first { return nil }
    var read: [SweepBaseline.Cell] = []
    for cell in cells {
      guard let figures = figures(cell), let label = label(cell) else { return nil }
      read.append(.init(label: label, figures: figures))
    }
    return SweepBaseline(
      name: name, seeds: last.map { first...$0 }, semantics: Int(semantics), cells: read)
  }

  /// What tells a cell from others, in the order of the names.
  private static func label(_ cell: JSONValue) -> String? {
    guard case .object(let values)? = cell["cell"] else { return nil }
    let sorted = values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    var parts: [String] = []
    for member in sorted {
      guard case .string(let value) = member.value else { return nil }
      parts.append("\(member.key)=\(value)")
    }
    return parts.joined(separator: " ")
  }

  private static func figures(_ cell: JSONValue) -> [SweepBaseline.Figure]? {
    guard let rate = cell["passRate"]?["share"], case .object(let metrics)? = cell["metrics"]
    else { return nil }
    var figures: [SweepBaseline.Figure] = []
    if let share = rate.number {
      figures.append(.init(SweepBaseline.passRate, .share, .ratio(share)))
    }
    for metric in metrics {
      guard let found = self.figures(metric.key, metric.value) else { return nil }
      figures += found
    }
    return figures
  }

  private static func figures(_ name: String, _ metric: JSONValue) -> [SweepBaseline.Figure]? {
    guard case .string(let word)? = metric["unit"], let unit = MetricUnit(rawValue: word),
      case .int(let count)? = metric["count"], case .int(let missing)? = metric["missing"],
      count >= 0, missing >= 0
    else { return nil }
    guard count > 0 || missing > 0 else { return [] }
    let share = Double(count) / (Double(count) + Double(missing))
    var figures = [SweepBaseline.Figure(name, .share, .ratio(share))]
    for statistic in [SweepBaseline.Statistic.mean, .p50, .p90, .p99] {
      guard let value = metric[statistic.rawValue] else { return nil }
      // The mean of counts has a fraction.
      let isWhole = unit == .duration || unit == .count && statistic != .mean
      switch value {
      case .null: continue
      case .int(let number) where unit == .duration:
        figures.append(.init(name, statistic, .duration(number)))
      case .int(let number) where isWhole: figures.append(.init(name, statistic, .count(number)))
      default:
        guard !isWhole, let number = value.number else { return nil }
        figures.append(.init(name, statistic, .ratio(number)))
      }
    }
    return figures
  }
}

extension JSONValue {
  /// A member of an object by its key.
  fileprivate subscript(_ key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  fileprivate var number: Double? {
    switch self {
    case .int(let number): Double(number)
    case .unsigned(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }

  fileprivate var seed: UInt64? {
    switch self {
    case .int(let number): UInt64(exactly: number)
    case .unsigned(let number): number
    default: nil
    }
  }
}
