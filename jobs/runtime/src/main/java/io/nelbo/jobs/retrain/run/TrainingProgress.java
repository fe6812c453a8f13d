package io.nelbo.jobs.retrain.run;

import io.nelbo.jobs.progress.ProgressLines;
import io.nelbo.jobs.progress.ProgressWatch;
import io.nelbo.jobs.stream.ModelNotice;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the retrain job says of itself: how far it is from its first model and what it waits for,
 * each decision, and which records came too late for one. Used by the task's thread.
 */
final class TrainingProgress implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingProgress.class);

  /**
   * How the job stands.
   *
   * @param governed whether there is a model
   * @param busy whether one is being trained or judged
   * @param rows in the sample
   * @param newestMillis event time of the newest record; MIN_VALUE before the first
   * @param watermarkMillis event time that is over; MIN_VALUE before any
   */
  record Standing(
      boolean governed, boolean busy, int rows, long newestMillis, long watermarkMillis) {}

  private final int rowsNeeded;
  private final Supplier<Standing> standing;
  private final Arrivals arrivals;
  private @Nullable ProgressWatch watch;
  private String inVain = "";

  TrainingProgress(int rowsNeeded, Supplier<Standing> standing, Arrivals arrivals) {
    this.rowsNeeded = rowsNeeded;
    this.standing = standing;
    this.arrivals = arrivals;
  }

  /** Speaks from now on. */
  void watch(RuntimeContext context, ProcessingTimeService time) {
    watch = ProgressWatch.start(TrainingProgress.class, context, time, this::say);
  }

  /** Tells a decision; there is one a slide. */
  void decided(ModelNotice notice) {
    inVain = notice.isActivation() ? "" : "%s: %s".formatted(notice.kind(), notice.reason());
    LOG.info(
        "{} {}: {}",
        notice.kind(),
        notice.version(),
        notice.isActivation() ? from(notice) : notice.reason());
  }

  private static String from(ModelNotice notice) {
    return "it governs from %s on; %s"
        .formatted(Instant.ofEpochMilli(notice.effectiveFromMillis()), notice.reason());
  }

  void say(ProgressLines lines) {
    Standing now = standing.get();
    if (lines.isDue("far ahead")) {
      arrivals.tellJump().ifPresent(line -> lines.warn("far ahead", line));
    }
    if (lines.isDue("late")) {
      arrivals.tellLate(now.watermarkMillis()).ifPresent(line -> lines.warn("late", line));
    }
    if (now.governed() || now.newestMillis() == Long.MIN_VALUE) {
      return; // whether records come is told where they are read
    }
    lines.info("first model", rows(now) + waitsFor(now));
  }

  /** Nothing comes any more: says what would have waited for its minute. */
  void ended() {
    arrivals.tellJump().ifPresent(LOG::warn);
    arrivals.say(standing.get().watermarkMillis());
  }

  private String rows(Standing now) {
    return String.format(
        Locale.ROOT, "%,d of %,d rows for the first model", now.rows(), rowsNeeded);
  }

  private String waitsFor(Standing now) {
    if (now.busy()) {
      return ": it is being trained";
    }
    if (now.rows() < rowsNeeded) {
      return "; records have come to " + Instant.ofEpochMilli(now.newestMillis());
    }
    if (!inVain.isEmpty()) {
      return ", but the last decision was " + inVain;
    }
    return ": it waits until no record of their time can come any more; event time has come to %s, the newest record is of %s"
        .formatted(
            now.watermarkMillis() == Long.MIN_VALUE
                ? "nothing"
                : Instant.ofEpochMilli(now.watermarkMillis()).toString(),
            Instant.ofEpochMilli(now.newestMillis()));
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
  }
}
