package io.nelbo.model.train;

import io.nelbo.model.fit.Windows;
import io.nelbo.model.record.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which rows fit, which stop the fitting, and which calibrate.
 *
 * <p>Interleaved contiguous blocks of each series, 70, 10 and 20 %, so that every series is fitted,
 * calibration sees every time of day, and neither fitting nor stopping has seen it. Each series
 * starts elsewhere in the pattern, so that no moment is held out in all of them. Where two blocks
 * of one segment meet, the first W rows of the later one belong to neither, and no window reaches
 * across: blocks share no record and keep W records apart.
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

  private final List<Segment> segments;
  private final int windowLength;
  private final long[] startInSeries;
  private final int[] blockLength;
  private final int[] phase;

  /**
   * Splits segments into blocks.
   *
   * @param segments in order of series and time
   */
  BlockSplit(List<Segment> segments, int windowLength) {
    this.segments = segments;
    this.windowLength = windowLength;
    startInSeries = new long[segments.size()];
    blockLength = new int[segments.size()];
    phase = new int[segments.size()];
    Map<String, Long> rows = new LinkedHashMap<>();
    for (int index = 0; index < segments.size(); index++) {
      Segment segment = segments.get(index);
      startInSeries[index] = rows.getOrDefault(segment.series(), 0L);
      rows.merge(segment.series(), (long) segment.records(), Long::sum);
      phase[index] = (rows.size() - 1) * PHASE_STEP;
    }
    int blocksPerSeries = Math.max(PATTERN.length, BLOCKS / Math.max(1, rows.size()));
    for (int index = 0; index < segments.size(); index++) {
      long inSeries = rows.getOrDefault(segments.get(index).series(), 0L);
      blockLength[index] = blockLength(inSeries, blocksPerSeries, rows.size());
    }
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
        if (row > 0 && roleAt(index, row) != roleAt(index, row - 1)) {
          usableFrom = row + windowLength;
        }
        if (roleAt(index, row) == role && row - windowLength + 1 >= usableFrom) {
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
        if (roleAt(index, row) == Role.FIT) {
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
        boolean ends = row == segment.records() || roleAt(index, row) != Role.FIT;
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

  private Role roleAt(int segment, int row) {
    long block = (startInSeries[segment] + row) / blockLength[segment];
    return PATTERN[(int) ((block + phase[segment]) % PATTERN.length)];
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
