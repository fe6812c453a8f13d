package io.nelbo.jobs.retrain.run;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.retrain.decide.CandidateTraining;
import io.nelbo.jobs.store.StoreFactory;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.RestoredShape;
import java.time.Duration;
import java.util.OptionalLong;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps a sample of the stream, trains on it beside the stream when a slide ends, and announces
 * exactly one decision per slide. Parallelism 1, keyed by the model.
 *
 * <p>Training runs on one named thread; its result comes back through the mailbox, and no watermark
 * is held meanwhile. The rows stay in the sample until the decision has been emitted, so that a
 * failure at any point repeats the request.
 */
public final class TrainOnSpan extends AbstractStreamOperator<ModelNotice>
    implements OneInputStreamOperator<Observation, ModelNotice>, BoundedOneInput {
  private static final long serialVersionUID = 1;

  /** Reading the store, the gate and a wait for another training come on top of the budget. */
  private static final Duration BESIDE_THE_BUDGET = Duration.ofMinutes(1);

  private final NelboConfig settings;
  private final StoreFactory store;
  private final StreamTime time;
  private final AfterTraining afterTraining;

  private transient MailboxExecutor mailbox;
  private transient SampleState state;
  private transient OrderDesk desk;
  private transient Retraining retraining;
  private transient TrainingProgress said;

  /**
   * @param time that of a live stream, or of a recording
   * @param afterTraining is told when nothing of this attempt can publish any more
   */
  public TrainOnSpan(
      NelboConfig config, StoreFactory store, StreamTime time, AfterTraining afterTraining) {
    this.settings = config;
    this.store = store;
    this.time = time;
    this.afterTraining = afterTraining;
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
    RestoredShape.require(context.getOperatorStateStore(), settings.shape());
    state = new SampleState(context.getKeyedStateStore(), context.getOperatorStateStore());
  }

  @Override
  public void open() throws Exception {
    super.open();
    setCurrentKey(settings.model().id());
    Restored before = Restored.from(state, settings, time.history());
    Duration budget = settings.train().budget();
    Duration limit = budget.multipliedBy(2).plus(BESIDE_THE_BUDGET);
    desk =
        new OrderDesk(
            mailbox,
            getProcessingTimeService(),
            limit,
            "the training did not end within %s, train.budget is %s".formatted(limit, budget));
    RetrainMetrics counts = RetrainMetrics.in(getMetricGroup(), settings.retrain());
    retraining =
        new Retraining(
            settings,
            time,
            before,
            desk,
            new CandidateTraining(settings, store.open(), time.history()),
            () -> getProcessingTimeService().getCurrentProcessingTime(),
            counts,
            this::announce);
    said =
        new TrainingProgress(settings.retrain().minRows(), retraining::standing, counts.arrivals());
    said.watch(getRuntimeContext(), getProcessingTimeService());
  }

  private void announce(ModelNotice decision) {
    said.decided(decision);
    output.collect(new StreamRecord<>(decision));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    setCurrentKey(settings.model().id());
    retraining.write(state);
  }

  @Override
  public void processElement(StreamRecord<Observation> element) {
    retraining.add(element.getValue());
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (time.waitsForDecisions()) {
      walkTo(mark.getTimestamp());
    }
    retraining.reached(mark.getTimestamp());
    super.processWatermark(mark);
  }

  /** Step by step, waiting for what is decided at each: nothing is overtaken. */
  private void walkTo(long watermark) throws InterruptedException {
    OptionalLong step = retraining.nextStep(watermark);
    while (step.isPresent()) {
      retraining.reached(step.getAsLong());
      awaitDecision();
      step = retraining.nextStep(watermark);
    }
  }

  private void awaitDecision() throws InterruptedException {
    while (retraining.isBusy()) {
      mailbox.yield();
    }
  }

  /** Whether an order is under way. */
  boolean isBusy() {
    return retraining.isBusy();
  }

  @Override
  public void endInput() throws Exception {
    awaitDecision();
    retraining.ended();
    said.ended();
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
        afterTraining.ended(AfterTraining.attemptOf(this));
      }
    } finally {
      super.close();
    }
  }
}
