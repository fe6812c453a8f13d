package io.nelbo.jobs.score;

import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;

/** Flink's event-time timers of the current key. */
record EventTimers(InternalTimerService<VoidNamespace> service) implements SeriesOrder.Timers {
  @Override
  public void register(long eventTimeMillis) {
    service.registerEventTimeTimer(VoidNamespace.INSTANCE, eventTimeMillis);
  }

  @Override
  public void delete(long eventTimeMillis) {
    service.deleteEventTimeTimer(VoidNamespace.INSTANCE, eventTimeMillis);
  }
}
