package io.nelbo.model.train;

import io.nelbo.model.fit.Windows;
import io.nelbo.model.record.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which rows fit, which stop the fitting, and which calibrate.
 *
 * <p>Interleaved contiguous blocks of each series, 70, 10 and 20 %, so that every series is fitted,
 * calibration sees every time of day, and neither fitting nor stopping has seen it. Each series
 * starts elsewhere in the pattern, so that no moment is held out in all of them. Where two blocks
 * of one segment meet, the first W rows of the later one belong to neither, and no window reaches
 * across: blocks share no record and keep W records apart.
 *
 * <p>Of few records, each series is five blocks instead, of which the roles go round: see {@link
 * #ofFew}.
 */
final class BlockSplit {
  /** What a block is for. */
  enum Role {
    FIT,
    STOP,
    CALIBRATE
  }

  private static final Role[] PATTERN = {
    Role.FIT,
    Role.FIT,
    Role.CALIBRATE,
    Role.FIT,
    Role.FIT,
    Role.STOP,
    Role.FIT,
    Role.FIT,
    Role.CALIBRATE,
    Role.FIT
  };

  /**
   * Three rounds of the pattern, shared by all series, meet every part of the span. More would be
   * shorter than the memory of slow machines, and a held-out block would know its neighbours.
   */
  private static final int BLOCKS = 30;

  /** Coprime with the pattern's length: ten series in a row start at ten different places. */
  private static final int PHASE_STEP = 3;

  /** Guards cost W rows per border: blocks of fewer windows would be mostly guard. */
  private static final int LEAST_WINDOWS_PER_BLOCK = 8;

  /** Of few records, how often the roles go round until every block has calibrated once. */
  static final int FOLDS = 5;

  private static final int MIDDLE = FOLDS / 2;

  /** What a record is for, by its segment and its row there. */
  private interface Roles {
    Role at(int segment, int row);
  }

  private final List<Segment> segments;
  private final int windowLength;
  private final int guard;
  private final long[] startInSeries;
  private final long[] seriesLength;
  private final int[] seriesIndex;
  private final Roles roles;

  /**
   * Splits segments into blocks.
   *
   * @param segments in order of series and time
   */
  BlockSplit(List<Segment> segments, int windowLength) {
    this(segments, windowLength, windowLength, Optional.empty());
  }

  /**
   * Splits few records: a fifth of each series calibrates, the next one stops, three fit. Blocks
   * share no record, but nothing is lost between them, for there is little to lose.
   *
   * @param fold which fifth calibrates, in 0..4
   */
  static BlockSplit ofFew(List<Segment> segments, int windowLength, int fold) {
    return new BlockSplit(
        segments,
        windowLength,
        0,
        Optional.of(
            block ->
                block == fold
                    ? Role.CALIBRATE
                    : block == (fold + 1) % FOLDS ? Role.STOP : Role.FIT));
  }

  /** The split of few records that leaves out none: the middle fifth stops, all others fit. */
  static BlockSplit ofFewWhole(List<Segment> segments, int windowLength) {
    return new BlockSplit(
        segments, windowLength, 0, Optional.of(block -> block == MIDDLE ? Role.STOP : Role.FIT));
  }

  /**
   * @param ofFifth the role of a fifth of a series; empty for the usual blocks
   */
  private BlockSplit(
      List<Segment> segments, int windowLength, int guard, Optional<IntFunction<Role>> ofFifth) {
    this.segments = segments;
    this.windowLength = windowLength;
    this.guard = guard;
    startInSeries = new long[segments.size()];
    seriesLength = new long[segments.size()];
    seriesIndex = new int[segments.size()];
    Map<String, Long> rows = new LinkedHashMap<>();
    for (int index = 0; index < segments.size(); index++) {
      Segment segment = segments.get(index);
      startInSeries[index] = rows.getOrDefault(segment.series(), 0L);
      rows.merge(segment.series(), (long) segment.records(), Long::sum);
      seriesIndex[index] = rows.size() - 1;
    }
    for (int index = 0; index < segments.size(); index++) {
      seriesLength[index] = rows.getOrDefault(segments.get(index).series(), 0L);
    }
    roles = ofFifth.map(this::fifths).orElseGet(() -> usual(rows.size()));
  }

  private Roles usual(int series) {
    int blocks = Math.max(PATTERN.length, BLOCKS / Math.max(1, series));
    int[] blockLength = new int[segments.size()];
    Arrays.setAll(blockLength, index -> blockLength(seriesLength[index], blocks, series));
    return (segment, row) -> {
      long block = (startInSeries[segment] + row) / blockLength[segment];
      long phase = (long) seriesIndex[segment] * PHASE_STEP;
      return PATTERN[(int) ((block + phase) % PATTERN.length)];
    };
  }

  /** The roles of each series begin elsewhere, so that no moment is held out in all of them. */
  private Roles fifths(IntFunction<Role> ofFifth) {
    return (segment, row) -> {
      long fifth = (startInSeries[segment] + row) * FOLDS / seriesLength[segment];
      return ofFifth.apply((int) ((fifth + seriesIndex[segment]) % FOLDS));
    };
  }

  /**
   * A block of a single series must leave room for all roles; among several, a short series may be
   * one block, since another one plays the other roles.
   */
  private int blockLength(long rows, int blocks, int series) {
    long room = series == 1 ? rows / PATTERN.length : rows;
    long least = Math.min((long) LEAST_WINDOWS_PER_BLOCK * windowLength, room);
    return (int) Math.max(1, Math.max(ceilDivide(rows, blocks), least));
  }

  /** Windows whose every record belongs to the role, in order of series and time. */
  Windows windows(Role role) {
    Windows.Builder windows = new Windows.Builder();
    for (int index = 0; index < segments.size(); index++) {
      int usableFrom = 0;
      for (int row = 0; row < segments.get(index).records(); row++) {
        if (row > 0 && roles.at(index, row) != roles.at(index, row - 1)) {
          usableFrom = row + guard;
        }
        if (roles.at(index, row) == role && row - windowLength + 1 >= usableFrom) {
          windows.add(index, row);
        }
      }
    }
    return windows.build();
  }

  /** As much of the exclusion as there may be of the records that fit. */
  FitExclusion capped(FitExclusion asked) {
    Set<FitExclusion.Row> fitted = new HashSet<>();
    long records = 0;
    for (int index = 0; index < segments.size(); index++) {
      Segment segment = segments.get(index);
      for (int row = 0; row < segment.records(); row++) {
        if (roles.at(index, row) == Role.FIT) {
          records++;
          long time = segment.eventTimeMillis()[row];
          if (asked.excludes(segment.series(), time)) {
            fitted.add(new FitExclusion.Row(segment.series(), time));
          }
        }
      }
    }
    return asked.among(fitted, records);
  }

  /** The stretches of records that fit, for the scaler; what is not fitted to is NaN. */
  List<Segment> fitSegments(FitExclusion exclusion) {
    List<Segment> stretches = new ArrayList<>();
    for (int index = 0; index < segments.size(); index++) {
      Segment segment = segments.get(index);
      int start = 0;
      for (int row = 0; row <= segment.records(); row++) {
        boolean ends = row == segment.records() || roles.at(index, row) != Role.FIT;
        if (ends && row > start) {
          stretches.add(without(exclusion, stretch(segment, start, row)));
        }
        if (ends) {
          start = row + 1;
        }
      }
    }
    return stretches;
  }

  /** The same with NaN for every record that is not fitted to. */
  private static Segment without(FitExclusion exclusion, Segment segment) {
    float @Nullable [] kept = null;
    int columns = segment.columns();
    for (int row = 0; row < segment.records(); row++) {
      if (exclusion.excludes(segment.series(), segment.eventTimeMillis()[row])) {
        kept = kept == null ? segment.values().clone() : kept;
        Arrays.fill(kept, row * columns, (row + 1) * columns, Float.NaN);
      }
    }
    return kept == null ? segment : new Segment(segment.series(), segment.eventTimeMillis(), kept);
  }

  private static Segment stretch(Segment segment, int from, int to) {
    int columns = segment.columns();
    return new Segment(
        segment.series(),
        Arrays.copyOfRange(segment.eventTimeMillis(), from, to),
        Arrays.copyOfRange(segment.values(), from * columns, to * columns));
  }

  private static long ceilDivide(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
