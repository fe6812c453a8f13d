package io.nelbo.jobs.retrain.run;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.RetrainConfig;
import io.nelbo.jobs.retrain.DriftProgress;
import io.nelbo.jobs.retrain.decide.CandidateTraining;
import io.nelbo.jobs.retrain.due.SlideSpan;
import io.nelbo.jobs.retrain.due.Spans;
import io.nelbo.jobs.retrain.due.TrainingOrder;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.learn.DriftState;
import io.nelbo.model.learn.DriftWatch;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the trainer's thread look at one piece of the stream after the other, and asks for a
 * training when the records drift. What is under way when a job ends is taken up again after a
 * restart. Used by the task's thread.
 */
final class DriftLookout {
  private static final Logger LOG = LoggerFactory.getLogger(DriftLookout.class);

  private final boolean on;
  private final int minRows;
  private final Spans spans;
  private final OrderDesk desk;
  private final CandidateTraining training;
  private final DriftWatch watch;
  private final Consumer<TrainingOrder> train;
  private final Runnable goOn;

  /**
   * @param before what had been seen until a restart; ignored when drift is off
   * @param train hears of a training that is wanted
   * @param goOn hears that a look has ended in no training
   */
  DriftLookout(
      NelboConfig settings,
      Spans spans,
      OrderDesk desk,
      CandidateTraining training,
      Optional<DriftProgress> before,
      Consumer<TrainingOrder> train,
      Runnable goOn) {
    on = settings.retrain().drift() == RetrainConfig.Drift.ON;
    minRows = settings.retrain().minRows();
    this.spans = spans;
    this.desk = desk;
    this.training = training;
    watch =
        new DriftWatch(
            settings.retrain().slides(),
            before
                .filter(seen -> on)
                .map(DriftProgress::state)
                .orElse(DriftState.from(spans.watermarkMillis())));
    this.train = train;
    this.goOn = goOn;
  }

  /** What a restart must know; empty when drift is off. */
  Optional<DriftProgress> progress() {
    return on ? Optional.of(DriftProgress.of(watch.state())) : Optional.empty();
  }

  /**
   * A training that was wanted and has no decision, because a restart has cut it off. It is of all
   * that is kept of its span by now: records that came late are in it too.
   */
  Optional<TrainingOrder> cutOff(Optional<ModelNotice> ownLast) {
    long end = watch.orderedMillis();
    return end == Long.MIN_VALUE
        ? Optional.empty()
        : Optional.of(spans.order(spans.endingAt(end), TrainingOrder.DRIFT, ownLast));
  }

  /** Starts a look where one is due; the end of the piece that is looked at. */
  OptionalLong look(Optional<ModelNotice> ownLast) {
    long end = on ? watch.due(spans.watermarkMillis()) : Long.MIN_VALUE;
    if (end == Long.MIN_VALUE) {
      return OptionalLong.empty();
    }
    SlideSpan piece = spans.between(end - watch.pieceMillis(), end);
    if (piece.rows() == 0) {
      watch.watched(end, OptionalDouble.empty());
      return OptionalLong.empty();
    }
    TrainingOrder records = spans.order(piece, TrainingOrder.DRIFT, ownLast);
    watch.lookingAt(end);
    spans.inUse(piece.startMillis());
    desk.start(
        wanted -> training.watch(records),
        share -> watched(end, share, ownLast),
        reason -> unseen(end, reason));
    return OptionalLong.of(end);
  }

  private void watched(long endMillis, OptionalDouble share, Optional<ModelNotice> ownLast) {
    spans.released();
    if (watch.watched(endMillis, share)) {
      SlideSpan span = spans.endingAt(endMillis);
      if (span.rows() < minRows) {
        LOG.info(
            "drift at {}, but its span has {} rows, retrain.min-rows asks for {}",
            Instant.ofEpochMilli(endMillis),
            span.rows(),
            minRows);
      } else {
        LOG.info(
            "drift at {}: {} rows are trained on before the slide ends",
            Instant.ofEpochMilli(endMillis),
            span.rows());
        watch.ordered(endMillis);
        train.accept(spans.order(span, TrainingOrder.DRIFT, ownLast));
        return;
      }
    }
    goOn.run();
  }

  /** Nothing was to be decided about, so nothing is announced; the next piece is looked at. */
  private void unseen(long endMillis, String reason) {
    LOG.warn("records before {} were not looked at for drift: {}", endMillis, reason);
    spans.released();
    watch.watched(endMillis, OptionalDouble.empty());
    goOn.run();
  }

  /** What was wanted has its decision. */
  void decided() {
    watch.decided();
  }

  /** Another model governs. */
  void startAnew() {
    watch.startAnew();
  }
}
