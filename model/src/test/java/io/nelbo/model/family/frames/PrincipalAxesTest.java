package io.nelbo.model.family.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.junit.jupiter.api.Test;

final class PrincipalAxesTest {
  private static final int ROWS = 200;
  private static final int VALUES = 48;
  private static final int COMPONENTS = 5;

  @Test
  void areTheEigenvectorsOfTheCovariance() throws Exception {
    float[] rows = rows();
    LinearFrames found;

    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      found = PrincipalAxes.fit(rows, VALUES, COMPONENTS, 1e-3, 7, manager);
    }

    EigenDecomposition expected = eigen(rows);
    for (int axis = 0; axis < COMPONENTS; axis++) {
      double along = 0;
      for (int value = 0; value < VALUES; value++) {
        along +=
            found.axes()[axis * VALUES + value] * expected.getEigenvector(axis).getEntry(value);
      }
      assertThat(Math.abs(along)).as("axis %s", axis).isCloseTo(1, within(1e-4));
    }
    double left = 0;
    for (int axis = COMPONENTS; axis < VALUES; axis++) {
      left += expected.getRealEigenvalue(axis);
    }
    assertThat(found.variance()).isCloseTo(left / (VALUES - COMPONENTS), within(1e-4));
  }

  /** The library's search for axes did not come to an end. */
  @Test
  void framesThatDifferInAFewWaysOnlyHaveAxesToo() throws Exception {
    for (int seed = 0; seed < 30; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      float[] rows = new float[62 * 3072];
      for (int row = 0; row < 62; row++) {
        float light = random.nextInt(60);
        int left = random.nextInt(3);
        for (int value = 0; value < 3072; value++) {
          boolean inside = value % 32 >= 5 + left && value % 32 < 26 + left;
          rows[row * 3072 + value] = (inside ? 140 + light : 60 + light) / 40;
        }
      }

      try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
        LinearFrames found = PrincipalAxes.fit(rows, 3072, 128, 1e-3, seed, manager);

        assertThat(found.variance()).as("seed %s", seed).isCloseTo(1e-6, within(1e-6));
      }
    }
  }

  @Test
  void fewFramesGiveHalfAsManyAxes() throws Exception {
    float[] rows = new float[10 * VALUES];
    System.arraycopy(rows(), 0, rows, 0, rows.length);

    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      LinearFrames found = PrincipalAxes.fit(rows, VALUES, 128, 1e-3, 7, manager);

      assertThat(found.components()).isEqualTo(5);
    }
  }

  @Test
  void framesThatAreAllAlikeLeaveNothing() throws Exception {
    float[] rows = new float[20 * VALUES];
    Arrays.fill(rows, 3);

    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      LinearFrames found = PrincipalAxes.fit(rows, VALUES, 4, 0.05, 7, manager);

      assertThat(found.variance()).isEqualTo(0.05 * 0.05);
      assertThat(found.mean()).containsOnly(3f);
      for (float value : found.axes()) {
        assertThat(value).isFinite();
      }
    }
  }

  private static float[] rows() {
    SplittableRandom random = new SplittableRandom(11);
    float[] rows = new float[ROWS * VALUES];
    for (int row = 0; row < ROWS; row++) {
      double[] hidden = random.doubles(COMPONENTS, -1, 1).toArray();
      for (int value = 0; value < VALUES; value++) {
        double sum = 0.1 * random.nextGaussian();
        for (int i = 0; i < COMPONENTS; i++) {
          sum += (5 - i) * hidden[i] * Math.cos((i + 1.0) * value);
        }
        rows[row * VALUES + value] = (float) sum;
      }
    }
    return rows;
  }

  private static EigenDecomposition eigen(float[] rows) {
    double[][] matrix = new double[ROWS][VALUES];
    for (int i = 0; i < rows.length; i++) {
      matrix[i / VALUES][i % VALUES] = rows[i];
    }
    return new EigenDecomposition(
        new Covariance(new Array2DRowRealMatrix(matrix), false).getCovarianceMatrix());
  }
}
