package io.nelbo.jobs.demo;

import io.nelbo.jobs.demo.feed.FeedClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.ExceptionUtils;

/** A Flink cluster inside this process, with its web page; several jobs may share it. */
final class LocalFlink implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final MiniCluster cluster;
  private final URI webUi;
  private final Map<JobID, String> jobs = new LinkedHashMap<>();

  private LocalFlink(MiniCluster cluster, URI webUi) {
    this.cluster = cluster;
    this.webUi = webUi;
  }

  /**
   * Starts the cluster.
   *
   * @param folder for its temporary files
   * @param ports of the web page, tried in turn: {@code 8081}, {@code 8081,0}, {@code 9000-9010}; 0
   *     takes any free one
   * @param slots for all jobs together
   * @throws IllegalStateException if it does not start
   */
  static LocalFlink start(Path folder, String ports, int slots) {
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(settings(folder, ports))
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
    try {
      cluster.start();
      return new LocalFlink(cluster, await(cluster.getRestAddress()));
    } catch (Exception e) {
      close(cluster);
      throw new IllegalStateException(
          "The local Flink did not start with its web page at port %s (%s): choose another port, 0 for any"
              .formatted(ports, rootMessage(e)),
          e);
    }
  }

  private static Configuration settings(Path folder, String ports) {
    Configuration settings = new Configuration();
    String temporary = folder.toString();
    settings.set(RestOptions.BIND_PORT, ports);
    settings.set(RestOptions.BIND_ADDRESS, "localhost");
    settings.set(RestOptions.ADDRESS, "localhost");
    settings.set(WebOptions.SUBMIT_ENABLE, false);
    settings.set(WebOptions.TMP_DIR, temporary);
    settings.set(CoreOptions.TMP_DIRS, temporary);
    settings.set(BlobServerOptions.STORAGE_DIRECTORY, temporary);
    settings.set(ClusterOptions.PROCESS_WORKING_DIR_BASE, temporary);
    // A job that keeps failing shall end the run with its reason, not retry for ever.
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(500));
    return settings;
  }

  /** Where a browser finds the web page. */
  URI webUi() {
    return webUi;
  }

  /**
   * Starts a job; it runs on when this returns.
   *
   * @throws IllegalStateException if Flink refuses it
   */
  void submit(String name, StreamGraph graph) {
    graph.setJobName(name);
    JobGraph plan = graph.getJobGraph();
    try {
      await(cluster.submitJob(plan));
    } catch (Exception e) {
      throw new IllegalStateException(
          "Flink refused the job %s: %s".formatted(name, rootMessage(e)), e);
    }
    jobs.put(plan.getJobID(), name);
  }

  /**
   * Returns when every job runs.
   *
   * @throws IllegalStateException if one does not within so much wall time
   */
  void awaitRunning(FeedClock clock, Duration patience) throws InterruptedException {
    long begun = clock.nanos();
    while (!isRunning()) {
      requireNoFailure();
      if (clock.nanos() - begun > patience.toNanos()) {
        throw new IllegalStateException(
            "The jobs did not start within %s: look at %s".formatted(patience, webUi));
      }
      clock.sleep(Duration.ofMillis(50));
    }
  }

  private boolean isRunning() {
    return jobs.keySet().stream().allMatch(job -> status(job) == JobStatus.RUNNING);
  }

  /**
   * @throws IllegalStateException with the root cause if a job has failed
   */
  void requireNoFailure() {
    jobs.forEach(
        (job, name) -> {
          if (status(job) == JobStatus.FAILED) {
            throw new IllegalStateException("Job %s failed: %s".formatted(name, failure(job)));
          }
        });
  }

  private JobStatus status(JobID job) {
    try {
      return await(cluster.getJobStatus(job));
    } catch (Exception e) {
      throw new IllegalStateException(
          "Flink does not tell the state of its jobs: " + rootMessage(e), e);
    }
  }

  private String failure(JobID job) {
    try {
      JobResult result = await(cluster.requestJobResult(job));
      return result
          .getSerializedThrowable()
          .map(t -> rootMessage(t.deserializeError(LocalFlink.class.getClassLoader())))
          .orElse("no reason given");
    } catch (Exception e) {
      return rootMessage(e);
    }
  }

  private static <T> T await(CompletableFuture<T> future)
      throws ExecutionException, TimeoutException, InterruptedException {
    return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = ExceptionUtils.stripCompletionException(failure);
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null
        ? root.getClass().getSimpleName()
        : root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  /** Cancels the jobs and stops the cluster. */
  @Override
  public void close() {
    jobs.keySet().forEach(this::cancel);
    close(cluster);
  }

  /** Ends a job in order, so that stopping the cluster does not count as its failure. */
  private void cancel(JobID job) {
    try {
      if (!status(job).isGloballyTerminalState()) {
        await(cluster.cancelJob(job));
        await(cluster.requestJobResult(job));
      }
    } catch (Exception e) {
      throw new IllegalStateException(
          "Flink did not cancel the job %s: %s".formatted(jobs.get(job), rootMessage(e)), e);
    }
  }

  private static void close(MiniCluster cluster) {
    try {
      await(cluster.closeAsync());
    } catch (Exception e) {
      throw new IllegalStateException("Flink did not stop: " + rootMessage(e), e);
    }
  }
}
