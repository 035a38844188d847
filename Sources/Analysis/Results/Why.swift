public import SystemModel

/// How an assertion came to its verdict, whatever it is: what was counted while it was judged.
public struct Why: Sendable, Hashable {
  /// Something that was awaited and came.
  public struct Wait: Sendable, Hashable {
    /// Since when it was awaited.
    public var since: Instant
    /// When it came, or began if it had to last.
    public var came: Instant
    /// How much later it could have come; nil without a bound.
    public var slack: Duration?

    /// A wait that ended.
    public init(since: Instant, came: Instant, slack: Duration? = nil) {
      self.since = since
      self.came = came
      self.slack = slack
    }
  }

  /// The nearest that a comparison of numbers came to going the other way.
  public struct Closest: Sendable, Hashable {
    /// The comparison as it is written.
    public var comparison: String
    /// Its left side then, in the notation of expressions.
    public var left: String
    /// Its right side then.
    public var right: String
    /// How far apart they were; below 0 if it went the other way.
    public var distance: String
    /// When that was first so.
    public var at: Instant

    /// A comparison at its nearest.
    public init(comparison: String, left: String, right: String, distance: String, at: Instant) {
      self.comparison = comparison
      self.left = left
      self.right = right
      self.distance = distance
      self.at = at
    }
  }

  /// Something else that was counted or measured, for a person.
  public struct Fact: Sendable, Hashable {
    /// What it says: `it mattered`, how often it could have been broken; `closest`, the nearest that
    /// it came to that; `held`, for how long something held.
    public var name: String
    /// Such as `4ms: node2 entered at 164ms, node1 had left at 160ms`.
    public var text: String

    /// A fact.
    public init(_ name: String, _ text: String) {
      self.name = name
      self.text = text
    }
  }

  /// A value that was read, and how it changed while it mattered.
  public struct Reading: Sendable, Hashable {
    /// Such as `node1.role`.
    public var name: String
    /// The first value, in the notation of expressions.
    public var first: String
    /// The last value.
    public var last: String
    /// The first values, one after the other, the very first among them; at most 6.
    public var values: [String]
    /// How often it was another value than before.
    public var changes: Int
    /// When that was so first; nil if it never was.
    public var firstChange: Instant?
    /// When that was so last.
    public var lastChange: Instant?

    /// A value that has not changed yet.
    public init(name: String, value: String) {
      self.name = name
      first = value
      last = value
      values = [value]
      changes = 0
    }
  }

  /// In how many states it was looked at: those in which something that it reads had changed.
  public var states = 0
  /// In how many of these its first condition was true.
  public var trueStates = 0
  /// How many windows opened.
  public var windowsOpened = 0
  /// How many of them closed before the run was over.
  public var windowsClosed = 0
  /// When the first of them opened.
  public var firstOpened: Instant?
  /// When the last of them opened.
  public var lastOpened: Instant?
  /// How often something was awaited, such as by a `when` that came true.
  public var asked = 0
  /// How often it came in time.
  public var answered = 0
  /// When it came first.
  public var firstAnswer: Wait?
  /// The time when it took longest, so that the least was left.
  public var tightest: Wait?
  /// The nearest to a failure of each comparison of numbers that decides.
  public var closest: [Closest] = []
  /// What was read, in the order of reading; at most 64 names.
  public var readings: [Reading] = []
  /// How often the subject of an invariant occurred; nil for other forms.
  public var subjects: Int?
  /// What the subject of an invariant is, such as `an entry`; empty for other forms.
  public var subject = ""
  /// What else is known.
  public var facts: [Fact] = []

  /// Nothing was counted yet.
  public init() {}
}
