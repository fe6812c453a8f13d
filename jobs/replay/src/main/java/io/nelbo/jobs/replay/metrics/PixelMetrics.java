package io.nelbo.jobs.replay.metrics;

import static io.nelbo.model.Preconditions.requireArgument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How well maps rank the pixels of defects above all others, over many images together.
 *
 * <p>Takes images one by one and keeps none: values are counted in bins as wide as a float's first
 * eleven binary digits, so that two values which differ by less than 1 in 2,000 may count as equal.
 * A bin is a tie. Memory does not grow with the images.
 */
public final class PixelMetrics {
  /** To which the false-positive rate of {@link #regionOverlap} goes; the field's own limit. */
  public static final double MOST_FALSE_POSITIVES = 0.3;

  /** Sign, exponent and eleven digits. */
  private static final int BINS = 1 << 20;

  private static final int DROPPED = 32 - 20;

  private final long[] normal = new long[BINS];
  private final long[] marked = new long[BINS];

  /** What a pixel of a region adds to the covered share of its region. */
  private final double[] cover = new double[BINS];

  private long normals;
  private long marks;
  private long regions;

  /**
   * Takes one image.
   *
   * @param map of the image's own size, without NaN
   * @param mask pixels of defects, row after row; empty for a good image
   */
  public void add(PixelMap map, BitSet mask) {
    requireArgument(
        mask.length() <= map.values().length,
        "a mask of %s pixels does not fit a map of %s x %s",
        mask.length(),
        map.height(),
        map.width());
    for (int pixel = 0; pixel < map.values().length; pixel++) {
      int bin = bin(map.values()[pixel]);
      if (mask.get(pixel)) {
        marked[bin]++;
      } else {
        normal[bin]++;
      }
    }
    marks += mask.cardinality();
    normals += map.values().length - mask.cardinality();
    for (int[] region : regionsOf(mask, map.height(), map.width())) {
      regions++;
      for (int pixel : region) {
        cover[bin(map.values()[pixel])] += 1.0 / region.length;
      }
    }
  }

  /**
   * Area under the ROC curve of pixels: the share of pairs (of a defect, not of one) in the right
   * order, ties counted half. Empty when there are no pixels of one kind.
   */
  public OptionalDouble auroc() {
    if (marks == 0 || normals == 0) {
      return OptionalDouble.empty();
    }
    double pairs = 0;
    double above = 0;
    for (int bin = BINS - 1; bin >= 0; bin--) {
      pairs += normal[bin] * (above + marked[bin] / 2.0);
      above += marked[bin];
    }
    return OptionalDouble.of(pairs / ((double) marks * normals));
  }

  /**
   * Per-region overlap (Bergmann et al. 2020): the mean over regions of the share of them that a
   * threshold covers, integrated over the share of normal pixels that it takes for defects, from 0
   * to {@link #MOST_FALSE_POSITIVES} and divided by that; straight lines between thresholds. A
   * region is what of a mask hangs together over edges or corners. Empty when there are no regions,
   * or no pixels outside of them.
   */
  public OptionalDouble regionOverlap() {
    if (regions == 0 || normals == 0) {
      return OptionalDouble.empty();
    }
    double area = 0;
    double rate = 0;
    double overlap = 0;
    long taken = 0;
    double covered = 0;
    for (int bin = BINS - 1; bin >= 0 && rate < MOST_FALSE_POSITIVES; bin--) {
      taken += normal[bin];
      covered += cover[bin];
      double nextRate = (double) taken / normals;
      double nextOverlap = Math.min(1, covered / regions); // shares are rounded
      double end = Math.min(MOST_FALSE_POSITIVES, nextRate);
      if (end > rate) {
        double share = (end - rate) / (nextRate - rate);
        double atEnd = overlap + share * (nextOverlap - overlap);
        area += (end - rate) * (overlap + atEnd) / 2;
      }
      rate = nextRate;
      overlap = nextOverlap;
    }
    return OptionalDouble.of(area / MOST_FALSE_POSITIVES);
  }

  /** Pixels that hang together over edges or corners, each group once. */
  static List<int[]> regionsOf(BitSet mask, int height, int width) {
    List<int[]> found = new ArrayList<>();
    BitSet open = (BitSet) mask.clone();
    int[] region = new int[mask.cardinality()];
    for (int first = open.nextSetBit(0); first >= 0; first = open.nextSetBit(first)) {
      int size = 1;
      region[0] = first;
      open.clear(first);
      for (int next = 0; next < size; next++) {
        int row = region[next] / width;
        int column = region[next] % width;
        for (int y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
          for (int x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
            if (open.get(y * width + x)) {
              open.clear(y * width + x);
              region[size++] = y * width + x;
            }
          }
        }
      }
      found.add(Arrays.copyOf(region, size));
    }
    return found;
  }

  /** Rises with the value. */
  private static int bin(float value) {
    requireArgument(!Float.isNaN(value), "a map's values must be numbers, one is NaN");
    int bits = Float.floatToIntBits(value + 0f); // one zero, not two
    int ordered = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    return (ordered ^ Integer.MIN_VALUE) >>> DROPPED;
  }
}
