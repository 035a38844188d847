public import Diagnostics

/// The bounds of what a result keeps, for the reference.
public enum ResultLimits {
  /// What is kept; what is beyond is counted, or left out.
  public static var all: [Limit] {
    [
      Limit("calls that a report has", Judge.callLimit),
      Limit("windows that a report has of one fault", FaultBook.windowLimit),
      Limit("messages that an evidence has", MessageChoice.shown),
      Limit("records about messages in which an evidence is looked for", RecentMessages.capacity),
      Limit("bars of a chart", ActivityBars.limit),
      Limit("nodes for which there are metrics of each link", MessageCounts.linkLimit),
      Limit("faults that have metrics of unavailability of their own", Availability.faultLimit),
      Limit("steps of a chart of arrivals", BarrierTimes.stepLimit),
      Limit(
        "different values of a metric of a sweep that are kept exactly", SampleTable.valueLimit),
    ]
  }
}
