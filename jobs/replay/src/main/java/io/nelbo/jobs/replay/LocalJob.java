package io.nelbo.jobs.replay;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** One bounded job on a Flink inside this process, from its start to its end. */
final class LocalJob {
  private static final Duration LOOK = Duration.ofMillis(250);

  private LocalJob() {}

  /**
   * Returns when it has ended.
   *
   * @param definition builds the graph
   * @param read hears how many records have been counted by {@link CountRecords} so far
   * @throws ExecutionException when the job fails
   */
  static void run(String name, Consumer<StreamExecutionEnvironment> definition, LongConsumer read)
      throws InterruptedException, ExecutionException {
    Configuration flink = new Configuration();
    flink.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, LOOK); // carries the count of records
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(flink);
    definition.accept(env);
    try {
      JobClient job = env.executeAsync(name);
      try {
        await(job, read);
      } catch (InterruptedException e) {
        job.cancel().join();
        throw e;
      }
    } catch (InterruptedException | ExecutionException e) {
      throw e;
    } catch (Exception e) { // what executeAsync declares
      throw new ExecutionException(e);
    }
  }

  private static void await(JobClient job, LongConsumer read)
      throws InterruptedException, ExecutionException {
    while (true) {
      try {
        job.getJobExecutionResult().get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException running) {
        Object count = accumulators(job).getOrDefault(CountRecords.READ, 0L);
        read.accept(((Number) count).longValue());
      }
    }
  }

  private static Map<String, Object> accumulators(JobClient job) throws InterruptedException {
    try {
      return job.getAccumulators().get();
    } catch (ExecutionException | IllegalStateException ended) { // and its cluster with it
      return Map.of(); // its result tells how
    }
  }
}
