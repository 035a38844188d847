#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a workload did, and at what cost.
struct Measurement {
  /// The workload with its sizes, such as `w1 5 2000000`.
  let workload: String
  /// Messages delivered.
  let messages: Int
  /// Processor time, user and system, in seconds.
  let seconds: Double
  /// The sum that the reference defines, mod 2^64.
  let checksum: UInt64
  /// Further counts, in the words of the reference.
  let counts: [(name: String, value: Int64)]

  /// Messages for each second of processor time.
  var rate: Double { Double(messages) / seconds }

  /// One line of JSON.
  var line: String {
    """
    {"workload": "\(workload)", "messages": \(messages), "cpu_s": \(seconds.rounded(places: 6)), \
    "per_cpu_s": \(Int(rate)), "checksum": \(checksum), \
    "peak_rss_mb": \(Usage.current.peakMegabytes.rounded(places: 1))}
    """
  }
}

/// What a process has used so far.
struct Usage {
  /// Processor time, user and system, in seconds.
  let seconds: Double
  /// The most memory it ever had.
  let peakMegabytes: Double

  /// What this process has used.
  static var current: Usage { Usage(of: RUSAGE_SELF) }

  /// What the processes that it has started and seen end have used.
  static var ofChildren: Usage { Usage(of: RUSAGE_CHILDREN) }

  #if canImport(Glibc)
    private init(of whom: __rusage_who) {
      var usage = rusage()
      getrusage(__rusage_who_t(whom.rawValue), &usage)
      self.init(usage)
    }
  #else
    private init(of whom: Int32) {
      var usage = rusage()
      getrusage(whom, &usage)
      self.init(usage)
    }
  #endif

  private init(_ usage: rusage) {
    func seconds(_ time: timeval) -> Double {
      Double(time.tv_sec) + Double(time.tv_usec) * 1e-6
    }
    #if canImport(Darwin)
      let bytesPerUnit = 1.0
    #else
      let bytesPerUnit = 1024.0
    #endif
    self.seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)
    peakMegabytes = Double(usage.ru_maxrss) * bytesPerUnit / 1e6
  }
}

extension Double {
  /// The nearest number with some decimals.
  func rounded(places: Int) -> Double {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    return (self * scale).rounded() / scale
  }
}
