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
import org.jspecify.annotations.Nullable;

/** Parts observations from dead letters, counts both, and tells of what was refused. */
public final class SplitDecoded extends ProcessFunction<Decoded, Observation> {
  private static final long serialVersionUID = 1;

  /** Records that could not be decoded. */
  public static final OutputTag<Rejected> REJECTED =
      new OutputTag<>("rejected", TypeInformation.of(Rejected.class));

  private transient MetricGroup group;
  private transient Counter received;
  private transient Map<String, Counter> rejected;
  private transient RefusedRecords refused;
  private transient @Nullable ProgressWatch watch;

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
  public void processElement(
      Decoded decoded, Context context, Collector<Observation> observations) {
    received.inc();
    refused.received();
    Rejected letter = decoded.rejected();
    if (letter == null) {
      observations.collect(decoded.wellFormed());
      return;
    }
    rejected
        .computeIfAbsent(
            letter.reason(),
            reason -> group.addGroup(MetricNames.REASON, reason).counter(MetricNames.DEAD_LETTERED))
        .inc();
    refused.refused(
        letter.reason(), letter.topic(), letter.partition(), letter.offset(), letter.message());
    context.output(REJECTED, letter);
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
  }
}
