package io.nelbo.jobs.csv;

import io.nelbo.jobs.values.EpochUnit;
import io.nelbo.jobs.values.MissingText;
import io.nelbo.jobs.values.NumberText;
import io.nelbo.jobs.values.TimeText;
import io.nelbo.jobs.values.ValueFormatException;
import java.time.ZoneOffset;
import java.util.Optional;

/** What a cell looks like, before anybody has said what its column means. */
final class CsvText {
  private static final TimeText TIMES = new TimeText(EpochUnit.AUTO, ZoneOffset.UTC);

  private CsvText() {}

  static boolean isMissing(String text) {
    return MissingText.isMissing(text);
  }

  /** A finite number, NaN where nothing was observed; empty when it is neither. */
  static Optional<Float> number(String text) {
    try {
      return Optional.of(NumberText.parse(text)).filter(value -> !Float.isInfinite(value));
    } catch (ValueFormatException e) {
      return Optional.empty();
    }
  }

  /** Epoch milliseconds of a likely time; empty when it is none. */
  static Optional<Long> time(String text) {
    try {
      return Optional.of(TIMES.millis(text)).filter(time -> time != TimeText.NONE);
    } catch (ValueFormatException e) {
      return Optional.empty();
    }
  }
}
