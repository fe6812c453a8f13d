package io.nelbo.model.family.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BlurTest {
  @Test
  void equalsTheSumOverAllPixelsWithMirroredEdges() {
    int height = 7;
    int width = 5;
    double deviation = 1.3;
    float[] plane = new float[height * width];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < plane.length; i++) {
      plane[i] = (float) random.nextGaussian();
    }
    float[] blurred = new float[plane.length];

    new Blur(height, width, deviation).apply(plane, 0, blurred, 0);

    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        assertThat((double) blurred[y * width + x])
            .isCloseTo(direct(plane, height, width, y, x, deviation), within(1e-5));
      }
    }
  }

  /** In two dimensions at once, the plane repeated with every edge mirrored. */
  private static double direct(
      float[] plane, int height, int width, int y, int x, double deviation) {
    int radius = (int) Math.ceil(4 * deviation);
    double sum = 0;
    double weights = 0;
    for (int down = -radius; down <= radius; down++) {
      for (int right = -radius; right <= radius; right++) {
        double weight = Math.exp(-0.5 * (down * down + right * right) / (deviation * deviation));
        weights += weight;
        sum += weight * plane[inside(y + down, height) * width + inside(x + right, width)];
      }
    }
    return sum / weights;
  }

  private static int inside(int place, int size) {
    int at = place;
    while (at < 0 || at >= size) {
      at = at < 0 ? -1 - at : 2 * size - 1 - at;
    }
    return at;
  }

  @Test
  void leavesAnEvenPlaneAsItIs() {
    float[] plane = new float[16 * 16];
    Arrays.fill(plane, 2.5f);

    new Blur(16, 16, 4).apply(plane, 0, plane, 0);

    for (float value : plane) {
      assertThat(value).isCloseTo(2.5f, within(1e-5f));
    }
  }
}
