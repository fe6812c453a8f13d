package io.nelbo.model.train;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Single records that are not fitted to, though they stop the fitting and calibrate like all
 * others: cutting a calibration by score would make the alarm rate run away.
 *
 * <p>However many are asked for, no more than a twentieth of the records that fit is left out, the
 * strangest first: which they are is known when the span has been split.
 */
public final class FitExclusion {
  /** Fits to all records. */
  public static final FitExclusion NONE = of(List.of());

  private static final double MOST_SHARE = 0.05;

  /** A record of the span. */
  public record Row(String series, long eventTimeMillis) {}

  private final List<Row> strangestFirst;
  private final Set<Row> rows;

  private FitExclusion(List<Row> strangestFirst) {
    this.strangestFirst = List.copyOf(strangestFirst);
    rows = new HashSet<>(strangestFirst);
  }

  public static FitExclusion of(List<Row> strangestFirst) {
    return new FitExclusion(strangestFirst);
  }

  /** Whether windows that end with this record are left out of the fit. */
  public boolean excludes(String series, long eventTimeMillis) {
    return rows.contains(new Row(series, eventTimeMillis));
  }

  /** The asked ones, the strangest first. */
  public List<Row> strangestFirst() {
    return strangestFirst;
  }

  /** What remains of it where only these records, of so many, are fitted to. */
  FitExclusion among(Set<Row> fitted, long records) {
    return of(
        strangestFirst.stream()
            .filter(fitted::contains)
            .limit((long) (MOST_SHARE * records))
            .toList());
  }
}
