package io.nelbo.model.family.pca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.WindowShape;
import io.nelbo.model.score.Expectation;
import io.nelbo.model.score.ScoredRows;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the same Gaussians written down with whole matrices. */
final class LinearGaussianTest {
  private static final float NONE = Float.NaN;

  private final SplittableRandom random = new SplittableRandom(8);

  @Test
  void theWorkedExampleEncodesAndDecodesAsItShould() throws Exception {
    float[] points = {-0.5f, -0.4f, -0.4f, -0.1f, 0.1f, 0f, 0.3f, 0.3f, 0.5f, 0.2f};
    Covariance covariance = Covariance.of(points, 2, 10);

    LinearGaussian model = covariance.model(covariance.axes(), 1, 1e-6);

    double length = Math.hypot(model.weights()[0][0], model.weights()[1][0]);
    double sign = Math.signum(model.weights()[0][0]);
    double[] codes = {-0.63, -0.39, 0.09, 0.41, 0.53};
    double[][] decoded = {{-0.54, -0.33}, {-0.34, -0.20}, {0.07, 0.04}, {0.35, 0.21}, {0.46, 0.27}};
    for (int point = 0; point < codes.length; point++) {
      double code = 0;
      for (int i = 0; i < 2; i++) {
        double direction = sign * model.weights()[i][0] / length;
        code += direction * (points[2 * point + i] - model.mean()[i]);
      }
      assertThat(code).isEqualTo(codes[point], within(0.006));
      for (int i = 0; i < 2; i++) {
        double back = model.mean()[i] + code * sign * model.weights()[i][0] / length;
        assertThat(back).isEqualTo(decoded[point][i], within(0.006));
      }
    }
  }

  @Test
  void theAxesAreTheEigenvectorsOfTheCovarianceAndItsVariancesTheirValues() throws Exception {
    int length = 5;
    int rows = 400;
    float[] values = correlated(rows, length);

    Covariance.Axes axes = Covariance.of(values, length, 10).axes();

    double[][] expected = covariance(values, length);
    for (int axis = 0; axis < length; axis++) {
      RealVector direction = new ArrayRealVector(axes.directions()[axis]);
      RealVector turned = new Array2DRowRealMatrix(expected).operate(direction);
      assertThat(direction.getNorm()).isEqualTo(1, within(1e-9));
      assertThat(turned.subtract(direction.mapMultiply(axes.variances()[axis])).getNorm())
          .isLessThan(1e-9);
    }
  }

