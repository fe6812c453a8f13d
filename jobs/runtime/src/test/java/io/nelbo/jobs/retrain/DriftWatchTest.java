package io.nelbo.jobs.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.record.Segment;
import io.nelbo.model.train.TrainingSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DriftWatchTest {
  private static final long PIECE = 1_000;

  private final DriftWatch watch = new DriftWatch(new Slides(8 * PIECE, 2), DriftProgress.from(0));
  private long end;

  @Test
  void aStationaryStreamIsNoDriftInTenThousandPieces() {
    Random random = new Random(3);
    int said = 0;
    for (int piece = 0; piece < 10_000; piece++) {
      int rare = 0;
      for (int row = 0; row < 100; row++) {
        rare += random.nextDouble() < 0.1 ? 1 : 0;
      }
      said += next(rare / 100.0) ? 1 : 0;
    }

    assertThat(said).isLessThanOrEqualTo(1);
  }

  @Test
  void aShareThatStaysHighIsDrift() {
    next(0.1);

    assertThat(next(0.4)).isFalse();
    assertThat(next(0.4)).isFalse();
    assertThat(next(0.4)).isFalse();
    assertThat(next(0.4)).isTrue();
  }

  @Test
  void oneStrangePieceIsNone() {
    for (int piece = 0; piece < 50; piece++) {
      assertThat(next(piece == 20 ? 1 : 0.05)).isFalse();
    }
  }

  @Test
  void afterItHasSpokenItRestsForASlide() {
    while (!next(0.5)) {
      assertThat(end).isLessThan(100 * PIECE);
    }
    long spoken = end;

    while (!next(0.5)) {
      assertThat(end).isLessThan(100 * PIECE);
    }

    assertThat(end - spoken).isBetween(9 * PIECE, 13 * PIECE);
  }

  @Test
  void anotherModelStartsTheTestAnew() {
    next(0.4);
    next(0.4);
    watch.startAnew();

    assertThat(next(0.4)).isFalse();
    assertThat(next(0.4)).isFalse();
    assertThat(next(0.4)).isFalse();
    assertThat(next(0.4)).isTrue();
  }

  @Test
  void aPieceIsDueOnceAndWhenItIsOver() {
    assertThat(watch.due(PIECE - 2)).isEqualTo(Long.MIN_VALUE);
    assertThat(watch.due(PIECE - 1)).isEqualTo(PIECE);

    watch.watched(PIECE, OptionalDouble.empty());

    assertThat(watch.due(PIECE + 5)).isEqualTo(Long.MIN_VALUE);
    assertThat(watch.due(4 * PIECE)).isEqualTo(4 * PIECE);
  }

  @Test
  void itGoesOnAfterARestartWhereItStood() {
    next(0.4);
    next(0.4);
    next(0.4);

    DriftWatch restored = new DriftWatch(new Slides(8 * PIECE, 2), watch.progress());

    assertThat(restored.due(end)).isEqualTo(Long.MIN_VALUE);
    assertThat(restored.watched(end + PIECE, OptionalDouble.of(0.4))).isTrue();
    assertThat(restored.watched(end + 2 * PIECE, OptionalDouble.of(1))).as("at rest").isFalse();
  }

  @Test
  void aLookThatARestartCutsOffIsDueAgainBeforeNewerOnes() {
    watch.lookingAt(PIECE);

    DriftWatch restored = new DriftWatch(new Slides(8 * PIECE, 2), watch.progress());

    assertThat(restored.due(5 * PIECE)).isEqualTo(PIECE);
    restored.watched(PIECE, OptionalDouble.of(0.1));
    assertThat(restored.due(5 * PIECE)).isEqualTo(5 * PIECE);
  }

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
        DriftWatch.share(
            span,
            new IncumbentScores(List.of(stepped, stepped, stepped, quiet, quiet), 0.01, 1),
            1);

    assertThat(share).hasValue(0);
  }

  /** Each of a series of its own. */
  private static OptionalDouble share(List<double[]> pValues, int windowLength) {
    List<Segment> segments = new ArrayList<>();
    for (double[] one : pValues) {
      segments.add(segment("s" + segments.size(), one.length));
    }
    TrainingSpan span = new TrainingSpan(List.of("flow"), segments, 0, 400);
    return DriftWatch.share(span, new IncumbentScores(pValues, 0.01, 1), windowLength);
  }

  private static Segment segment(String series, int records) {
    long[] times = new long[records];
    Arrays.setAll(times, row -> row);
    return new Segment(series, times, new float[records]);
  }

  private boolean next(double share) {
    end += PIECE;
    return watch.watched(end, OptionalDouble.of(share));
  }
}
