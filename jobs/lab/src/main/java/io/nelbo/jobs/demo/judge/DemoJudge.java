package io.nelbo.jobs.demo.judge;

import io.nelbo.jobs.demo.plant.PlantedFault;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Compares what was planted with what was announced.
 *
 * <p>A fault is found when an episode of its series starts within it, or within a tenth of its
 * length after it, and names a faulty sensor among its top three. One that begins while an alarm of
 * its series is open cannot open another: if that one goes on, it is neither found nor missed. A
 * false alarm is an episode that overlaps no fault.
 */
public final class DemoJudge {
  static final int TOP = 3;

  private DemoJudge() {}

  /**
   * @param fedUntil event time of the last record fed; a fault that had not ended by then is not
   *     judged, though episodes in it are no false alarms
   */
  public static Verdict judge(
      List<PlantedFault> faults, List<DetectedEpisode> episodes, Instant fedUntil) {
    List<FaultOutcome> outcomes =
        faults.stream()
            .filter(fault -> !fault.end().isAfter(fedUntil))
            .sorted(Comparator.comparing(PlantedFault::start))
            .map(fault -> outcome(fault, episodes))
            .toList();
    List<DetectedEpisode> falseAlarms =
        episodes.stream()
            .filter(episode -> faults.stream().noneMatch(episode::overlaps))
            .sorted(Comparator.comparing(DetectedEpisode::start))
            .toList();
    return new Verdict(outcomes, falseAlarms);
  }

  private static FaultOutcome outcome(PlantedFault fault, List<DetectedEpisode> episodes) {
    Optional<Duration> delay = delay(fault, episodes);
    boolean isCovered = episodes.stream().anyMatch(episode -> episode.covers(fault));
    return new FaultOutcome(fault, delay, delay.isEmpty() && isCovered);
  }

  private static Optional<Duration> delay(PlantedFault fault, List<DetectedEpisode> episodes) {
    return episodes.stream()
        .filter(episode -> finds(episode, fault))
        .map(episode -> Duration.between(fault.start(), episode.start()))
        .min(Comparator.naturalOrder());
  }

  /** Whether this episode is the fault's discovery. */
  public static boolean finds(DetectedEpisode episode, PlantedFault fault) {
    return episode.series().equals(fault.series())
        && !episode.start().isBefore(fault.start())
        && episode.start().isBefore(fault.foundUntil())
        && episode.blamed().stream().limit(TOP).anyMatch(fault.sensors()::contains);
  }
}
