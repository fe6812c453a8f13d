package io.nelbo.jobs.retrain;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.RetrainConfig;
import io.nelbo.jobs.metrics.MetricNames;
import io.nelbo.jobs.score.ModelHistory;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Observed;
import io.nelbo.model.gate.GateOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a sample of the stream, trains on it beside the stream when a slide ends, and announces
 * exactly one decision per slide. Parallelism 1, keyed by the model.
 *
 * <p>Training runs on one named thread; its result comes back through the mailbox, and no watermark
 * is held meanwhile. The rows stay in the sample until the decision has been emitted, so that a
 * failure at any point repeats the request.
 */
final class TrainOnSpan extends AbstractStreamOperator<ModelNotice>
    implements OneInputStreamOperator<Observed, ModelNotice>, BoundedOneInput {
  private static final long serialVersionUID = 1;

  /** Reading the store, the gate and a wait for another training come on top of the budget. */
  private static final Duration BESIDE_THE_BUDGET = Duration.ofMinutes(1);

  private final NelboConfig settings;
  private final StoreFactory store;
  private final ModelHistory history;

  private transient MailboxExecutor mailbox;
  private transient SampleState state;
  private transient Spans spans;
  private transient TrainerThread trainer;
  private transient CandidateTraining training;
  private transient Notices notices;
  private transient Optional<ModelNotice> ownLast;
  private transient boolean governed;
  private transient long newestMillis;
  private transient long orders;
  private transient @Nullable ScheduledFuture<?> patience;
  private transient Counter trainings;
  private transient Counter failures;
  private transient Counter rejections;

  TrainOnSpan(NelboConfig config, StoreFactory store, ModelHistory history) {
    this.settings = config;
    this.store = store;
    this.history = history;
  }

  @Override
  public void setMailboxExecutor(MailboxExecutor executor) {
    super.setMailboxExecutor(executor);
    mailbox = executor;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    setCurrentKey(settings.model().id());
    state = new SampleState(context.getKeyedStateStore(), context.getOperatorStateStore());
  }

  @Override
  public void open() throws Exception {
    super.open();
    setCurrentKey(settings.model().id());
    RetrainProgress progress = state.progress();
    spans = new Spans(settings, progress);
    state.restore(spans.sample());
    newestMillis = progress.newestMillis();
    ownLast = state.activation();
    governed = ownLast.isPresent() || isGovernedByHistory();
    notices = new Notices(settings.model().id());
    trainer = new TrainerThread();
    training = new CandidateTraining(settings, store.open(), history);
    MetricGroup group = getMetricGroup().addGroup(MetricNames.GROUP);
    group.gauge(MetricNames.TRAINING_ROWS, (Gauge<Integer>) () -> spans.sample().rows());
    group.gauge(
        MetricNames.TRAINING_ROWS_NEEDED, (Gauge<Integer>) () -> settings.retrain().minRows());
    trainings = group.counter(MetricNames.TRAININGS);
    failures = group.counter(MetricNames.TRAINING_FAILURES);
    rejections = group.counter(MetricNames.CANDIDATES_REJECTED);
  }

  /** A start without state must not announce a first model over one that governs. */
  private boolean isGovernedByHistory() throws IOException {
    Optional<ModelNotice> incumbent =
        history.read().stream().filter(ModelNotice::isActivation).findFirst();
    incumbent.ifPresent(
        notice ->
            LOG.info(
                "{} {} governs already: the next model comes with the end of a slide",
                notice.modelId(),
                notice.version()));
    return incumbent.isPresent();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    setCurrentKey(settings.model().id());
    state.write(spans.sample(), spans.progress(newestMillis), ownLast);
  }

  @Override
  public void processElement(StreamRecord<Observed> element) {
    Observed row = element.getValue();
    newestMillis = Math.max(newestMillis, row.eventTimeMillis());
    spans.sample().add(row);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    spans.reached(mark.getTimestamp());
    startWhatIsDue();
    super.processWatermark(mark);
  }

  private void startWhatIsDue() {
    if (trainer.isBusy()) {
      return;
    }
    if (!governed) {
      spans.first(ownLast).ifPresent(this::start);
    }
    while (!trainer.isBusy() && spans.isSlideDue()) {
      for (SlideSpan overtaken : spans.takeOvertaken()) {
        skip(overtaken, "the training before it took longer than a slide: a newer slide is due");
      }
      SlideSpan slide = spans.takeNewest();
      int needed = settings.retrain().minRows();
      if (slide.rows() < needed) {
        skip(
            slide,
            "the span has %s rows, retrain.min-rows asks for %s".formatted(slide.rows(), needed));
      } else {
        start(spans.order(slide, ownLast));
      }
    }
    spans.forget(governed);
  }

  private void skip(SlideSpan slide, String reason) {
    announce(
        notices.skipped(
            slide.startMillis(),
            slide.endMillis(),
            slide.rows(),
            reason,
            TrainingOrder.SCHEDULE,
            now()));
    spans.decided(slide.endMillis());
  }

  private void start(TrainingOrder order) {
    spans.inTraining(order);
    long number = ++orders;
    trainer.start(
        goOn -> training.decide(order, goOn),
        outcome -> handOver(() -> decide(number, outcome)),
        reason -> handOver(() -> decide(number, new Outcome.Failed(order, reason))));
    Duration limit = settings.train().budget().multipliedBy(2).plus(BESIDE_THE_BUDGET);
    patience =
        getProcessingTimeService()
            .registerTimer(now() + limit.toMillis(), time -> giveUp(number, order, limit));
  }

  /** On the trainer's thread. */
  private void handOver(ThrowingRunnable<? extends Exception> decision) {
    try {
      mailbox.execute(decision, "model decision");
    } catch (RejectedExecutionException closed) {
      LOG.info("the task ended before it heard of a decision; a restart takes it again", closed);
    }
  }

  private void giveUp(long number, TrainingOrder order, Duration limit) {
    if (number == orders && trainer.isBusy()) {
      trainer.giveUp();
      decide(
          number,
          new Outcome.Failed(
              order,
              "the training did not end within %s, train.budget is %s"
                  .formatted(limit, settings.train().budget())));
    }
  }

  private void decide(long number, Outcome outcome) {
    if (number != orders) {
      return; // given up meanwhile
    }
    orders++;
    if (patience != null) {
      patience.cancel(false);
    }
    if (outcome instanceof Outcome.Failed failed) {
      failures.inc();
      announce(notices.failed(failed.order(), failed.reason(), now()));
    } else if (outcome instanceof Outcome.Skipped skipped) {
      spans.changed(skipped.changedBucket());
      announce(notices.skipped(skipped, now()));
    } else if (outcome instanceof Outcome.Judged judged) {
      trainings.inc();
      spans.changed(judged.changedBucket());
      announce(verdict(judged));
    }
    spans.decided(outcome.order());
    trainer.done();
    startWhatIsDue();
  }

  private ModelNotice verdict(Outcome.Judged judged) {
    if (judged.gate() instanceof GateOutcome.Rejected rejected) {
      rejections.inc();
      return notices.rejected(judged, rejected, now());
    }
    if (settings.retrain().gate() == RetrainConfig.Gate.MANUAL) {
      return notices.heldForAPerson(judged, now());
    }
    long effectiveFrom =
        Math.max(judged.order().span().endMillis(), newestMillis)
            + settings.model().activationDelay().toMillis();
    ModelNotice activated = notices.activated(judged, effectiveFrom, now());
    ownLast = Optional.of(activated);
    governed = true;
    return activated;
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  private void announce(ModelNotice notice) {
    output.collect(new StreamRecord<>(notice));
  }

  @Override
  public void endInput() throws Exception {
    while (trainer.isBusy()) {
      mailbox.yield();
    }
    if (!governed && spans.isNothingDecided() && spans.sample().rows() > 0) {
      SlideSpan all = spans.all();
      int needed = settings.retrain().minRows();
      announce(
          notices.skipped(
              all.startMillis(),
              all.endMillis(),
              all.rows(),
              "the span has %s rows, retrain.min-rows asks for %s".formatted(all.rows(), needed),
              TrainingOrder.FIRST,
              now()));
    }
  }

  @Override
  public void close() throws Exception {
    if (trainer != null) {
      trainer.close();
    }
    super.close();
  }
}
