import Diagnostics
public import SystemModel

/// What two runs of one plan do in the first event in which they differ, in the words of the
/// transcript.
public enum DivergenceReport {
  /// The lines of both runs; `event` counts events from 1.
  public static func text(
    event: Int, first: Trace, second: Trace, _ plan: SystemPlan,
    _ description: ProtocolDescription, colour: Bool = false
  ) -> String {
    func lines(_ part: Trace) -> String {
      var transcript = TextTranscript(plan, description, colour: colour)
      var text = ""
      transcript.write(part, to: &text)
      return text.isEmpty ? "  nothing: it had ended\n" : text
    }
    return "event \(event) in the first run:\n\(lines(first))in the second run:\n\(lines(second))"
  }
}
