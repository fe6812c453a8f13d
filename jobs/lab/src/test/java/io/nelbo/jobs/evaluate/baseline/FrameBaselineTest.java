package io.nelbo.jobs.evaluate.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.jobs.evaluate.baseline.FrameBaseline.Energies;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FrameBaselineTest {
  private static final int SIDE = 28;
  private static final PlaneBlur BLUR = new PlaneBlur(SIDE, SIDE);

  @Test
  void aBlurKeepsWhatIsEvenAndTakesMostOfGrain() {
    float[] even = new float[SIDE * SIDE];
    float[] chequered = new float[SIDE * SIDE];
    for (int i = 0; i < even.length; i++) {
      even[i] = 3;
      chequered[i] = (i + i / SIDE) % 2 == 0 ? 1 : -1;
    }

    float[] blurred = BLUR.of(even);
    Energies grain = Energies.of(chequered, BLUR);

    for (float value : blurred) {
      assertThat(value).isCloseTo(3, within(1e-5f));
    }
    assertThat(grain.plain()).isEqualTo(1);
    assertThat(grain.blurred()).isLessThan(1e-3);
  }

  @Test
  void aBlurOfAPointAddsUpToThePoint() {
    float[] point = new float[SIDE * SIDE];
    point[0] = 1; // in a corner: what is beyond the edge comes back

    double sum = 0;
    for (float value : BLUR.of(point)) {
      sum += value;
    }

    assertThat(sum).isCloseTo(1, within(1e-5));
  }

  @Test
  void framesAreTakenWithoutTheirGainAndOffset() {
    NormalisedPlanes planes = new NormalisedPlanes(2, 2, 1);

    float[] dark = planes.of(bytes(10, 20, 30, 40));
    float[] bright = planes.of(bytes(50, 90, 130, 170));

    assertThat(bright).containsExactly(dark, within(1e-5f));
    assertThat(planes.of(bytes(10, 10, 10, 14))[3]).isCloseTo(3 / 4f, within(1e-6f));
  }

  @Test
  void largeFramesAreMeansOverBlocksAndColoursArePlanes() {
    NormalisedPlanes planes = new NormalisedPlanes(128, 1, 3);
    byte[] frame = new byte[128 * 3];
    for (int y = 0; y < 128; y++) {
      frame[3 * y] = (byte) (y % 2 == 0 ? 0 : 200);
    }

    float[] taken = planes.of(frame);

    assertThat(planes.rows()).isEqualTo(64);
    assertThat(taken).hasSize(3 * 64);
    assertThat(taken[0]).isEqualTo(taken[63]).isCloseTo((float) Math.sqrt(2), within(1e-5f));
    assertThat(taken[64]).isEqualTo(taken[191]).isCloseTo((float) -Math.sqrt(0.5), within(1e-5f));
  }

  @Test
  void everyBaselineTellsABlotFromWhatVariesAnyway() {
    float[][] normal = new float[60][];
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < normal.length; i++) {
      normal[i] = frame(random, false);
    }
    float[] good = frame(random, false);
    float[] bad = frame(random, true);

    for (FrameBaseline baseline : FrameBaseline.all()) {
      FrameBaseline.Fitted fitted = baseline.fit(normal, BLUR);

      assertThat(fitted.of(bad).plain())
          .as(baseline.name())
          .isGreaterThan(1.2 * fitted.of(good).plain());
      assertThat(fitted.of(bad).blurred())
          .as(baseline.name() + " blurred")
          .isGreaterThan(1.5 * fitted.of(good).blurred());
    }
  }

  @Test
  void componentsLeaveNothingOfWhatLiesAlongThem() {
    float[][] line = new float[10][SIDE * SIDE];
    for (int i = 0; i < line.length; i++) {
      for (int pixel = 0; pixel < SIDE; pixel++) {
        line[i][pixel] = i;
      }
    }
    float[] beyond = line[0].clone();
    Arrays.fill(beyond, 0, SIDE, 40);
    float[] beside = line[5].clone();
    beside[SIDE] = 7;

    FrameBaseline.Fitted fitted = new PrincipalFrames(8, new FrameAxes()).fit(line, BLUR);

    assertThat(fitted.of(beyond).plain()).isCloseTo(0, within(1e-6));
    assertThat(fitted.of(beside).plain()).isCloseTo(49.0 / (SIDE * SIDE), within(1e-6));
  }

  @Test
  void theNearestFrameIsItsOwn() {
    float[][] frames = {new float[SIDE * SIDE], new float[SIDE * SIDE]};
    frames[1][3] = 5;

    FrameBaseline.Fitted fitted = new NearestFrame().fit(frames, BLUR);

    assertThat(fitted.of(frames[1].clone())).isEqualTo(new Energies(0, 0));
  }

  @Test
  void oneFrameIsTooFewToFitTo() {
    for (FrameBaseline baseline : FrameBaseline.all()) {
      assertThatThrownBy(() -> baseline.fit(new float[1][SIDE * SIDE], BLUR))
          .as(baseline.name())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith("must be at least 2, got 1");
    }
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /** A ramp of random strength, grain, and a blot of 6 x 6. */
  private static float[] frame(SplittableRandom random, boolean blot) {
    float[] frame = new float[SIDE * SIDE];
    double ramp = random.nextGaussian();
    for (int i = 0; i < frame.length; i++) {
      boolean inside = i / SIDE >= 11 && i / SIDE < 17 && i % SIDE >= 11 && i % SIDE < 17;
      frame[i] =
          (float)
              (ramp * (i % SIDE - SIDE / 2.0) / SIDE
                  + 0.3 * random.nextGaussian()
                  + (blot && inside ? 3 : 0));
    }
    return frame;
  }
}
