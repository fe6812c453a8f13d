package io.nelbo.model.family.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.model.record.Frames;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class ResidualChannelsTest {
  private static final WorkingSize SIZE = WorkingSize.of(new Frames(64, 64, 1), 32);

  private final ResidualChannels channels = new ResidualChannels(SIZE);

  /** What the blur leaves of it is taken off: only chance is left. */
  @Test
  void grainDoesNotVote() {
    double ofFine = mean(grain(1), 300);
    double ofStrong = mean(grain(2), 300);

    assertThat(ofFine).isCloseTo(0, within(0.01));
    assertThat(ofStrong).isCloseTo(0, within(0.04));
  }

  @Test
  void theBlurLeavesOfWhiteNoiseWhatTheorySays() {
    Blur blur = new Blur(32, 32, 32.0 / 28);

    assertThat(blur.ofWhiteNoise()).isCloseTo(1 / (4 * Math.PI * 1.306), within(0.003));
  }

  /** In dim light: neither its mean nor what chance adds may grow with it. */
  @Test
  void moreGrainThanUsualIsNoAlarm() {
    double[] usual = new double[400];
    double[] strong = new double[400];
    Supplier<float[]> usualFrames = grain(1);
    Supplier<float[]> strongFrames = grain(1.7);
    Arrays.setAll(usual, i -> channels.coarse(usualFrames.get(), 0, 1));
    Arrays.setAll(strong, i -> channels.coarse(strongFrames.get(), 0, 1));
    Arrays.sort(usual);
    Arrays.sort(strong);

    assertThat(strong[396]).isLessThan(1.2 * usual[396]);
  }

  @Test
  void aStainVotesWithItsSquareWhateverTheGrain() {
    float[] stain = stain(8);

    double alone = channels.coarse(stain, 0);
    double onGrain = channels.coarse(sum(stain, grain(1).get()), 0);

    assertThat(alone).isCloseTo(64.0 / 1024, within(0.02));
    assertThat(onGrain - alone).isCloseTo(mean(grain(1), 200), within(0.08));
  }

  @Test
  void theLocalChannelAsksWhatStandsOutFromItsNeighbourhood() {
    double ofGrain = channels.local(grain(1).get(), 0, 1);
    double ofStrongGrain = channels.local(grain(4).get(), 0, 1);
    float[] scratched = grain(1).get();
    for (int i = 0; i < 12; i++) {
      scratched[(8 + i) * 32 + 16] += 5;
    }

    double ofScratch = channels.local(scratched, 0, 1);

    assertThat(ofScratch).isGreaterThan(2 * ofGrain);
    assertThat(ofStrongGrain).isLessThan(2.5 * ofGrain);
  }

  private double mean(Supplier<float[]> residuals, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += channels.coarse(residuals.get(), 0) / count;
    }
    return sum;
  }

  private static Supplier<float[]> grain(double deviation) {
    SplittableRandom random = new SplittableRandom(9);
    return () -> {
      float[] grain = new float[SIZE.values()];
      for (int i = 0; i < grain.length; i++) {
        grain[i] = (float) (deviation * random.nextGaussian());
      }
      return grain;
    };
  }

  /** A square of ones. */
  private static float[] stain(int side) {
    float[] stain = new float[SIZE.values()];
    for (int i = 0; i < side * side; i++) {
      stain[(10 + i / side) * 32 + 12 + i % side] = 1;
    }
    return stain;
  }

  private static float[] sum(float[] one, float[] other) {
    float[] sum = one.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }
}
