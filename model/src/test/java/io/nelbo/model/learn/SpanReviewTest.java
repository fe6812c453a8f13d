package io.nelbo.model.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.record.Segment;
import io.nelbo.model.train.FitExclusion;
import io.nelbo.model.train.TrainingSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

/** Four series over three buckets of a hundred records each. */
final class SpanReviewTest {
  private static final List<String> SERIES = List.of("a", "b", "c", "d");
  private static final int BUCKET = 100;
  private static final int BUCKETS = 3;
  private static final double BORDER = 0.001;

  private final List<double[]> pValues = new ArrayList<>();
  private double clusterLength = 1;

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

    assertThat(review.leftOut()).isEmpty();
    assertThat(review.isRegimeChange()).isFalse();
    assertThat(review.alarmed()).isEmpty();
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
  void theStrangestAlarmsAreTheFirstNotToBeFittedTo() {
    pValues.get(3)[7] = 1e-4;
    pValues.get(1)[150] = 1e-6;
    pValues.get(0)[41] = 1e-9;

    assertThat(review(Long.MIN_VALUE).notFitted().strangestFirst())
        .containsExactly(
            new FitExclusion.Row("a", 41),
            new FitExclusion.Row("b", 150),
            new FitExclusion.Row("d", 7));
  }

  @Test
  void aFaultInUnderHalfOfTheSeriesLeavesTheseOut() {
    fault(0, 1, 0.5);

    SpanReview review = review(Long.MIN_VALUE);

    assertThat(review.leavesOut("a", 150)).isTrue();
    assertThat(review.leavesOut("a", 50)).isFalse();
    assertThat(review.leavesOut("b", 150)).isFalse();
    assertThat(review.changedBucket()).isEqualTo(Long.MIN_VALUE);
    assertThat(review.seriesLeftOut()).containsExactly("a");
    assertThat(review.leftOut()).containsExactly(new SpanReview.Piece("a", 1));
    assertThat(review.isRegimeChange()).isFalse();
  }

  @Test
  void aClusterOfAlarmsThatChanceExplainsStays() {
    Arrays.fill(pValues.get(0), 100, 150, BORDER);
    clusterLength = 10;

    assertThat(review(Long.MIN_VALUE).leftOut()).isEmpty();
  }

  @Test
  void aShortFaultThatIsFarTooRareForChanceIsLeftOut() {
    Arrays.fill(pValues.get(0), 100, 110, BORDER / 100);
    clusterLength = 10;

    assertThat(review(Long.MIN_VALUE).leavesOut("a", 150)).isTrue();
  }

  @Test
  void theBorderDoesNotComeDownWithTheRetrainingsOfASlowMachine() {
    // Standard normal, autoregressive (0.99): its extremal index is about 0.04.
    int series = 60;
    long bucket = 360;
    SplittableRandom random = new SplittableRandom(3);
    double border = 2.326;
    for (int generation = 0; generation < 10; generation++) {
      List<Segment> segments = new ArrayList<>();
      List<double[]> statistics = new ArrayList<>();
      List<double[]> judged = new ArrayList<>();
      for (int index = 0; index < series; index++) {
        double[] values = autoregressive(0.99, BUCKETS * (int) bucket, random);
        double asked = border;
        statistics.add(values);
        judged.add(Arrays.stream(values).map(value -> pValue(value, asked)).toArray());
        segments.add(segment("s" + index, values.length));
      }
      TrainingSpan span = new TrainingSpan(List.of("flow"), segments, 0, BUCKETS * bucket);

      SpanReview review =
          SpanReview.of(
              span,
              new IncumbentScores(judged, 0.01, 25),
              new Slides(bucket, BUCKETS),
              Long.MIN_VALUE);

      border = upperHundredth(review, statistics);
    }

    double rate = 1 - new NormalDistribution().cumulativeProbability(border);
    assertThat(rate).isBetween(0.006, 0.015);
  }

  /** Under a border of 0.01; beyond, of the exponential tail that a normal one has about there. */
  private static double pValue(double value, double border) {
    return value < border ? 0.5 : 0.01 * Math.exp(-2.7 * (value - border));
  }

