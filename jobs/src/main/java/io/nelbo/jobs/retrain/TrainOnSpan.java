package io.nelbo.jobs.retrain;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.metrics.MetricNames;
import io.nelbo.jobs.score.ModelHistory;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Observed;
import io.nelbo.model.train.TrainingSpan;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
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

/**
 * Gathers the first span, trains on it beside the stream, and announces the decision. Parallelism
 * 1.
 *
 * <p>Training runs on one named thread; its result comes back through the mailbox, and no watermark
 * is held meanwhile. The rows stay in state until the decision has been emitted, so that a failure
 * at any point repeats the request.
 */
final class TrainOnSpan extends AbstractStreamOperator<ModelNotice>
    implements OneInputStreamOperator<Observed, ModelNotice>, BoundedOneInput {
  private static final long serialVersionUID = 1;

  private final NelboConfig settings;
  private final StoreFactory store;
  private final ModelHistory history;
  private final String modelId;
  private final int minRows;
  private final long activationDelayMillis;

  private transient ListState<Observed> rowState;
  private transient ListState<Boolean> decidedState;
  private transient ListState<Long> newestState;
  private transient MailboxExecutor mailbox;

  private transient SpanRows rows;
  private transient TrainerThread trainer;
  private transient boolean activated;
  private transient long newestMillis;
  private transient Counter trainings;
  private transient Counter failures;

  TrainOnSpan(NelboConfig config, StoreFactory store, ModelHistory history) {
    this.settings = config;
    this.store = store;
    this.history = history;
    this.modelId = config.model().id();
    this.minRows = config.retrain().minRows();
    this.activationDelayMillis = config.model().activationDelay().toMillis();
  }

  @Override
  public void setMailboxExecutor(MailboxExecutor executor) {
    super.setMailboxExecutor(executor);
    mailbox = executor;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    rowState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("rows", TypeInformation.of(Observed.class)));
    decidedState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("activated", Types.BOOLEAN));
    newestState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("newest", Types.LONG));
  }

  @Override
  public void open() throws Exception {
    super.open();
    rows = new SpanRows(settings.columns(), minRows, settings.series().maxGap().toMillis());
    newestMillis = Long.MIN_VALUE;
    for (Long millis : newestState.get()) {
      newestMillis = Math.max(newestMillis, millis);
    }
    activated = decidedState.get().iterator().hasNext() || isActivatedByHistory();
    if (!activated) {
      for (Observed row : rowState.get()) {
        rows.add(row);
      }
    }
    trainer =
        new TrainerThread(
            modelId, TrainingSetup.of(settings), settings.alert().budget(), store.open());
    MetricGroup group = getMetricGroup().addGroup(MetricNames.GROUP);
    group.gauge(MetricNames.TRAINING_ROWS, (Gauge<Integer>) () -> rows.size());
    group.gauge(MetricNames.TRAINING_ROWS_NEEDED, (Gauge<Integer>) () -> minRows);
    trainings = group.counter(MetricNames.TRAININGS);
    failures = group.counter(MetricNames.TRAINING_FAILURES);
  }

  /** A start without state must not train anew and announce over a model that governs. */
  private boolean isActivatedByHistory() throws IOException {
    Optional<ModelNotice> incumbent =
        history.read().stream().filter(ModelNotice::isActivation).findFirst();
    incumbent.ifPresent(
        notice ->
            LOG.info("{} {} is activated already: nothing to train", modelId, notice.version()));
    return incumbent.isPresent();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    rowState.update(rows.kept());
    newestState.update(List.of(newestMillis));
  }

  @Override
  public void processElement(StreamRecord<Observed> element) throws Exception {
    Observed row = element.getValue();
    newestMillis = Math.max(newestMillis, row.eventTimeMillis());
    if (!activated) {
      rows.add(row);
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (!activated && !trainer.isBusy()) {
      Optional<TrainingSpan> span = rows.span(mark.getTimestamp());
      if (span.isPresent()) {
        trainer.train(span.get(), this::handOver);
      }
    }
    super.processWatermark(mark);
  }

  /** On the trainer's thread. */
  private void handOver(TrainerThread.Outcome outcome) {
    try {
      mailbox.execute(() -> decide(outcome), "model decision");
    } catch (RejectedExecutionException closed) {
      LOG.info("the task ended before it heard of a decision; a restart takes it again", closed);
    }
  }

  private void decide(TrainerThread.Outcome outcome) throws Exception {
    if (outcome instanceof TrainerThread.Outcome.Published published) {
      trainings.inc();
      activated = true;
      decidedState.add(true);
      announce(
          Notices.activated(
              published,
              Math.max(published.span().endMillis(), newestMillis) + activationDelayMillis,
              now()));
    } else if (outcome instanceof TrainerThread.Outcome.Failed failed) {
      failures.inc();
      announce(Notices.failed(modelId, failed, now()));
    }
    rows.clear();
    trainer.done();
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
    if (!activated && rows.size() > 0) {
      announce(Notices.skipped(modelId, rows.kept(), minRows, now()));
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
