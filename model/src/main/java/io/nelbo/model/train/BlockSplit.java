package io.nelbo.model.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which rows fit, which stop the fitting, and which calibrate.
 *
 * <p>Interleaved contiguous blocks, 70, 10 and 20 %, so that calibration sees every time of day and
 * neither fitting nor stopping has seen it. Where two blocks of one segment meet, the first W rows
 * of the later one belong to neither, and no window reaches across: blocks share no record and keep
 * W records apart.
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

  /** Ten rounds of the pattern are enough to meet every part of the span. */
  private static final int MOST_BLOCKS = 100;

  /** Guards cost W rows per border: blocks of fewer windows would be mostly guard. */
  private static final int LEAST_WINDOWS_PER_BLOCK = 8;

  private final List<Segment> segments;
  private final int windowLength;
  private final int blockLength;

  BlockSplit(List<Segment> segments, int windowLength) {
    this.segments = segments;
    this.windowLength = windowLength;
    long rows = segments.stream().mapToLong(Segment::records).sum();
    long least = Math.min((long) LEAST_WINDOWS_PER_BLOCK * windowLength, rows / PATTERN.length);
    blockLength = (int) Math.max(1, Math.max(ceilDivide(rows, MOST_BLOCKS), least));
  }

  /** Windows whose every record belongs to the role, in order of series and time. */
  Windows windows(Role role) {
    Windows.Builder windows = new Windows.Builder();
    long position = 0;
    for (int index = 0; index < segments.size(); index++) {
      int usableFrom = 0;
      for (int row = 0; row < segments.get(index).records(); row++, position++) {
        if (row > 0 && roleAt(position) != roleAt(position - 1)) {
          usableFrom = row + windowLength;
        }
        if (roleAt(position) == role && row - windowLength + 1 >= usableFrom) {
          windows.add(index, row);
        }
      }
    }
    return windows.build();
  }

  /** The stretches of records that fit, for the scaler. */
  List<Segment> fitSegments() {
    List<Segment> stretches = new ArrayList<>();
    long position = 0;
    for (Segment segment : segments) {
      int start = 0;
      for (int row = 0; row <= segment.records(); row++, position++) {
        boolean ends = row == segment.records() || roleAt(position) != Role.FIT;
        if (ends && row > start) {
          stretches.add(stretch(segment, start, row));
        }
        if (ends) {
          start = row + 1;
        }
      }
      position--;
    }
    return stretches;
  }

  private Role roleAt(long position) {
    return PATTERN[(int) (position / blockLength % PATTERN.length)];
  }

  private static Segment stretch(Segment segment, int from, int to) {
    int features = segment.features();
    return new Segment(
        segment.series(),
        Arrays.copyOfRange(segment.eventTimeMillis(), from, to),
        Arrays.copyOfRange(segment.values(), from * features, to * features));
  }

  private static long ceilDivide(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
