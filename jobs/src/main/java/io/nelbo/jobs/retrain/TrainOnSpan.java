package io.nelbo.jobs.retrain;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.RetrainConfig;
import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.store.StoreFactory;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Observed;
import io.nelbo.jobs.stream.RestoredShape;
import io.nelbo.model.gate.GateOutcome;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
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
    implements OneInputStreamOperator<Observed, ModelNotice>,
        BoundedOneInput,
        ShadowTrial.Listener {
  private static final long serialVersionUID = 1;

  /** Reading the store, the gate and a wait for another training come on top of the budget. */
  private static final Duration BESIDE_THE_BUDGET = Duration.ofMinutes(1);

  private final NelboConfig settings;
  private final StoreFactory store;
  private final ModelHistory history;
  private final AfterTraining afterTraining;
  private final @Nullable Backtest backtest;

  private transient MailboxExecutor mailbox;
  private transient SampleState state;
  private transient Spans spans;
  private transient OrderDesk desk;
  private transient CandidateTraining training;
  private transient Notices notices;
  private transient DriftLookout drift;
  private transient ShadowTrial shadow;
  private transient Optional<ModelNotice> ownLast;
  private transient boolean governed;
  private transient long newestMillis;
  private transient RetrainMetrics counts;
  private transient TrainingProgress said;

  /** For a stream that goes on while a model is trained. */
  TrainOnSpan(
      NelboConfig config, StoreFactory store, ModelHistory history, AfterTraining afterTraining) {
    this.settings = config;
    this.store = store;
    this.history = history;
    this.afterTraining = afterTraining;
    backtest = null;
  }

  /** For a recording, which waits for its decisions. */
  TrainOnSpan(NelboConfig config, StoreFactory store, Backtest backtest) {
    this.settings = config;
    this.store = store;
    this.history = backtest;
    this.afterTraining = AfterTraining.NOTHING;
    this.backtest = backtest;
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
    RestoredShape.require(context.getOperatorStateStore(), settings.columns());
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
    governed = ownLast.isPresent() || Predecessors.isAny(history);
    notices =
        new Notices(
            settings.model().id(),
            () ->
                backtest == null
                    ? getProcessingTimeService().getCurrentProcessingTime()
                    : backtest.trainedAt(spans.watermarkMillis()));
    Duration budget = settings.train().budget();
    Duration limit = budget.multipliedBy(2).plus(BESIDE_THE_BUDGET);
    desk =
        new OrderDesk(
            mailbox,
            getProcessingTimeService(),
            limit,
            "the training did not end within %s, train.budget is %s".formatted(limit, budget));
    training = new CandidateTraining(settings, store.open(), history);
    shadow = new ShadowTrial(spans, desk, training, state.shadow(), this);
    drift =
        new DriftLookout(
            settings, spans, desk, training, state.drift(), this::start, this::startWhatIsDue);
    counts = RetrainMetrics.in(getMetricGroup(), settings.retrain().minRows());
    counts.rows().set(spans.sample().rows());
    said = new TrainingProgress(settings.retrain().minRows(), this::standing);
    said.watch(getRuntimeContext(), getProcessingTimeService());
  }

  private TrainingProgress.Standing standing() {
    return new TrainingProgress.Standing(
        governed, desk.isBusy(), spans.sample().rows(), newestMillis, spans.watermarkMillis());
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    setCurrentKey(settings.model().id());
    state.write(
        spans.sample(),
        spans.progress(newestMillis),
        ownLast,
        shadow.candidate(),
        drift.progress());
  }

  @Override
  public void processElement(StreamRecord<Observed> element) {
    Observed row = element.getValue();
    newestMillis = Math.max(newestMillis, row.eventTimeMillis());
    if (!spans.sample().add(row)) {
      counts.late().count();
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (backtest != null) {
      walkTo(Math.min(mark.getTimestamp(), newestMillis));
    }
    spans.reached(mark.getTimestamp());
    startWhatIsDue();
    counts.rows().set(spans.sample().rows());
    super.processWatermark(mark);
  }

  /** Step by step, waiting for what is decided at each: nothing is overtaken. */
  private void walkTo(long watermark) throws InterruptedException {
    while (spans.watermarkMillis() < watermark && spans.sample().rows() > 0) {
      spans.reached(spans.nextStep(watermark));
      startWhatIsDue();
      while (desk.isBusy()) {
        mailbox.yield();
      }
    }
  }

  private void startWhatIsDue() {
    if (desk.isBusy()) {
      return;
    }
    drift.cutOff(ownLast).ifPresent(this::start);
    if (!governed && !desk.isBusy()) {
      spans.first(ownLast).ifPresent(this::start);
    }
    if (spans.isSlideDue()) {
      counts.late().say();
    }
    while (!desk.isBusy() && spans.isSlideDue()) {
      for (SlideSpan overtaken : spans.takeOvertaken()) {
        skip(overtaken, "the training before it took longer than a slide: a newer slide is due");
      }
      decideAbout(spans.takeNewest());
    }
    if (!desk.isBusy() && governed && shadow.candidate().isEmpty()) {
      drift.look(ownLast);
    }
    if (backtest == null) {
      spans.keepToMemory();
    }
    spans.forget(governed);
  }

  private void decideAbout(SlideSpan slide) {
    int needed = settings.retrain().minRows();
    Optional<ShadowCandidate> candidate = shadow.candidate();
    if (candidate.isPresent()) {
      shadow.passAgain(candidate.get(), slide, ownLast);
    } else if (slide.rows() < needed) {
      skip(slide, slide.tooFew(needed));
    } else {
      start(spans.order(slide, TrainingOrder.SCHEDULE, ownLast));
    }
  }

  @Override
  public void rejected(ShadowCandidate candidate, GateOutcome.Rejected gate) {
    counts.rejections().inc();
    announce(notices.rejectedInShadow(candidate, gate));
  }

  @Override
  public void passed(ShadowCandidate candidate, SlideSpan slide) {
    activate(notices.activatedFromShadow(candidate, effectiveFrom(slide.endMillis())));
  }

  @Override
  public void skipped(SlideSpan slide, String reason, String version) {
    announce(notices.skippedForShadow(slide, reason, version));
    spans.decided(slide.endMillis());
    startWhatIsDue();
  }

  private void skip(SlideSpan slide, String reason) {
    announce(notices.skipped(slide, reason, TrainingOrder.SCHEDULE));
    spans.decided(slide.endMillis());
  }

  private void start(TrainingOrder order) {
    spans.inUse(order.span().startMillis());
    desk.start(
        goOn -> training.decide(order, goOn),
        this::decide,
        reason -> decide(new Outcome.Failed(order, reason)));
  }

  private void decide(Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      counts.failures().inc();
      announce(notices.failed(failed.order(), failed.reason()));
    } else if (outcome instanceof Outcome.Skipped skipped) {
      spans.changed(skipped.changedBucket(), skipped.order());
      announce(notices.skipped(skipped));
    } else if (outcome instanceof Outcome.Judged judged) {
      counts.trainings().inc();
      spans.changed(judged.changedBucket(), judged.order());
      governed |= judged.governed();
      dealWith(judged);
    }
    if (outcome.order().isDrift()) {
      drift.decided();
    }
    spans.decided(outcome.order());
    if (isHeldFirst(outcome)) {
      spans.leaveToSlides();
    }
    startWhatIsDue();
  }

  /** Another first one would come of the next few rows, while a person still looks at this one. */
  private boolean isHeldFirst(Outcome outcome) {
    return outcome instanceof Outcome.Judged judged
        && judged.order().isFirst()
        && judged.gate() instanceof GateOutcome.Accepted
        && settings.retrain().gate() == RetrainConfig.Gate.MANUAL;
  }

  private void dealWith(Outcome.Judged judged) {
    if (judged.gate() instanceof GateOutcome.Rejected rejected) {
      counts.rejections().inc();
      announce(notices.rejected(judged, rejected));
      return;
    }
    if (settings.retrain().gate() == RetrainConfig.Gate.MANUAL) {
      announce(notices.heldForAPerson(judged));
      return;
    }
    TrainingOrder order = judged.order();
    long end = order.span().endMillis();
    ModelNotice notice = notices.activated(judged, effectiveFrom(end));
    int slides = Math.max(settings.retrain().shadow(), order.isDrift() ? 1 : 0);
    if (slides == 0 || judged.gate().comparedWith().isEmpty()) {
      activate(notice);
    } else {
      shadow.begin(new ShadowCandidate(notice, judged.topicEnd(), end, 0, slides));
    }
  }

  private void activate(ModelNotice notice) {
    ownLast = Optional.of(notice);
    governed = true;
    drift.startAnew();
    announce(notice);
  }

  private long effectiveFrom(long endMillis) {
    long trained =
        backtest == null ? Math.max(endMillis, newestMillis) : backtest.trainedAt(endMillis);
    return trained + settings.model().activationDelay().toMillis();
  }

  /** Whether an order is under way. */
  boolean isBusy() {
    return desk.isBusy();
  }

  private void announce(ModelNotice notice) {
    said.decided(notice);
    output.collect(new StreamRecord<>(backtest == null ? notice : backtest.announce(notice)));
  }

  @Override
  public void endInput() throws Exception {
    while (desk.isBusy()) {
      mailbox.yield();
    }
    if (!governed && spans.isNothingDecided() && spans.sample().rows() > 0) {
      SlideSpan all = spans.all();
      announce(notices.skipped(all, all.tooFew(settings.retrain().minRows()), TrainingOrder.FIRST));
    }
  }

  /** Whoever waits for the lease may train as soon as nothing of this attempt can publish. */
  @Override
  public void close() throws Exception {
    try {
      if (said != null) {
        said.close();
      }
      if (desk != null) {
        desk.close();
      }
      if (desk == null || desk.isEnded()) {
        afterTraining.ended(HoldLease.attempt(this));
      }
    } finally {
      super.close();
    }
  }
}
