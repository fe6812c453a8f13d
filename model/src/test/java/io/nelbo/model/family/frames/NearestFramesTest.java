package io.nelbo.model.family.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nelbo.model.artifact.Tensor;
import io.nelbo.model.record.Frames;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class NearestFramesTest {
  private static final WorkingSize SIZE = WorkingSize.of(new Frames(64, 64, 3), 32);
  private static final int KEPT = 21;
  private static final int ROWS = 32;

  private final SplittableRandom random = new SplittableRandom(5);

  @Test
  void isTheSmallestOfAllMeanSquaredDifferencesOfBlocks() {
    float[] kept = frames(KEPT);
    float[] asked = frames(ROWS);
    double[][] keptBlocks = blocks(kept);
    double[][] askedBlocks = blocks(asked);

    float[] distances = distances(kept, asked);

    for (int row = 0; row < ROWS; row++) {
      double smallest = Double.POSITIVE_INFINITY;
      for (double[] one : keptBlocks) {
        double square = 0;
        for (int i = 0; i < one.length; i++) {
          square += Math.pow(one[i] - askedBlocks[row][i], 2);
        }
        smallest = Math.min(smallest, square / one.length);
      }
      assertThat(distances[row]).isCloseTo((float) smallest, within(1e-5f));
    }
  }

  @Test
  void aFrameThatWasSeenIsAtNoDistance() {
    float[] kept = frames(ROWS);

    float[] distances = distances(kept, kept);

    for (float distance : distances) {
      assertThat(distance).isBetween(0f, 1e-6f);
    }
  }

  private static float[] distances(float[] kept, float[] asked) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Tensor memory = NearestFrames.keep(SIZE, kept, manager);
      NDArray frames = manager.create(asked, new Shape(ROWS, SIZE.values()));
      return new NearestFrames(SIZE, memory, manager).distances(frames);
    }
  }

  private float[] frames(int count) {
    float[] frames = new float[count * SIZE.values()];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = (float) random.nextGaussian();
    }
    return frames;
  }

  /** Means over two by two pixels, by hand. */
  private static double[][] blocks(float[] frames) {
    int count = frames.length / SIZE.values();
    double[][] blocks = new double[count][3 * 16 * 16];
    for (int i = 0; i < frames.length; i++) {
      int within = i % SIZE.values();
      int channel = within / SIZE.area();
      int row = within % SIZE.area() / 32;
      int column = within % 32;
      blocks[i / SIZE.values()][channel * 256 + row / 2 * 16 + column / 2] += frames[i] / 4.0;
    }
    return blocks;
  }
}
