package io.nelbo.jobs.stream;

import io.nelbo.jobs.metrics.MetricNames;
import io.nelbo.jobs.progress.ProgressWatch;
import io.nelbo.jobs.progress.RefusedRecords;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Parts observations from dead letters, counts both, and tells of what was refused. */
public final class SplitDecoded extends ProcessFunction<Decoded, Observed> {
  private static final long serialVersionUID = 1;

  /** Records that could not be decoded. */
  public static final OutputTag<Rejected> REJECTED =
      new OutputTag<>("rejected", TypeInformation.of(Rejected.class));

  private transient MetricGroup group;
  private transient Counter received;
  private transient Map<String, Counter> rejected;
  private transient RefusedRecords refused;
  private transient ProgressWatch watch;

  @Override
  public void open(OpenContext context) {
    group = getRuntimeContext().getMetricGroup().addGroup(MetricNames.GROUP);
    received = group.counter(MetricNames.RECORDS_IN);
    rejected = new HashMap<>();
    refused = new RefusedRecords();
    if (getRuntimeContext() instanceof StreamingRuntimeContext running) {
      watch =
          ProgressWatch.start(
              SplitDecoded.class, running, running.getProcessingTimeService(), refused::say);
    }
  }

  @Override
  public void processElement(Decoded decoded, Context context, Collector<Observed> observations) {
    received.inc();
    refused.received();
    if (!decoded.isRejected()) {
      observations.collect(decoded.observed());
      return;
    }
    rejected
        .computeIfAbsent(
            decoded.reason(),
            reason -> group.addGroup(MetricNames.REASON, reason).counter(MetricNames.DEAD_LETTERED))
        .inc();
    refused.refused(
        decoded.reason(),
        decoded.topic(),
        decoded.partition(),
        decoded.offset(),
        decoded.message());
    context.output(REJECTED, decoded.asRejected());
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
  }
}
