package io.nelbo.jobs.retrain;

import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.store.StoreLease;
import io.nelbo.jobs.stream.ModelNotice;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Lets decisions through as long as this job holds the lease of its model, and fails the job for
 * good when another does. Parallelism 1, chained behind {@link TrainOnSpan}: the end of a chain
 * opens first, so nothing is trained without the lease. It also closes first, while a training may
 * still be ending: so the lease is given back by the other end of the chain, see {@link
 * AfterTraining}, which knows this run by the name of the task's attempt. If the two are not
 * chained, the lease runs out.
 *
 * <p>The owner's name comes with the job graph, so that every attempt of the job has the same, and
 * goes into its state, so that a job that is restored from there takes over from its former self.
 */
final class HoldLease extends AbstractStreamOperator<ModelNotice>
    implements OneInputStreamOperator<ModelNotice, ModelNotice> {
  private static final long serialVersionUID = 1;

  private final LeaseFactory leases;
  private final ModelHistory history;
  private final String newOwner;

  private transient ListState<String> ownerState;
  private transient String owner;
  private transient StoreLease lease;
  private transient ScheduledFuture<?> renewal;

  /**
   * @param history tells whether there must be a store already
   * @param newOwner of a job that is not restored
   */
  HoldLease(LeaseFactory leases, ModelHistory history, String newOwner) {
    this.leases = leases;
    this.history = history;
    this.newOwner = newOwner;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    ownerState =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("owner", Types.STRING));
    owner = newOwner;
    for (String restored : ownerState.get()) {
      owner = restored;
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    StoreLease opened =
        leases.open(
            owner, attempt(this), () -> getProcessingTimeService().getCurrentProcessingTime());
    if (history.read().stream().anyMatch(ModelNotice::isActivation)) {
      opened.requireStore();
    }
    opened.take();
    lease = opened;
    long period = StoreLease.RENEWAL.toMillis();
    renewal =
        getProcessingTimeService().scheduleWithFixedDelay(now -> opened.renew(), period, period);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    ownerState.update(List.of(owner));
  }

  /** A decision may come of a long training: who lost the lease meanwhile says nothing. */
  @Override
  public void processElement(StreamRecord<ModelNotice> decision) throws Exception {
    lease.renew();
    output.collect(decision);
  }

  /** Name of this run of the task, the same for all operators that are chained in it. */
  static String attempt(AbstractStreamOperator<?> operator) {
    return operator.getContainingTask().getEnvironment().getExecutionId().toString();
  }

  @Override
  public void close() throws Exception {
    if (renewal != null) {
      renewal.cancel(false);
    }
    super.close();
  }
}
