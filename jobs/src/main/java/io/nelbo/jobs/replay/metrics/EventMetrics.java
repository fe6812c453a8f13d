package io.nelbo.jobs.replay.metrics;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.List;

/**
 * How alarms and labels meet, event by event (Hundman et al. 2018, KDD, section 4): a labelled run
 * of rows is found when any run of alarms overlaps it, and counts once however many do; a run of
 * alarms that overlaps no labelled run is false.
 *
 * @param events labelled runs
 * @param found labelled runs that were found
 * @param falseAlarms runs of alarms outside of all events
 */
public record EventMetrics(int events, int found, int falseAlarms) {
  public EventMetrics {
    requireArgument(
        found >= 0 && found <= events && falseAlarms >= 0,
        "found must lie in 0..%s and falseAlarms not be negative, got %s and %s",
        events,
        found,
        falseAlarms);
  }

  public static EventMetrics of(boolean[] alarmed, boolean[] anomalous) {
    requireArgument(
        alarmed.length == anomalous.length,
        "alarms and labels must have the same length, got %s and %s",
        alarmed.length,
        anomalous.length);
    List<RowRange> events = RowRange.runsOf(anomalous);
    long found = events.stream().filter(event -> event.holdsAny(alarmed)).count();
    long falseAlarms =
        RowRange.runsOf(alarmed).stream().filter(alarm -> !alarm.holdsAny(anomalous)).count();
    return new EventMetrics(events.size(), (int) found, (int) falseAlarms);
  }

  /** Found events among found events and false alarms; 0 without either. */
  public double precision() {
    return Ratios.ofOrZero(found, found + falseAlarms);
  }

  /** Share of events that were found; 0 without events. */
  public double recall() {
    return Ratios.ofOrZero(found, events);
  }

  public double f1() {
    return Ratios.harmonicMean(precision(), recall());
  }
}
