package io.nelbo.model.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.record.Segment;
import io.nelbo.model.train.TrainingSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class RareShareTest {
  @Test
  void overlappingWindowsCountOnceAndAnEpisodeDoesNotCount() {
    double[] episode = new double[400];
    Arrays.fill(episode, 0.001);
    double[] quiet = new double[400];
    Arrays.fill(quiet, 0.02); // between the windows that are looked at
    for (int row = 3; row < 400; row += 4) {
      quiet[row] = row < 100 ? 0.05 : 0.5;
    }

    OptionalDouble share = share(List.of(episode, quiet, quiet), 4);

    assertThat(share.orElseThrow()).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void tooFewRecordsSayNothing() {
    double[] few = new double[49];
    Arrays.fill(few, 0.5);

    assertThat(share(List.of(few), 1)).isEmpty();
  }

  @Test
  void aStepOfHalfOfTheSeriesIsDriftAndNoEpisode() {
    double[] stepped = new double[400];
    Arrays.fill(stepped, 0.001);
    double[] quiet = new double[400];
    Arrays.fill(quiet, 0.5);

    assertThat(share(List.of(stepped), 1)).hasValue(1);
    assertThat(share(List.of(stepped, quiet), 1)).hasValue(0.5);
    assertThat(share(List.of(stepped, quiet, quiet), 1)).hasValue(0);
  }

  @Test
  void theSegmentsOfOneSeriesAreOneSeries() {
    double[] stepped = new double[100];
    Arrays.fill(stepped, 0.001);
    double[] quiet = new double[100];
    Arrays.fill(quiet, 0.5);
    TrainingSpan span =
        new TrainingSpan(
            List.of("flow"),
            List.of(
                segment("a", 100),
                segment("a", 100),
                segment("a", 100),
                segment("b", 100),
                segment("c", 100)),
            0,
            100);

    OptionalDouble share =
        RareShare.of(
                span,
                new IncumbentScores(List.of(stepped, stepped, stepped, quiet, quiet), 0.01, 1),
                1)
            .share();

    assertThat(share).hasValue(0);
  }

  /** Each of a series of its own. */
  private static OptionalDouble share(List<double[]> pValues, int windowLength) {
    List<Segment> segments = new ArrayList<>();
    for (double[] one : pValues) {
      segments.add(segment("s" + segments.size(), one.length));
    }
    TrainingSpan span = new TrainingSpan(List.of("flow"), segments, 0, 400);
    return RareShare.of(span, new IncumbentScores(pValues, 0.01, 1), windowLength).share();
  }

  private static Segment segment(String series, int records) {
    long[] times = new long[records];
    Arrays.setAll(times, row -> row);
    return new Segment(series, times, new float[records]);
  }
}
