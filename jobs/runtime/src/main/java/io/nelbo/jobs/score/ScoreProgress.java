package io.nelbo.jobs.score;

import io.nelbo.jobs.progress.ProgressLines;
import io.nelbo.jobs.progress.ProgressWatch;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.ScoredRecord;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.jspecify.annotations.Nullable;

/**
 * What a subtask that scores says of itself: why records have no score, which model governs next,
 * how many came late. Looks at the counters that are kept anyway. Used by the task's thread.
 */
final class ScoreProgress implements AutoCloseable {
  private final ScoreMetrics counts;
  private final Supplier<Optional<ModelNotice>> newestModel;
  private final LongSupplier newestRecordMillis;

  private @Nullable ProgressWatch watch;
  private String lastDecision = "";
  private long modelSaid = Long.MIN_VALUE;
  private long noModelSaid;
  private boolean isUnscoredForLong;
  private long scoredBefore;
  private long incompleteBefore;
  private long tooFewBefore;
  private long judgedAtLate;
  private long lateBefore;

  /**
   * Says nothing yet.
   *
   * @param newestModel the one that governs the end of event time
   * @param newestRecordMillis event time of the newest record; MIN_VALUE before the first
   */
  ScoreProgress(
      ScoreMetrics counts,
      Supplier<Optional<ModelNotice>> newestModel,
      LongSupplier newestRecordMillis) {
    this.counts = counts;
    this.newestModel = newestModel;
    this.newestRecordMillis = newestRecordMillis;
  }

  /** Speaks from now on. */
  void watch(RuntimeContext context, ProcessingTimeService time) {
    watch = ProgressWatch.start(ScoreProgress.class, context, time, this::say);
  }

  /** A decision came, of whatever kind: it may be why there is no model. */
  void heard(ModelNotice notice) {
    lastDecision = "%s: %s".formatted(notice.kind(), notice.reason());
  }

  void say(ProgressLines lines) {
    sayModel(lines);
    sayWithoutModel(lines);
    sayUnscored(lines);
    sayLate(lines);
  }

  private void sayModel(ProgressLines lines) {
    Optional<ModelNotice> newest = newestModel.get();
    if (newest.isEmpty() || newest.get().offset() == modelSaid || !lines.isDue("model")) {
      return;
    }
    ModelNotice notice = newest.get();
    modelSaid = notice.offset();
    lines.info(
        "model",
        "model %s %s governs from %s on; records have come to %s"
            .formatted(
                notice.modelId(),
                notice.version(),
                Instant.ofEpochMilli(notice.effectiveFromMillis()),
                time(newestRecordMillis.getAsLong())));
  }

  private void sayWithoutModel(ProgressLines lines) {
    long withoutModel = counts.counted(ScoredRecord.Status.NO_MODEL);
    if (withoutModel == noModelSaid || !lines.isDue("no model")) {
      return;
    }
    noModelSaid = withoutModel;
    Optional<ModelNotice> newest = newestModel.get();
    lines.info(
        "no model",
        String.format(Locale.ROOT, "%,d records have passed unscored: ", withoutModel)
            + newest.map(this::notYet).orElseGet(this::none));
  }

  private String notYet(ModelNotice notice) {
    return "no model governs before %s, records have come to %s"
        .formatted(
            Instant.ofEpochMilli(notice.effectiveFromMillis()),
            time(newestRecordMillis.getAsLong()));
  }

  private String none() {
    return "there is no model yet, 'retrain' or 'train --announce' makes the first"
        + (lastDecision.isEmpty() ? "" : "; the last decision was " + lastDecision);
  }

  private void sayUnscored(ProgressLines lines) {
    if (!lines.isDue("unscored")) {
      return;
    }
    long scored = counts.counted(ScoredRecord.Status.SCORED);
    long incomplete = counts.counted(ScoredRecord.Status.WINDOW_INCOMPLETE);
    long tooFew = counts.counted(ScoredRecord.Status.TOO_FEW_OBSERVED);
    long newIncomplete = incomplete - incompleteBefore;
    long newTooFew = tooFew - tooFewBefore;
    long all = scored - scoredBefore + newIncomplete + newTooFew;
    if (newTooFew > 0 && newTooFew == all) {
      lines.warn(
          "unscored",
          String.format(
              Locale.ROOT,
              "none of %,d records could be scored: too few of their values were observed",
              all));
    } else if (newIncomplete > 0 && newIncomplete + newTooFew == all && isUnscoredForLong) {
      lines.warn(
          "unscored",
          String.format(
              Locale.ROOT,
              "none of %,d records could be scored: of %,d the window is not full, of %,d too few"
                  + " values were observed; a window begins anew where two records of a series are"
                  + " further apart than series.max-gap, so if they always are, set it to several"
                  + " of their steps, or window.length to 1",
              all,
              newIncomplete,
              newTooFew));
    } else if (newIncomplete + newTooFew > 0) {
      lines.info(
          "unscored",
          String.format(
              Locale.ROOT,
              "%,d of %,d records have no score: of %,d the window is not full yet, of %,d too few"
                  + " values were observed",
              newIncomplete + newTooFew,
              all,
              newIncomplete,
              newTooFew));
    }
    // Windows fill at first: only those that still do not a minute later never will.
    isUnscoredForLong = all > 0 && newIncomplete + newTooFew == all;
    scoredBefore = scored;
    incompleteBefore = incomplete;
    tooFewBefore = tooFew;
  }

  private void sayLate(ProgressLines lines) {
    if (!lines.isDue("late")) {
      return;
    }
    long late = counts.countedLate();
    long newLate = late - lateBefore;
    long judged = counts.countedAll();
    if (newLate > 0) {
      String line =
          String.format(
              Locale.ROOT,
              "%,d of %,d records were late, not after the last one of their series, and are not"
                  + " scored; a longer order.bound waits for them",
              newLate,
              newLate + judged - judgedAtLate);
      if (judged == judgedAtLate) {
        lines.warn("late", line);
      } else {
        lines.info("late", line);
      }
    }
    lateBefore = late;
    judgedAtLate = judged;
  }

  private static String time(long millis) {
    return millis == Long.MIN_VALUE ? "none yet" : Instant.ofEpochMilli(millis).toString();
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
  }
}
