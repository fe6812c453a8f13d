package io.nelbo.jobs.retrain.decide;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.model.record.Segment;
import io.nelbo.model.train.TrainingSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says why there are no windows in records that are further apart than a window may reach. */
public final class GapAdvice {
  private static final int STEPS_PER_GAP = 10;

  private GapAdvice() {}

  /**
   * What to set; empty when windows are long enough, or the usual step of the records is not what
   * stands in the way.
   */
  public static Optional<String> on(TrainingSpan span, NelboConfig config) {
    int window = config.window().length();
    long longest = span.segments().stream().mapToLong(Segment::records).max().orElse(0);
    long maxGap = config.series().maxGap().toMillis();
    long step = usualStep(span);
    if (longest >= window || step <= maxGap) {
      return Optional.empty();
    }
    return Optional.of(
        "the usual time between two records of a series is %s, series.max-gap is %s: no window of %d"
                .formatted(text(step), text(maxGap), window)
            + " records comes together; set series.max-gap to %s, or window.length to 1"
                .formatted(text(STEPS_PER_GAP * step)));
  }

  private static long usualStep(TrainingSpan span) {
    List<Long> steps = new ArrayList<>();
    Map<String, Long> before = new HashMap<>();
    for (Segment segment : span.segments()) {
      for (long time : segment.eventTimeMillis()) {
        Long earlier = before.put(segment.series(), time);
        if (earlier != null) {
          steps.add(time - earlier);
        }
      }
    }
    steps.sort(null);
    return steps.isEmpty() ? 0 : steps.get(steps.size() / 2);
  }

  /** As a setting is written. */
  private static String text(long millis) {
    Duration time = Duration.ofMillis(millis);
    if (millis % Duration.ofDays(1).toMillis() == 0) {
      return time.toDays() + "d";
    }
    if (millis % Duration.ofHours(1).toMillis() == 0) {
      return time.toHours() + "h";
    }
    if (millis % Duration.ofMinutes(1).toMillis() == 0) {
      return time.toMinutes() + "m";
    }
    return millis % 1_000 == 0 ? time.toSeconds() + "s" : millis + "ms";
  }
}
