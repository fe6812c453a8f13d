package io.nelbo.jobs.demo;

import io.nelbo.jobs.demo.csv.CsvReplay;
import io.nelbo.jobs.demo.csv.CsvReplaySource;
import io.nelbo.jobs.demo.csv.TrainingPart;
import io.nelbo.jobs.demo.feed.Reading;
import io.nelbo.jobs.demo.feed.ReadingBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns the user's own files into the input of a run. */
public final class CsvInput {
  private static final Duration LONG = Duration.ofDays(1);

  private CsvInput() {}

  /**
   * @param steps gradient steps of the training at most
   * @param speed simulated seconds per second of wall time; 0 feeds as fast as it goes
   */
  public static DemoInput of(CsvReplay replay, int steps, double speed, long seed) {
    List<Reading> readings = replay.readings();
    TrainingPart training = replay.training();
    int series = (int) readings.stream().map(Reading::series).distinct().count();
    Duration span = Duration.between(replay.start(), training.border()).plusSeconds(1);
    Duration gap = CsvReplaySource.maxGap(replay.step());
    DemoConfig config =
        new DemoConfig(
            DemoStream.ofSensors(replay.features()),
            new DemoConfig.Training(training.trained(), readings.size(), steps, seed),
            new DemoConfig.Gaps(gap, span.compareTo(gap) > 0 ? span : gap),
            new DemoConfig.Retraining(
                DemoConfig.ONE_MODEL, DemoConfig.ONE_MODEL, Duration.ofMillis(1)),
            new DemoConfig.Alerting(1e-3, gap),
            1);
    List<String> notes = new ArrayList<>();
    notes.add(
        "%,d rows of %,d features in %,d series: %,d to train on, %,d to score"
            .formatted(
                readings.size(),
                replay.features().size(),
                series,
                training.rows(),
                readings.size() - training.rows()));
    if (!training.leftOut().isEmpty()) {
      notes.add(
          "of those to train on, %,d can be; left out: %s"
              .formatted(training.trained(), training.leftOutText()));
    }
    notes.addAll(replay.notes());
    return new DemoInput(
        config,
        new DemoInput.Feed(
            new ReadingBytes(replay.ticks()), speed > 0 ? speed : Double.POSITIVE_INFINITY, LONG),
        new DemoInput.Series(
            series, Duration.ofDays(1).toMillis() / (double) replay.step().toMillis()),
        List.of(training.border()),
        Optional.of(training),
        DemoInput.Script.UNKNOWN,
        notes);
  }
}
