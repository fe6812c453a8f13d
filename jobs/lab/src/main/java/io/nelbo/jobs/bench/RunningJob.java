package io.nelbo.jobs.bench;

import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job on a Flink of its own in this process, until it is closed. */
final class RunningJob implements AutoCloseable {
  private final String name;
  private final JobClient job;

  /**
   * @throws IllegalStateException when it does not start
   */
  RunningJob(String name, Consumer<StreamExecutionEnvironment> definition) {
    this.name = name;
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(new Configuration());
    definition.accept(env);
    try {
      job = env.executeAsync(name);
    } catch (Exception failed) {
      throw new IllegalStateException("job " + name + " did not start", failed);
    }
  }

  /**
   * @throws IllegalStateException when it has ended by itself: then the figures say nothing
   */
  void requireRunning() throws InterruptedException, ExecutionException {
    JobStatus status = job.getJobStatus().get();
    if (status.isTerminalState() || status == JobStatus.FAILING) {
      throw new IllegalStateException("job " + name + " ended by itself: " + status);
    }
  }

  @Override
  public void close() throws InterruptedException, ExecutionException {
    job.cancel().get();
    try {
      job.getJobExecutionResult().get();
    } catch (ExecutionException cancelled) {
      // A cancelled job has no result; that it has ended is all we want to know.
      return;
    }
  }
}