  @Test
  void theDensityOfOneRecordIsThatOfTheMarginalGaussian() {
    LinearGaussian model = model(6, 2);
    PcaModel scorer = scorer(model, window(1, 6, 0));
    float[] rows = normal(20 * 6);
    rows[3] = NONE;
    rows[15] = NONE;

    ScoredRows scored = scorer.score(rows, 20);

    for (int row = 0; row < 20; row++) {
      assertThat(scored.negativeElbo(row))
          .isEqualTo(negativeLog(model, rows, row * 6, all(6)), within(1e-9));
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 2, 0", "2, 3, 2", "1, 4, 2"})
  void theDensityOfAWindowIsTheQuotientOfTwoMarginals(int length, int features, int context) {
    WindowShape window = window(length, features, context);
    int size = window.rowLength();
    LinearGaussian model = model(size, 3);
    PcaModel scorer = scorer(model, window);
    float[] rows = normal(10 * size);
    for (int i = 0; i < rows.length; i += 7) {
      rows[i] = NONE;
    }
    int newest = window.newest(0);
    int[] given =
        IntStream.range(0, size).filter(i -> i < newest || i >= newest + features).toArray();

    ScoredRows scored = scorer.score(rows, 10);

    for (int row = 0; row < 10; row++) {
      double whole = negativeLog(model, rows, row * size, all(size));
      double part = negativeLog(model, rows, row * size, given);
      assertThat(scored.negativeElbo(row)).isEqualTo(whole - part, within(1e-9));
    }
  }

  @Test
  void theDivergenceIsThatOfTwoGaussiansAndTheBoundIsTight() {
    WindowShape window = window(2, 3, 0);
    LinearGaussian model = model(6, 2);
    PcaModel scorer = scorer(model, window);
    float[] rows = normal(6 * 6);

    ScoredRows scored = scorer.score(rows, 6);

    for (int row = 0; row < 6; row++) {
      Gaussian prior = latent(model, rows, row * 6, new int[] {0, 1, 2});
      Gaussian posterior = latent(model, rows, row * 6, all(6));
      assertThat(scored.klDivergence(row)).isEqualTo(divergence(posterior, prior), within(1e-9));
      assertThat(scored.reconstruction(row))
          .isEqualTo(expectedLoss(model, posterior, rows, row * 6 + 3, 3), within(1e-9));
      assertThat(scorer.bounds(rows, 6, 4, 1).get(row).importanceWeighted())
          .isEqualTo(scored.negativeElbo(row), within(1e-9));
    }
  }

  @Test
  void aFeatureIsExpectedAsItsConditionalGivenAllOthersHasIt() {
    LinearGaussian model = model(5, 2);
    PcaModel scorer = scorer(model, window(1, 5, 0));
    float[] row = normal(5);
    float[] hidden = row.clone();
    hidden[2] = NONE;

    Expectation seen = scorer.expect(row, 1).get(0);
    Expectation unseen = scorer.expect(hidden, 1).get(0);

    int[] others = {0, 1, 3, 4};
    RealMatrix covariance = covariance(model, others);
    RealVector with = new ArrayRealVector(4);
    RealVector off = new ArrayRealVector(4);
    for (int i = 0; i < 4; i++) {
      with.setEntry(i, Conditioning.dot(model.weights()[2], model.weights()[others[i]]));
      off.setEntry(i, row[others[i]] - model.mean()[others[i]]);
    }
    RealMatrix inverse = MatrixUtils.inverse(covariance);
    double mean = model.mean()[2] + with.dotProduct(inverse.operate(off));
    double own = Conditioning.dot(model.weights()[2], model.weights()[2]) + model.variance();
    double variance = own - with.dotProduct(inverse.operate(with));
    for (Expectation expected : List.of(seen, unseen)) {
      assertThat(expected.mean()[2]).isEqualTo(mean, within(1e-9));
      assertThat(expected.standardDeviation()[2]).isEqualTo(Math.sqrt(variance), within(1e-9));
    }
  }

  @Test
  void aRowScoresTheSameBitsInAnyBatchAndPosition() {
    WindowShape window = window(3, 4, 1);
    int size = window.rowLength();
    float[] rows = normal(300 * size);
    for (int i = 0; i < rows.length; i += 11) {
      rows[i] = NONE;
    }
    PcaModel together = scorer(model(size, 4), window);
    double[] all = new double[300];
    ScoredRows scored = together.score(rows, 300);
    for (int row = 0; row < 300; row++) {
      all[row] = scored.statistic(row);
    }
    PcaModel alone = together;

    for (int row = 299; row >= 0; row--) {
      float[] one = Arrays.copyOfRange(rows, row * size, (row + 1) * size);
      assertThat(alone.score(one, 1).statistic(0)).isEqualTo(all[row]);
    }
  }

  @Test
  void valuesThatAreNeverSeenTogetherAndConstantsStillGiveADensity() throws Exception {
    int length = 4;
    float[] rows = normal(40 * length);
    for (int row = 0; row < 40; row++) {
      rows[row * length + row % 2] = NONE;
      rows[row * length + 3] = 2;
    }
    Covariance covariance = Covariance.of(rows, length, 10);

    LinearGaussian model = covariance.model(covariance.axes(), 3, 0.05);

    assertThat(model.variance()).isGreaterThanOrEqualTo(0.05 * 0.05);
    ScoredRows scored = scorer(model, window(1, 4, 0)).score(rows, 40);
    for (int row = 0; row < 40; row++) {
      assertThat(scored.negativeElbo(row)).isFinite();
    }
  }

  private static PcaModel scorer(LinearGaussian model, WindowShape window) {
    return new PcaModel(model, window, 1e9, Optional.empty());
  }

  private static WindowShape window(int length, int features, int context) {
    List<String> names = IntStream.range(0, features).mapToObj(i -> "f" + i).toList();
    List<String> more = IntStream.range(0, context).mapToObj(i -> "c" + i).toList();
    return new WindowShape(length, new RecordColumns(names, more, List.of()));
  }

  private LinearGaussian model(int values, int latent) {
    double[][] weights = new double[values][latent];
    double[] mean = new double[values];
    for (int value = 0; value < values; value++) {
      mean[value] = random.nextGaussian();
      for (int i = 0; i < latent; i++) {
        weights[value][i] = random.nextGaussian();
      }
    }
    return new LinearGaussian(weights, mean, 0.3);
  }

  private float[] normal(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private float[] correlated(int rows, int length) {
    float[] values = normal(rows * length);
    for (int i = 1; i < values.length; i++) {
      values[i] += i % length == 0 ? 0 : 0.7f * values[i - 1];
    }
    return values;
  }

  private static double[][] covariance(float[] values, int length) {
    int rows = values.length / length;
    double[] mean = new double[length];
    for (int i = 0; i < values.length; i++) {
      mean[i % length] += (double) values[i] / rows;
    }
    double[][] matrix = new double[length][length];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < length; i++) {
        for (int j = 0; j < length; j++) {
          matrix[i][j] +=
              (values[row * length + i] - mean[i]) * (values[row * length + j] - mean[j]) / rows;
        }
      }
    }
    return matrix;
  }

  private static int[] all(int size) {
    return IntStream.range(0, size).toArray();
  }

  private static RealMatrix covariance(LinearGaussian model, int[] places) {
    RealMatrix matrix = new Array2DRowRealMatrix(places.length, places.length);
    for (int i = 0; i < places.length; i++) {
      for (int j = 0; j < places.length; j++) {
        double both = Conditioning.dot(model.weights()[places[i]], model.weights()[places[j]]);
        matrix.setEntry(i, j, both + (i == j ? model.variance() : 0));
      }
    }
    return matrix;
  }

  /** {@code -log N(x; mu, W W' + sigma^2 I)} of those of these values that there are. */
  private static double negativeLog(LinearGaussian model, float[] rows, int start, int[] places) {
    int[] seen = Arrays.stream(places).filter(i -> !Float.isNaN(rows[start + i])).toArray();
    if (seen.length == 0) {
      return 0;
    }
    RealMatrix covariance = covariance(model, seen);
    RealVector off = new ArrayRealVector(seen.length);
    for (int i = 0; i < seen.length; i++) {
      off.setEntry(i, rows[start + seen[i]] - model.mean()[seen[i]]);
    }
    LUDecomposition parts = new LUDecomposition(covariance);
    return 0.5
        * (seen.length * Math.log(2 * Math.PI)
            + Math.log(parts.getDeterminant())
            + off.dotProduct(parts.getSolver().solve(off)));
  }

  private record Gaussian(RealVector mean, RealMatrix covariance) {}

  /** {@code M^-1 W' (x - mu)} and {@code sigma^2 M^-1}, M = W' W + sigma^2 I. */
  private static Gaussian latent(LinearGaussian model, float[] rows, int start, int[] places) {
    RealMatrix weights = new Array2DRowRealMatrix(places.length, model.latent());
    RealVector off = new ArrayRealVector(places.length);
    for (int i = 0; i < places.length; i++) {
      weights.setRow(i, model.weights()[places[i]]);
      off.setEntry(i, rows[start + places[i]] - model.mean()[places[i]]);
    }
    RealMatrix noise =
        MatrixUtils.createRealIdentityMatrix(model.latent()).scalarMultiply(model.variance());
    RealMatrix inverse = MatrixUtils.inverse(weights.transpose().multiply(weights).add(noise));
    return new Gaussian(
        inverse.operate(weights.transpose().operate(off)),
        inverse.scalarMultiply(model.variance()));
  }

  private static double divergence(Gaussian one, Gaussian other) {
    RealMatrix precision = MatrixUtils.inverse(other.covariance());
    RealVector moved = other.mean().subtract(one.mean());
    return 0.5
        * (precision.multiply(one.covariance()).getTrace()
            + moved.dotProduct(precision.operate(moved))
            - moved.getDimension()
            + Math.log(
                new LUDecomposition(other.covariance()).getDeterminant()
                    / new LUDecomposition(one.covariance()).getDeterminant()));
  }

  private static double expectedLoss(
      LinearGaussian model, Gaussian posterior, float[] rows, int start, int features) {
    double loss = 0;
    for (int feature = 0; feature < features; feature++) {
      int place = 3 + feature;
      RealVector weights = new ArrayRealVector(model.weights()[place]);
      double off =
          rows[start + feature] - model.mean()[place] - weights.dotProduct(posterior.mean());
      double spread = weights.dotProduct(posterior.covariance().operate(weights));
      loss +=
          0.5
              * (Math.log(2 * Math.PI * model.variance())
                  + (off * off + spread) / model.variance());
    }
    return loss;
  }
}
