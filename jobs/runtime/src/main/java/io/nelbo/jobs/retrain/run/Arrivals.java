package io.nelbo.jobs.retrain.run;

import io.nelbo.jobs.config.ValueText;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.text.ShownText;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the records have come, and which came when the sample had no place for them any more.
 * Used by the task's thread.
 *
 * <p>One record of a fast clock takes event time with it, and whatever comes after is late: that is
 * told with the record that did it.
 */
final class Arrivals {
  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

  /** A record that was more than a span ahead of all before it. */
  private record Jump(String series, long fromMillis, long toMillis) {}

  private final Counter late;
  private final Duration span;
  private long newestMillis = Long.MIN_VALUE;
  private long told;
  private @Nullable Jump last;
  private boolean isJumpTold = true;

  Arrivals(Counter late, Duration span) {
    this.late = late;
    this.span = span;
  }

  /** A restart goes on from here. */
  void restored(long newest) {
    newestMillis = newest;
  }

  void came(Observation row) {
    long time = row.eventTimeMillis();
    if (newestMillis != Long.MIN_VALUE && time - newestMillis > span.toMillis()) {
      last = new Jump(row.series(), newestMillis, time);
      isJumpTold = false;
    }
    newestMillis = Math.max(newestMillis, time);
  }

  void late() {
    late.inc();
  }

  /** Event time of the newest record; MIN_VALUE before the first. */
  long newestMillis() {
    return newestMillis;
  }

  /** Warns of late records, of those since the last time. */
  void say(long watermarkMillis) {
    tellLate(watermarkMillis).ifPresent(LOG::warn);
  }

  /** What is to be said of those that were late since the last time; empty without any. */
  Optional<String> tellLate(long watermarkMillis) {
    long since = late.getCount() - told;
    if (since == 0) {
      return Optional.empty();
    }
    told += since;
    String came =
        String.format(
            Locale.ROOT,
            "%,d records came after their slide had ended, out of order or twice, and are not"
                + " trained on: event time has come to %s, the newest record is of %s",
            since,
            watermarkMillis == Long.MIN_VALUE ? "nothing" : Instant.ofEpochMilli(watermarkMillis),
            Instant.ofEpochMilli(newestMillis));
    return Optional.of(came + advice(watermarkMillis));
  }

  private String advice(long watermarkMillis) {
    Jump jump = last;
    if (jump == null || watermarkMillis < jump.fromMillis()) {
      return "; where series run ahead of each other, a longer order.bound waits for them";
    }
    return "; it came to %s in one step, by a record of series '%s': if that clock was fast, start the job without --restore, which goes on behind that record with an empty sample"
        .formatted(Instant.ofEpochMilli(jump.toMillis()), ShownText.of(jump.series()));
  }

  /** What is to be said of the last record that was far ahead; empty when it has been. */
  Optional<String> tellJump() {
    Jump jump = last;
    if (jump == null || isJumpTold) {
      return Optional.empty();
    }
    isJumpTold = true;
    return Optional.of(
        "a record of %s has come in series '%s', the newest before it was of %s, which is more than retrain.span (%s) earlier: if its clock is fast, records of the time between will be late and not trained on"
            .formatted(
                Instant.ofEpochMilli(jump.toMillis()),
                ShownText.of(jump.series()),
                Instant.ofEpochMilli(jump.fromMillis()),
                ValueText.format(span)));
  }
}
