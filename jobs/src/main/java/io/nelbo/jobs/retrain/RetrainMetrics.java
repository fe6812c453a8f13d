package io.nelbo.jobs.retrain;

import io.nelbo.jobs.metrics.MetricNames;
import java.util.function.IntSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the retrain job counts.
 *
 * @param trainings that produced a model
 * @param failures trainings that did not
 * @param rejections models that the gate refused
 */
record RetrainMetrics(Counter trainings, Counter failures, Counter rejections) {
  static RetrainMetrics in(MetricGroup operator, IntSupplier rows, int rowsNeeded) {
    MetricGroup group = operator.addGroup(MetricNames.GROUP);
    group.gauge(MetricNames.TRAINING_ROWS, (Gauge<Integer>) rows::getAsInt);
    group.gauge(MetricNames.TRAINING_ROWS_NEEDED, (Gauge<Integer>) () -> rowsNeeded);
    return new RetrainMetrics(
        group.counter(MetricNames.TRAININGS),
        group.counter(MetricNames.TRAINING_FAILURES),
        group.counter(MetricNames.CANDIDATES_REJECTED));
  }
}
