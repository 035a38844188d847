import SystemModel

/// Every timer that was set in a run, and which of these need an entry.
struct FrozenTimers {
  private struct Key: Hashable {
    let node: NodeID
    let timer: UInt8
    let nth: Int

    init(_ setting: DrawNotes.TimerSetting) {
      (node, timer, nth) = (setting.node, setting.timer, setting.nth)
    }
  }

  let settings: [DrawNotes.TimerSetting]

  /// Those that would run otherwise without an entry, by their places.
  ///
  /// `found` are the timers of a frozen run with the same course: what their nodes ask for there. A
  /// timer that is cancelled needs an entry only if it would have run out before, and one that is
  /// not set there needs none.
  func needed(_ found: [DrawNotes.TimerSetting], end: Int64) -> [Int] {
    var asked: [Key: DrawNotes.TimerSetting] = [:]
    for setting in found { asked[Key(setting)] = setting }
    return settings.indices.filter { place in
      let setting = settings[place]
      guard let asked = asked[Key(setting)] else { return false }
      if asked.low == asked.high, asked.low == setting.span { return false }
      if let ceased = setting.ceased { return setting.at + asked.low <= ceased }
      return setting.at + min(setting.span, asked.low) <= end
    }
  }
}
