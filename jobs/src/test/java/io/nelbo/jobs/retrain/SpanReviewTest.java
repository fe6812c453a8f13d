package io.nelbo.jobs.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.train.Segment;
import io.nelbo.model.train.TrainingSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Four series over three buckets of a hundred records each. */
final class SpanReviewTest {
  private static final List<String> SERIES = List.of("a", "b", "c", "d");
  private static final int BUCKET = 100;
  private static final int BUCKETS = 3;
  private static final double BORDER = 0.001;

  private final List<double[]> pValues = new ArrayList<>();

  SpanReviewTest() {
    for (int i = 0; i < SERIES.size(); i++) {
      double[] normal = new double[BUCKET * BUCKETS];
      Arrays.fill(normal, 0.5);
      pValues.add(normal);
    }
  }

  @Test
  void whatIsNormalStaysWhole() {
    SpanReview review = review(Long.MIN_VALUE);

    assertThat(review.remarks()).isEmpty();
    assertThat(review.notFittedRows()).isZero();
    assertThat(review.changedBucket()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void singleAlarmsAreNotFittedToButStayForCalibration() {
    pValues.get(1)[150] = BORDER;
    pValues.get(1)[151] = BORDER + 1e-9;

    SpanReview review = review(Long.MIN_VALUE);

    assertThat(review.notFitted().excludes("b", 150)).isTrue();
    assertThat(review.notFitted().excludes("b", 151)).isFalse();
    assertThat(review.notFitted().excludes("a", 150)).isFalse();
    assertThat(review.leavesOut("b", 150)).isFalse();
  }

  @Test
  void atMostATwentiethOfTheRowsIsNotFittedTo() {
    // Five of a hundred are no fault yet; in every series and bucket they make a twentieth.
    for (double[] series : pValues) {
      for (int row = 0; row < series.length; row += 20) {
        series[row] = 1e-4 * (1 + row);
      }
    }
    pValues.get(0)[41] = 1e-9; // the fifth of its bucket

    SpanReview review = review(Long.MIN_VALUE);

    assertThat(review.notFittedRows()).isLessThanOrEqualTo(60).isPositive();
    assertThat(review.notFitted().excludes("a", 41)).isTrue();
  }

  @Test
  void aFaultInUnderHalfOfTheSeriesLeavesTheseOut() {
    fault(0, 1, 0.5);

    SpanReview review = review(Long.MIN_VALUE);

    assertThat(review.leavesOut("a", 150)).isTrue();
    assertThat(review.leavesOut("a", 50)).isFalse();
    assertThat(review.leavesOut("b", 150)).isFalse();
    assertThat(review.changedBucket()).isEqualTo(Long.MIN_VALUE);
    assertThat(review.remarks())
        .containsExactly("left out for faults, where more than 5 % of the rows alarm: a");
  }

  @Test
  void aFaultThatLastsInUnderHalfOfTheSeriesIsNeverLearned() {
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      fault(0, bucket, 1);
    }

    SpanReview review = review(Long.MIN_VALUE);

    assertThat(review.leavesOut("a", 0)).isTrue();
    assertThat(review.leavesOut("a", 299)).isTrue();
  }

  @Test
  void aChangeOfMostSeriesIsAFaultWhileItHasLastedForOneBucket() {
    fault(0, 2, 1);
    fault(1, 2, 1);

    SpanReview review = review(Long.MIN_VALUE);

    assertThat(review.leavesOut("a", 250)).isTrue();
    assertThat(review.leavesOut("b", 250)).isTrue();
    assertThat(review.leavesOut("c", 250)).isFalse();
    assertThat(review.changedBucket()).isEqualTo(2);
  }

  @Test
  void inTheSecondBucketItIsTheNewNormalAndNothingOfItIsCut() {
    for (int series = 0; series < 2; series++) {
      fault(series, 1, 1);
      fault(series, 2, 1);
    }

    SpanReview review = review(Long.MIN_VALUE);

    assertThat(review.leavesOut("a", 150)).isFalse();
    assertThat(review.leavesOut("a", 250)).isFalse();
    assertThat(review.notFittedRows()).isZero();
    assertThat(review.remarks())
        .containsExactly(
            "REGIME_CHANGE: at least half of the series have changed for 2 slides in a row, their"
                + " rows are trained on");
  }

  @Test
  void theBucketBeforeTheSpanCounts() {
    for (int series = 0; series < SERIES.size(); series++) {
      fault(series, 0, 1);
    }

    assertThat(review(-1).leavesOut("a", 50)).isFalse();
    assertThat(review(-2).leavesOut("a", 50)).isTrue();
  }

  private void fault(int series, int bucket, double share) {
    Arrays.fill(
        pValues.get(series), bucket * BUCKET, bucket * BUCKET + (int) (share * BUCKET), 1e-6);
  }

  private SpanReview review(long changedBefore) {
    List<Segment> segments = new ArrayList<>();
    for (String name : SERIES) {
      long[] times = new long[BUCKET * BUCKETS];
      Arrays.setAll(times, i -> i);
      segments.add(new Segment(name, times, new float[times.length]));
    }
    TrainingSpan span = new TrainingSpan(List.of("flow"), segments, 0, BUCKET * BUCKETS);
    return SpanReview.of(
        span, new IncumbentScores(pValues, BORDER), new Slides(BUCKET, BUCKETS), changedBefore);
  }
}