  private static double upperHundredth(SpanReview review, List<double[]> statistics) {
    List<Double> kept = new ArrayList<>();
    for (int index = 0; index < statistics.size(); index++) {
      double[] values = statistics.get(index);
      for (int row = 0; row < values.length; row++) {
        if (!review.leavesOut("s" + index, row)) {
          kept.add(values[row]);
        }
      }
    }
    Collections.sort(kept);
    return kept.get((int) (0.99 * kept.size()));
  }

  private static double[] autoregressive(double memory, int length, SplittableRandom random) {
    double[] values = new double[length];
    double last = random.nextGaussian();
    for (int i = 0; i < length; i++) {
      values[i] = last;
      last = memory * last + Math.sqrt(1 - memory * memory) * random.nextGaussian();
    }
    return values;
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
    assertThat(review.alarmed()).isEmpty();
    assertThat(review.isRegimeChange()).isTrue();
    assertThat(review.changedInARow()).isEqualTo(2);
    assertThat(review.leftOut()).isEmpty();
  }

  @Test
  void aDisturbanceAcrossTheBorderOfTwoBucketsIsAFaultInBoth() {
    for (double[] series : pValues) {
      Arrays.fill(series, 185, 220, 1e-6);
    }

    SpanReview review = review(Long.MIN_VALUE);

    assertThat(review.leavesOut("a", 190)).isTrue();
    assertThat(review.leavesOut("a", 210)).isTrue();
    assertThat(review.changedBucket()).isEqualTo(1);
    assertThat(review.seriesLeftOut()).containsExactly("a", "b", "c", "d");
    assertThat(review.isRegimeChange()).isFalse();
  }

  @Test
  void twoShortDisturbancesAreNoNewNormalAlthoughEachEndsItsBucket() {
    for (double[] series : pValues) {
      Arrays.fill(series, 185, 200, 1e-6);
      Arrays.fill(series, 285, 300, 1e-6);
    }

    SpanReview review = review(Long.MIN_VALUE);

    assertThat(review.leavesOut("a", 190)).isTrue();
    assertThat(review.leavesOut("a", 290)).isTrue();
  }

  @Test
  void aNewNormalThatAlarmsAtAFifthOfItsRecordsIsLearnedTooHoweverLateItBegan() {
    for (double[] series : pValues) {
      for (int row = 175; row < 300; row += 5) {
        series[row] = 1e-6;
        series[row + 1] = 1e-6;
      }
    }

    SpanReview review = review(Long.MIN_VALUE);

    assertThat(review.leavesOut("a", 190)).isFalse();
    assertThat(review.leavesOut("a", 290)).isFalse();
    assertThat(review.isRegimeChange()).isTrue();
    assertThat(review.leftOut()).isEmpty();
  }

  @Test
  void seriesOfAHandfulOfRecordsDoNotOutvoteThoseThatCanBeJudged() {
    for (int bucket = 1; bucket <= 2; bucket++) {
      fault(0, bucket, 1);
      fault(1, bucket, 1);
    }
    for (int series = 2; series < SERIES.size(); series++) {
      Arrays.fill(pValues.get(series), Double.NaN);
      pValues.get(series)[120] = 0.5;
      pValues.get(series)[220] = 0.5;
    }

    SpanReview review = review(Long.MIN_VALUE, "e"); // two of five, were they counted

    assertThat(review.leavesOut("a", 150)).isFalse();
    assertThat(review.isRegimeChange()).isTrue();
    assertThat(review.leftOut()).isEmpty();
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

  private SpanReview review(long changedBefore, String... quiet) {
    List<Segment> segments = new ArrayList<>();
    for (String name : SERIES) {
      segments.add(segment(name, BUCKET * BUCKETS));
    }
    for (String name : quiet) {
      double[] one = new double[BUCKET * BUCKETS];
      Arrays.fill(one, Double.NaN);
      one[150] = 0.5;
      one[250] = 0.5;
      segments.add(segment(name, one.length));
      pValues.add(one);
    }
    TrainingSpan span = new TrainingSpan(List.of("flow"), segments, 0, BUCKET * BUCKETS);
    return SpanReview.of(
        span,
        new IncumbentScores(pValues, BORDER, clusterLength),
        new Slides(BUCKET, BUCKETS),
        changedBefore);
  }

  /** One record each millisecond from 0 on. */
  private static Segment segment(String name, int records) {
    long[] times = new long[records];
    Arrays.setAll(times, i -> i);
    return new Segment(name, times, new float[records]);
  }
}
