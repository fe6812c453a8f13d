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
