package io.nelbo.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.calibrate.AlertRules;
import io.nelbo.model.record.Segment;
import io.nelbo.model.train.TrainingSpan;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class FittedDetectorTest {
  private static final int WINDOW = 2;
  private static final int SMOOTH = 4;

  @Test
  void smoothingReachesIntoTheLeadInAsWindowsDo() throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    float[][] rows = new float[600][];
    Arrays.setAll(rows, i -> TinyBenchmark.row(random, i % 20 == 19));
    try (FittedDetector detector = smoothing(random)) {
      RowScores whole = detector.score(new float[0][], rows);

      RowScores second =
          detector.score(Arrays.copyOf(rows, 300), Arrays.copyOfRange(rows, 300, 600));

      assertThat(second.score()).isEqualTo(Arrays.copyOfRange(whole.score(), 300, 600));
      assertThat(second.statistic()).isEqualTo(Arrays.copyOfRange(whole.statistic(), 300, 600));
      assertThat(second.pValue()).isEqualTo(Arrays.copyOfRange(whole.pValue(), 300, 600));
      // a strange row stays in the mean for as long as it is one of the last
      assertThat(whole.statistic()[22]).isGreaterThan(1.5 * whole.statistic()[23]);
    }
  }

  private static FittedDetector smoothing(SplittableRandom random) throws Exception {
    int rows = 1000;
    float[] values = new float[2 * rows];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(TinyBenchmark.row(random, false), 0, values, 2 * row, 2);
    }
    long[] times = LongStream.range(0, rows).map(row -> 1000 * row).toArray();
    TrainingSpan span =
        new TrainingSpan(
            List.of("f0", "f1"), List.of(new Segment("data", times, values)), 0, 1000L * rows);
    AlertRules alerts = new AlertRules(Duration.ofMinutes(10), SMOOTH);
    return FittedDetector.train(
        "test", span, TinyBenchmark.QUICK.withWindowLength(WINDOW).withAlerts(alerts), 0.01);
  }
}
