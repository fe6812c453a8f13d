package io.nelbo.jobs.demo;

import io.nelbo.jobs.demo.csv.CsvReplay;
import io.nelbo.jobs.demo.feed.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Turns the user's own files into the input of a run. */
public final class CsvInput {
  private static final Duration LONG = Duration.ofDays(1);
  private static final int EPISODE_STEPS = 10;

  private CsvInput() {}

  /**
   * @param steps gradient steps of the training at most
   * @param speed simulated seconds per second of wall time; 0 feeds as fast as it goes
   */
  public static DemoInput of(CsvReplay replay, int steps, double speed, long seed) {
    int series = (int) replay.readings().stream().map(Reading::series).distinct().count();
    Duration span = Duration.between(replay.start(), replay.border()).plusSeconds(1);
    DemoConfig config =
        new DemoConfig(
            replay.features(),
            replay.trainRows(),
            span,
            DemoConfig.ONE_MODEL,
            DemoConfig.ONE_MODEL,
            Duration.ofMillis(1),
            step(replay).multipliedBy(EPISODE_STEPS),
            1e-3,
            1,
            steps,
            seed);
    int scored = replay.readings().size() - replay.trainRows();
    List<String> notes = new ArrayList<>();
    notes.add(
        "%,d rows of %,d features in %,d series: %,d train, %,d are scored"
            .formatted(
                replay.readings().size(),
                replay.features().size(),
                series,
                replay.trainRows(),
                scored));
    notes.addAll(replay.notes());
    return new DemoInput(
        config,
        replay.ticks(),
        List.of(),
        List.of(replay.border()),
        Optional.empty(),
        List.of(),
        Duration.ofDays(1).toMillis() / (double) step(replay).toMillis(),
        speed > 0 ? speed : Double.POSITIVE_INFINITY,
        LONG,
        series,
        notes);
  }

  /** The usual time between two instants of the files, at least a millisecond. */
  private static Duration step(CsvReplay replay) {
    long[] times =
        replay.readings().stream().mapToLong(r -> r.time().toEpochMilli()).distinct().toArray();
    long[] steps = new long[times.length - 1];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = times[i + 1] - times[i];
    }
    Arrays.sort(steps);
    return Duration.ofMillis(Math.max(1, steps[steps.length / 2]));
  }
}
