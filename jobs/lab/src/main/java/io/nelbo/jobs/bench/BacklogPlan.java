package io.nelbo.jobs.bench;

import java.time.Duration;
import java.util.Map;

/**
 * A measurement of how fast jobs work off a backlog.
 *
 * @param bench the stream and the job
 * @param records preloaded into the source topic
 * @param warmUp each job runs for at least this long before anything is measured
 * @param runs measured runs of each job, alternating
 */
public record BacklogPlan(BenchPlan bench, long records, Duration warmUp, int runs) {
  /** What was measured on, as the last keys of a report. */
  void describe(Map<String, Object> map) {
    map.put("records", records);
    bench.describe(map);
  }
}
