package io.nelbo.jobs.demo.judge;

import io.nelbo.jobs.demo.plant.FaultKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How well the planted faults were found.
 *
 * @param outcomes one per fault, in order of start
 * @param falseAlarms episodes that overlap no fault
 */
public record Verdict(List<FaultOutcome> outcomes, List<DetectedEpisode> falseAlarms) {
  public Verdict {
    outcomes = List.copyOf(outcomes);
    falseAlarms = List.copyOf(falseAlarms);
  }

  public int found() {
    return (int) outcomes.stream().filter(FaultOutcome::found).count();
  }

  /** Faults that began while an alarm of their series was open, and raised none of their own. */
  public int inOpenAlarm() {
    return (int) outcomes.stream().filter(FaultOutcome::inOpenAlarm).count();
  }

  /**
   * Per kind that was planted: how many, how many found or in an open alarm, median and longest
   * delay.
   */
  public Map<FaultKind, KindResult> byKind() {
    Map<FaultKind, List<FaultOutcome>> grouped = new EnumMap<>(FaultKind.class);
    for (FaultOutcome outcome : outcomes) {
      grouped.computeIfAbsent(outcome.fault().kind(), k -> new ArrayList<>()).add(outcome);
    }
    Map<FaultKind, KindResult> results = new EnumMap<>(FaultKind.class);
    grouped.forEach((kind, list) -> results.put(kind, KindResult.of(list)));
    return results;
  }

  /**
   * One row of the summary.
   *
   * @param inOpenAlarm neither found nor missed
   * @param median of the delays of those found, the mean of the middle two when even; zero if none
   * @param longest zero if none was found
   */
  public record KindResult(
      int planted, int found, int inOpenAlarm, Duration median, Duration longest) {
    private static KindResult of(List<FaultOutcome> outcomes) {
      List<Duration> delays = outcomes.stream().flatMap(o -> o.delay().stream()).sorted().toList();
      int n = delays.size();
      Duration median =
          n == 0 ? Duration.ZERO : delays.get((n - 1) / 2).plus(delays.get(n / 2)).dividedBy(2);
      Duration longest = n == 0 ? Duration.ZERO : delays.get(n - 1);
      int covered = (int) outcomes.stream().filter(FaultOutcome::inOpenAlarm).count();
      return new KindResult(outcomes.size(), n, covered, median, longest);
    }
  }
}
