package io.nelbo.jobs.evaluate.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BaselineTest {
  /** Mean (10, 0), standard deviations 2 and 1 along the axes, no correlation. */
  private static final float[][] CROSS = {{8, -1}, {8, 1}, {12, -1}, {12, 1}};

  /** Most columns never move: the library's search for axes did not come to an end. */
  @Test
  void rowsOfMostlyConstantFeaturesHaveAxesToo() {
    SplittableRandom sparse = new SplittableRandom(0);
    float[][] rows = new float[20][60];
    for (float[] row : rows) {
      for (int feature = 0; feature < row.length; feature++) {
        row[feature] = sparse.nextDouble() < 0.01 ? (float) sparse.nextDouble() : 0f;
      }
    }
    float[] dark = new float[60];
    float[] bright = new float[60];
    Arrays.fill(bright, 1f);

    for (Baseline baseline : List.of(new PrincipalComponents(), new Mahalanobis())) {
      Baseline.Fitted fitted = baseline.fit(rows);

      assertThat(fitted.score(bright, Baseline.Fitted.NEW))
          .as(baseline.name())
          .isGreaterThan(10 * fitted.score(dark, Baseline.Fitted.NEW));
    }
  }

  @Test
  void theNormIsTheLengthOfTheStandardisedRow() {
    Baseline.Fitted norm = new ScaledNorm().fit(CROSS);

    assertThat(norm.score(new float[] {10, 0}, Baseline.Fitted.NEW)).isZero();
    assertThat(norm.score(new float[] {16, 4}, Baseline.Fitted.NEW)).isEqualTo(5);
    assertThat(norm.score(new float[] {Float.NaN, 4}, Baseline.Fitted.NEW)).isEqualTo(4);
  }

  @Test
  void mahalanobisMindsTheBondOfFeatures() {
    Baseline.Fitted distance = new Mahalanobis().fit(bound());

    double along = distance.score(new float[] {2, 2}, Baseline.Fitted.NEW);
    double against = distance.score(new float[] {2, -2}, Baseline.Fitted.NEW);

    // Correlation r: the standardised axes have variances 1 + r and 1 - r (here r is about 0.99).
    assertThat(along).isEqualTo(2.0, within(0.15));
    assertThat(against).isGreaterThan(20);
  }

  @Test
  void principalComponentsMeasureWhatTheyDoNotHold() {
    Baseline.Fitted residual = new PrincipalComponents().fit(bound());

    double along = residual.score(new float[] {2, 2}, Baseline.Fitted.NEW);
    double against = residual.score(new float[] {2, -2}, Baseline.Fitted.NEW);

    assertThat(along).isLessThan(0.01);
    assertThat(against).isEqualTo(8, within(0.5));
  }

  @Test
  void aRowIsNotItsOwnNeighbour() {
    float[][] line = {{0}, {1}, {2}, {3}, {4}, {5}, {6}};
    Baseline.Fitted neighbours = new NearestNeighbours().fit(line);

    // Standard deviation of 0..6 is 2; the fifth nearest of 0 is 4 as a new row, 5 as one of them.
    assertThat(neighbours.score(new float[] {0}, Baseline.Fitted.NEW)).isEqualTo(2, within(1e-9));
    assertThat(neighbours.score(new float[] {0}, 0)).isEqualTo(2.5, within(1e-9));
  }

  @Test
  void aConstantFeatureCountsInItsOwnUnitsUpToTheCut() {
    float[][] constant = {{0.7f, 1}, {0.7f, 3}};
    Baseline.Fitted norm = new ScaledNorm().fit(constant);

    assertThat(norm.score(new float[] {2.7f, 2}, Baseline.Fitted.NEW)).isEqualTo(2, within(1e-6));
    assertThat(norm.score(new float[] {1e6f, 2}, Baseline.Fitted.NEW)).isEqualTo(20);
  }

  private static float[][] bound() {
    SplittableRandom random = new SplittableRandom(7);
    float[][] rows = new float[2_000][];
    for (int i = 0; i < rows.length; i++) {
      double hidden = random.nextGaussian();
      rows[i] =
          new float[] {
            (float) (hidden + 0.07 * random.nextGaussian()),
            (float) (hidden + 0.07 * random.nextGaussian())
          };
    }
    return rows;
  }
}
