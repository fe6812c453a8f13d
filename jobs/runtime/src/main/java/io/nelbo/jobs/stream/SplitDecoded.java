package io.nelbo.jobs.stream;

import io.nelbo.jobs.metrics.MetricNames;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Parts observations from dead letters, and counts both. */
public final class SplitDecoded extends ProcessFunction<Decoded, Observed> {
  private static final long serialVersionUID = 1;

  /** Records that could not be decoded. */
  public static final OutputTag<Rejected> REJECTED =
      new OutputTag<>("rejected", TypeInformation.of(Rejected.class));

  private transient MetricGroup group;
  private transient Counter received;
  private transient Map<String, Counter> rejected;

  @Override
  public void open(OpenContext context) {
    group = getRuntimeContext().getMetricGroup().addGroup(MetricNames.GROUP);
    received = group.counter(MetricNames.RECORDS_IN);
    rejected = new HashMap<>();
  }

  @Override
  public void processElement(Decoded decoded, Context context, Collector<Observed> observations) {
    received.inc();
    if (!decoded.isRejected()) {
      observations.collect(decoded.observed());
      return;
    }
    rejected
        .computeIfAbsent(
            decoded.reason(),
            reason -> group.addGroup(MetricNames.REASON, reason).counter(MetricNames.DEAD_LETTERED))
        .inc();
    context.output(REJECTED, decoded.asRejected());
  }
}
