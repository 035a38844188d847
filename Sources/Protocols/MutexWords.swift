import SystemModel

/// What scenarios call the same in all protocols that let one node at a time in.
enum MutexWords {
  static let timers = [TimerDeclaration("hold", "The critical section is over; see `acquire`.")]

  static let state = FieldDeclaration(
    "state", .word(["idle", "waiting", "inside"]), "Where the node is.")
  static let pending = FieldDeclaration(
    "pending", .int, "How many calls wait for the node's present one.")

  static let calls = [
    CallDeclaration(
      "acquire",
      [
        .init(
          "hold", .duration, default: 10_000_000,
          "How long the node stays inside the critical section.")
      ],
      "Enters the critical section when it is the node's turn; over when it has left. Calls at"
        + " a node that waits or is inside are served one after another.")
  ]

  /// What is announced of a request, which the protocol calls by a word of its own.
  static func observations(_ number: String) -> [ObservationDeclaration] {
    [
      ObservationDeclaration("requested", .init("timestamp", .int), "A node asks to enter."),
      ObservationDeclaration(
        "entered", .init("timestamp", .int), "A node enters on its request of this \(number)."),
      ObservationDeclaration(
        "exited", .init("timestamp", .int), "A node leaves that entered on this request."),
    ]
  }

  static let selectors = [
    SelectorDeclaration("lock-holder", "The live node inside the critical section.")
  ]
}
