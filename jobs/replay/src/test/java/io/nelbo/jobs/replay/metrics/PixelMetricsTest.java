package io.nelbo.jobs.replay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PixelMetricsTest {
  private record Image(PixelMap map, BitSet mask) {}

  @Test
  void theAreaUnderTheCurveOfPixelsCountsPairsOverAllImages() {
    PixelMetrics metrics = new PixelMetrics();

    metrics.add(map(1, 2, 0.5f, 0.25f), mask(0));
    metrics.add(map(1, 2, 1, 0.5f), mask());

    // the one marked pixel against 0.25, 1 and 0.5: above, below, equal
    assertThat(metrics.auroc().orElseThrow()).isCloseTo(1.5 / 3, within(1e-12));
  }

  @Test
  void everyRegionCountsAlikeHoweverLargeItIs() {
    PixelMetrics metrics = new PixelMetrics();

    // a region of one pixel that is found first, one of four that is found last
    metrics.add(
        map(1, 16, 9, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 0, 0, 0, 0, 5), mask(0, 11, 12, 13, 14));

    // half is covered from the first normal pixel on, as far as 0.3 goes
    assertThat(metrics.regionOverlap().orElseThrow()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void theOverlapIsIntegratedInStraightLinesUpToItsLimit() {
    PixelMetrics metrics = new PixelMetrics();

    metrics.add(map(1, 6, 5, 3, 5, 1, 1, 1), mask(0, 1));

    // (0, 0) to (1/4, 1/2), then to (1/4, 1): 0.25 * 0.25 beneath; beyond it is 1
    assertThat(metrics.regionOverlap().orElseThrow())
        .isCloseTo((0.25 * 0.25 + 0.05 * 1) / 0.3, within(1e-12));
  }

  @Test
  void aConstantMapIsWorthAsMuchAsChance() {
    PixelMetrics metrics = new PixelMetrics();

    metrics.add(map(2, 3, 7, 7, 7, 7, 7, 7), mask(4));

    assertThat(metrics.auroc()).hasValue(0.5);
    assertThat(metrics.regionOverlap().orElseThrow()).isCloseTo(0.15, within(1e-12));
  }

  @Test
  void regionsHangTogetherOverCorners() {
    BitSet diagonal = mask(0, 4, 8, 2);

    List<int[]> regions = PixelMetrics.regionsOf(diagonal, 3, 3);

    assertThat(regions).hasSize(1);
    assertThat(PixelMetrics.regionsOf(mask(0, 5, 6), 3, 3)).hasSize(3);
  }

  @Test
  void theEndOfARowDoesNotTouchTheBeginningOfTheNext() {
    assertThat(PixelMetrics.regionsOf(mask(3, 4), 2, 4)).hasSize(2);
  }

  @Test
  void nothingIsDefinedWithoutDefectsOrWithoutAnythingElse() {
    PixelMetrics good = new PixelMetrics();
    PixelMetrics bad = new PixelMetrics();

    good.add(map(1, 2, 1, 2), mask());
    bad.add(map(1, 2, 1, 2), mask(0, 1));

    assertThat(good.auroc()).isEmpty();
    assertThat(good.regionOverlap()).isEmpty();
    assertThat(bad.auroc()).isEmpty();
    assertThat(bad.regionOverlap()).isEmpty();
  }

  @Test
  void negativeValuesAndBothZerosAreInOrder() {
    PixelMetrics metrics = new PixelMetrics();

    metrics.add(map(1, 4, -1, -2, 0f, -0f), mask(0, 2));

    // -1 above -2, below -0; 0 above -2, equal to -0
    assertThat(metrics.auroc()).hasValue(2.5 / 4);
  }

  @Test
  void whatIsNoNumberIsRefused() {
    PixelMetrics metrics = new PixelMetrics();

    assertThatThrownBy(() -> metrics.add(map(1, 1, Float.NaN), mask()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a map's values must be numbers, one is NaN");
    assertThatThrownBy(() -> metrics.add(map(1, 1, 1), mask(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a mask of 4 pixels does not fit a map of 1 x 1");
  }

  /** Values with few digits: no two of them share a bin. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithCountingEveryPairAndEveryThreshold(long seed) {
    List<Image> images = random(seed, 64);

    PixelMetrics metrics = measured(images);

    assertThat(metrics.auroc().orElseThrow()).isCloseTo(slowAuroc(images), within(1e-9));
    assertThat(metrics.regionOverlap().orElseThrow()).isCloseTo(slowOverlap(images), within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void binsCostNextToNothing(long seed) {
    List<Image> images = random(seed, 1 << 22);

    PixelMetrics metrics = measured(images);

    assertThat(metrics.auroc().orElseThrow()).isCloseTo(slowAuroc(images), within(1e-3));
    assertThat(metrics.regionOverlap().orElseThrow()).isCloseTo(slowOverlap(images), within(2e-3));
  }

  private static PixelMetrics measured(List<Image> images) {
    PixelMetrics metrics = new PixelMetrics();
    images.forEach(image -> metrics.add(image.map(), image.mask()));
    return metrics;
  }

  private static List<Image> random(long seed, int steps) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int height = random.nextInt(3, 9);
      int width = random.nextInt(3, 9);
      BitSet mask = new BitSet();
      float[] values = new float[height * width];
      for (int pixel = 0; pixel < values.length; pixel++) {
        boolean marked = i > 0 && random.nextInt(4) == 0;
        mask.set(pixel, marked);
        values[pixel] = (float) (random.nextInt(steps) + (marked ? steps / 4 : 0)) / steps;
      }
      images.add(new Image(new PixelMap(height, width, values), mask));
    }
    return images;
  }

  private static double slowAuroc(List<Image> images) {
    double pairs = 0;
    long all = 0;
    for (Image image : images) {
      for (int pixel : image.mask().stream().toArray()) {
        for (Image other : images) {
          for (int normal = 0; normal < other.map().values().length; normal++) {
            if (!other.mask().get(normal)) {
              all++;
              int order = Float.compare(image.map().values()[pixel], other.map().values()[normal]);
              pairs += order > 0 ? 1 : order == 0 ? 0.5 : 0;
            }
          }
        }
      }
    }
    return pairs / all;
  }

  private static double slowOverlap(List<Image> images) {
    TreeSet<Float> thresholds = new TreeSet<>();
    for (Image image : images) {
      for (float value : image.map().values()) {
        thresholds.add(value);
      }
    }
    double area = 0;
    double rate = 0;
    double overlap = 0;
    for (float threshold : thresholds.descendingSet()) {
      double nextRate = falsePositives(images, threshold);
      double nextOverlap = overlap(images, threshold);
      double limit = PixelMetrics.MOST_FALSE_POSITIVES;
      if (nextRate > limit) {
        double atLimit = overlap + (limit - rate) / (nextRate - rate) * (nextOverlap - overlap);
        return (area + (limit - rate) * (overlap + atLimit) / 2) / limit;
      }
      area += (nextRate - rate) * (overlap + nextOverlap) / 2;
      rate = nextRate;
      overlap = nextOverlap;
    }
    throw new AssertionError("the lowest threshold takes everything");
  }

  private static double falsePositives(List<Image> images, float threshold) {
    double taken = 0;
    double all = 0;
    for (Image image : images) {
      for (int pixel = 0; pixel < image.map().values().length; pixel++) {
        if (!image.mask().get(pixel)) {
          all++;
          taken += image.map().values()[pixel] >= threshold ? 1 : 0;
        }
      }
    }
    return taken / all;
  }

  /** Regions are grown by painting over neighbours until nothing changes. */
  private static double overlap(List<Image> images, float threshold) {
    double covered = 0;
    int regions = 0;
    for (Image image : images) {
      int width = image.map().width();
      int[] name = IntStream.range(0, image.map().values().length).toArray();
      boolean changed = true;
      while (changed) {
        changed = false;
        for (int a : image.mask().stream().toArray()) {
          for (int b : image.mask().stream().toArray()) {
            boolean near =
                Math.abs(a / width - b / width) <= 1 && Math.abs(a % width - b % width) <= 1;
            if (near && name[a] > name[b]) {
              name[a] = name[b];
              changed = true;
            }
          }
        }
      }
      for (int region : image.mask().stream().map(pixel -> name[pixel]).distinct().toArray()) {
        int[] pixels = image.mask().stream().filter(pixel -> name[pixel] == region).toArray();
        regions++;
        covered +=
            IntStream.of(pixels).filter(p -> image.map().values()[p] >= threshold).count()
                / (double) pixels.length;
      }
    }
    return covered / regions;
  }

  private static PixelMap map(int height, int width, float... values) {
    return new PixelMap(height, width, values);
  }

  private static BitSet mask(int... pixels) {
    BitSet mask = new BitSet();
    IntStream.of(pixels).forEach(mask::set);
    return mask;
  }
}
