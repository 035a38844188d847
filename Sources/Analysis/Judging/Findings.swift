/// What was found of each assertion of a run, for good.
///
/// Most runs find nothing: whether there is a finding is kept apart, since to look into an optional
/// of many words, or to clear one, takes longer than all else that is done with it.
struct Findings {
  private var all: [AssertionMonitor.Finding?]
  /// Whether something was found, by the places of the assertions.
  private var isFound: ContiguousArray<Bool>

  /// Nothing found of some assertions yet.
  init(count: Int) {
    all = Array(repeating: nil, count: count)
    isFound = ContiguousArray(repeating: false, count: count)
  }

  /// Whether something was found of an assertion.
  func has(_ place: Int) -> Bool { isFound[place] }

  /// What was found of an assertion; nil if nothing was.
  subscript(place: Int) -> AssertionMonitor.Finding? {
    get { isFound[place] ? all[place] : nil }
    set {
      all[place] = newValue
      isFound[place] = newValue != nil
    }
  }

  /// Forgets what was found.
  mutating func reset() {
    for place in isFound.indices where isFound[place] { self[place] = nil }
  }
}
