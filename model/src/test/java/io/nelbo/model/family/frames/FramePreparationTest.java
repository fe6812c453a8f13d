package io.nelbo.model.family.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.record.Frames;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FramePreparationTest {
  @Test
  void brightnessAndContrastOfAFrameAreNotItsContent() {
    Frames frames = new Frames(40, 52, 1);
    float[] frame = noise(frames, 1);
    float[] darker = frame.clone();
    for (int i = 0; i < darker.length; i++) {
      darker[i] = 30 + 0.4f * darker[i];
    }
    FramePreparation preparation = new FramePreparation(WorkingSize.of(frames, 32), true);

    float[] one = prepared(preparation, frame);
    float[] other = prepared(preparation, darker);

    for (int i = 0; i < one.length; i++) {
      assertThat(other[i]).isCloseTo(one[i], within(1e-4f));
    }
  }

  @Test
  void withoutNormalisingTheyAre() {
    Frames frames = new Frames(32, 32, 1);
    float[] bright = new float[32 * 32];
    Arrays.fill(bright, 255);
    FramePreparation preparation = new FramePreparation(WorkingSize.of(frames, 32), false);

    float[] planes = prepared(preparation, bright);

    assertThat(planes).containsOnly((255 - 127.5f) / 64);
  }

  @Test
  void aLongerAxisIsBroughtToTheSideByMeansOfAreas() {
    AreaMeans means = AreaMeans.of(5, 2);

    assertThat(means.first()).containsExactly(0, 2);
    assertThat(means.weights()[0]).containsExactly(0.4f, 0.4f, 0.2f);
    assertThat(means.weights()[1]).containsExactly(0.2f, 0.4f, 0.4f);
  }

  @Test
  void aShorterAxisIsContinuedByItsLastPixel() {
    Frames frames = new Frames(28, 28, 1);
    float[] frame = noise(frames, 2);
    WorkingSize size = WorkingSize.of(frames, 32);

    float[] planes = prepared(new FramePreparation(size, true), frame);

    assertThat(size.height()).isEqualTo(32);
    assertThat(size.shownHeight()).isEqualTo(28);
    for (int x = 0; x < 32; x++) {
      assertThat(planes[31 * 32 + x]).isEqualTo(planes[27 * 32 + x]);
    }
  }

  @Test
  void channelsBecomePlanesAndKeepTheirDifferences() {
    Frames frames = new Frames(32, 32, 3);
    float[] red = new float[32 * 32 * 3];
    for (int point = 0; point < 32 * 32; point++) {
      red[3 * point] = 200;
      red[3 * point + 1] = 50;
      red[3 * point + 2] = 50;
    }

    float[] planes = prepared(new FramePreparation(WorkingSize.of(frames, 32), true), red);

    assertThat(planes[0]).isCloseTo((float) Math.sqrt(2), within(1e-4f));
    assertThat(planes[32 * 32]).isCloseTo((float) -Math.sqrt(0.5), within(1e-4f));
    assertThat(planes[2 * 32 * 32]).isEqualTo(planes[32 * 32]);
  }

  @Test
  void aBlackFrameIsNotDividedByItsContrast() {
    Frames frames = new Frames(64, 64, 1);

    float[] planes =
        prepared(new FramePreparation(WorkingSize.of(frames, 32), true), new float[64 * 64]);

    assertThat(planes).containsOnly(0f);
  }

  private static float[] prepared(FramePreparation preparation, float[] frame) {
    float[] planes = new float[preparation.size().values()];
    preparation.prepare(frame, 0, planes, 0);
    return planes;
  }

  static float[] noise(Frames frames, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] frame = new float[frames.columnCount()];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = random.nextInt(256);
    }
    return frame;
  }
}
