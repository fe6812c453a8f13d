package io.nelbo.jobs.bench;

import com.sun.management.OperatingSystemMXBean;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.TopicAdmin;
import io.nelbo.jobs.kafka.TopicProgress;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs one job over the preloaded records and reads its speed off its committed offsets. */
final class MeasuredJob {
  /** Share of the records that passes before the clock starts: start-up is not speed. */
  private static final double SKIPPED = 0.25;

  private static final long LOOK_EVERY_MILLIS = 5;
  private static final long TIMEOUT_SECONDS = 300;

  private final NelboConfig config;
  private final String group;
  private final TopicProgress offsets;
  private final OperatingSystemMXBean process =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** How far the job had read at some moment. */
  private record Mark(long records, long nanos, long cpuNanos) {}

  MeasuredJob(NelboConfig config, String group, TopicProgress offsets) {
    this.config = config;
    this.group = group;
    this.offsets = offsets;
  }

  BenchRun run(
      Consumer<StreamExecutionEnvironment> definition,
      long records,
      List<String> outputs,
      TopicAdmin topics)
      throws InterruptedException, ExecutionException {
    try (RunningJob job = new RunningJob(config.detector(), definition)) {
      Mark start = next((long) (SKIPPED * records), 0, job);
      Mark end = next(records, start.records(), job);
      double read = end.records() - start.records();
      return new BenchRun(
          read / (end.nanos() - start.nanos()) * 1e9,
          (end.cpuNanos() - start.cpuNanos()) / read / 1e3,
          (double) offsets.bytes(outputs) / records);
    } finally {
      topics.delete(outputs);
    }
  }

  /** The first commit at or after so many records. */
  private Mark next(long atLeast, long after, RunningJob job)
      throws InterruptedException, ExecutionException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (System.nanoTime() < deadline) {
      long committed = offsets.committed(group);
      if (committed >= atLeast && committed > after) {
        return new Mark(committed, System.nanoTime(), process.getProcessCpuTime());
      }
      job.requireRunning();
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
    throw new IllegalStateException(
        "job %s read fewer than %s records in %s s"
            .formatted(config.detector(), atLeast, TIMEOUT_SECONDS));
  }
}
