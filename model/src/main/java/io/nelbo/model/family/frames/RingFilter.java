package io.nelbo.model.family.frames;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;

/**
 * Foretells a pixel's residual from those in a ring around it, by ridge regression: what a defect
 * leaves is unlike its surroundings, texture is not. Edges are mirrored. Pure; one thread at a
 * time.
 *
 * @param side of the square, odd
 * @param hole side of the hole in its middle, odd
 * @param weights of the places of the ring, row after row
 */
@SuppressWarnings("ArrayRecordComponent") // weights, never compared
record RingFilter(int side, int hole, float[] weights) {
  private static final int PLACES = 40_000;
  private static final double RIDGE = 0.01;

  /** The sides fit 64 pixels; of fewer, the ring is smaller. */
  static int sideFor(WorkingSize size) {
    return Math.max(size.height(), size.width()) > 48 ? 15 : 9;
  }

  static int holeFor(WorkingSize size) {
    return sideFor(size) / 3;
  }

  static int places(int side, int hole) {
    return side * side - hole * hole;
  }

  /**
   * @param residuals of frames that nothing was fitted to, side by side, plane after plane
   */
  static RingFilter fit(float[] residuals, WorkingSize size, long seed) {
    int side = sideFor(size);
    int hole = holeFor(size);
    int count = places(side, hole);
    double[][] products = new double[count][count];
    double[] targets = new double[count];
    double[] ring = new double[count];
    SplittableRandom random = new SplittableRandom(seed);
    int planes = residuals.length / size.area();
    double square = 0;
    for (int place = 0; place < PLACES; place++) {
      int from = random.nextInt(planes) * size.area();
      int y = random.nextInt(size.shownHeight());
      int x = random.nextInt(size.shownWidth());
      around(residuals, from, size, y, x, side, hole, ring);
      double centre = residuals[from + y * size.width() + x];
      for (int i = 0; i < count; i++) {
        double value = ring[i];
        square += value * value;
        targets[i] += value * centre;
        double[] row = products[i];
        for (int j = i; j < count; j++) {
          row[j] += value * ring[j];
        }
      }
    }
    double ridge = Math.max(1e-9, RIDGE * square / count); // positive definite, whatever is left
    for (int i = 0; i < count; i++) {
      products[i][i] += ridge;
      for (int j = 0; j < i; j++) {
        products[i][j] = products[j][i];
      }
    }
    return new RingFilter(side, hole, solve(products, targets));
  }

  private static float[] solve(double[][] products, double[] targets) {
    double[] solved =
        new CholeskyDecomposition(new Array2DRowRealMatrix(products, false))
            .getSolver()
            .solve(new ArrayRealVector(targets, false))
            .toArray();
    float[] weights = new float[solved.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) solved[i];
    }
    return weights;
  }

  private static void around(
      float[] residuals,
      int from,
      WorkingSize size,
      int y,
      int x,
      int side,
      int hole,
      double[] to) {
    int radius = side / 2;
    int inner = hole / 2;
    int i = 0;
    for (int down = -radius; down <= radius; down++) {
      int row = from + Blur.mirrored(y + down, size.height()) * size.width();
      for (int right = -radius; right <= radius; right++) {
        if (Math.abs(down) > inner || Math.abs(right) > inner) {
          to[i++] = residuals[row + Blur.mirrored(x + right, size.width())];
        }
      }
    }
  }

  /** Adds the squares of what the ring does not foretell of one plane. */
  void addSquares(float[] residuals, int from, WorkingSize size, float[] squares) {
    int radius = side / 2;
    int width = size.width() + 2 * radius;
    int height = size.height() + 2 * radius;
    float[] wide = new float[width * height];
    for (int y = 0; y < height; y++) {
      int row = from + Blur.mirrored(y - radius, size.height()) * size.width();
      for (int x = 0; x < width; x++) {
        wide[y * width + x] = residuals[row + Blur.mirrored(x - radius, size.width())];
      }
    }
    float[] foretold = new float[size.width()];
    for (int y = 0; y < size.height(); y++) {
      foretell(wide, width, y, foretold);
      for (int x = 0; x < size.width(); x++) {
        float off = residuals[from + y * size.width() + x] - foretold[x];
        squares[y * size.width() + x] += off * off;
      }
    }
  }

  private void foretell(float[] wide, int width, int y, float[] foretold) {
    Arrays.fill(foretold, 0);
    int radius = side / 2;
    int inner = hole / 2;
    int i = 0;
    for (int down = 0; down < side; down++) {
      for (int right = 0; right < side; right++) {
        if (Math.abs(down - radius) > inner || Math.abs(right - radius) > inner) {
          float weight = weights[i++];
          int at = (y + down) * width + right;
          for (int x = 0; x < foretold.length; x++) {
            foretold[x] += weight * wide[at + x];
          }
        }
      }
    }
  }
}
