package io.nelbo.jobs.retrain.run;

import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records that the sample has no place for any more: counted, and spoken of once per slide. */
final class LateRecords {
  private static final Logger LOG = LoggerFactory.getLogger(LateRecords.class);

  private final Counter counter;
  private long said;

  LateRecords(Counter counter) {
    this.counter = counter;
  }

  void count() {
    counter.inc();
  }

  /** Warns of those since the last time. */
  void say() {
    long late = counter.getCount() - said;
    if (late > 0) {
      LOG.warn(
          "{} records came after their slide had ended, out of order or twice, and are not trained"
              + " on; where series run ahead of each other, a longer order.bound waits for them",
          late);
      said += late;
    }
  }
}
