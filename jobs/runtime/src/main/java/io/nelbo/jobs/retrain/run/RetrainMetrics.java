package io.nelbo.jobs.retrain.run;

import io.nelbo.jobs.config.RetrainConfig;
import io.nelbo.jobs.metrics.MetricNames;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the retrain job counts. Gauges are read by another thread, so the operator tells the number
 * of rows instead of being asked.
 *
 * @param rows waiting to be trained on
 * @param arrivals how far records have come, and which came too late to be trained on
 * @param trainings that produced a model
 * @param failures trainings that did not
 * @param rejections models that the gate refused
 */
record RetrainMetrics(
    AtomicInteger rows,
    Arrivals arrivals,
    Counter trainings,
    Counter failures,
    Counter rejections) {
  static RetrainMetrics in(MetricGroup operator, RetrainConfig settings) {
    AtomicInteger rows = new AtomicInteger();
    MetricGroup group = operator.addGroup(MetricNames.GROUP);
    group.gauge(MetricNames.TRAINING_ROWS, (Gauge<Integer>) rows::get);
    group.gauge(MetricNames.TRAINING_ROWS_NEEDED, (Gauge<Integer>) settings::minRows);
    return new RetrainMetrics(
        rows,
        new Arrivals(group.counter(MetricNames.TRAINING_RECORDS_LATE), settings.span()),
        group.counter(MetricNames.TRAININGS),
        group.counter(MetricNames.TRAINING_FAILURES),
        group.counter(MetricNames.CANDIDATES_REJECTED));
  }
}
