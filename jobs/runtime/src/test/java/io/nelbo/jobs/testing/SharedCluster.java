package io.nelbo.jobs.testing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.util.TestStreamEnvironment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One real Flink inside this process for all tests of a run: two workers of four slots. */
public final class SharedCluster implements BeforeAllCallback {
  private static final long ANSWER_SECONDS = 60;

  private @Nullable Running running;

  @Override
  public void beforeAll(ExtensionContext context) {
    running =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .getOrComputeIfAbsent(SharedCluster.class, key -> start(), Running.class);
  }

  /** Closed by JUnit after the last test. */
  private record Running(MiniCluster cluster, InMemoryReporter metrics, AtomicInteger killed)
      implements AutoCloseable {
    @Override
    public void close() throws Exception {
      cluster.close();
    }
  }

  private static Running start() {
    InMemoryReporter metrics = InMemoryReporter.create();
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(metrics.addToConfiguration(new Configuration()))
                .setNumTaskManagers(2)
                .setNumSlotsPerTaskManager(4)
                .withRandomPorts()
                .build());
    try {
      cluster.start();
    } catch (Exception e) {
      throw new IllegalStateException("Flink did not start", e);
    }
    return new Running(cluster, metrics, new AtomicInteger());
  }

  private Running running() {
    if (running == null) {
      throw new IllegalStateException("the cluster starts before the first test");
    }
    return running;
  }

  private MiniCluster cluster() {
    return running().cluster();
  }

  /** An environment to define a job in; a failed task is restarted at once. */
  public static StreamExecutionEnvironment environment() {
    Configuration settings = new Configuration();
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(50));
    return StreamExecutionEnvironment.getExecutionEnvironment(settings);
  }

  /** An environment of the shared cluster whose results are collected; a failure ends the job. */
  public StreamExecutionEnvironment collecting(int parallelism) {
    return new TestStreamEnvironment(
        cluster(),
        new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, "none"),
        parallelism,
        List.of(),
        List.of());
  }

  /** Starts the job. */
  public JobID submit(StreamExecutionEnvironment env) throws Exception {
    return submit(env.getStreamGraph().getJobGraph());
  }

  /** Starts the job from a checkpoint of its predecessor. */
  public JobID resume(StreamExecutionEnvironment env, String checkpoint) throws Exception {
    JobGraph graph = env.getStreamGraph().getJobGraph();
    graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(checkpoint));
    return submit(graph);
  }

  private JobID submit(JobGraph graph) throws Exception {
    JobID job = cluster().submitJob(graph).get(ANSWER_SECONDS, TimeUnit.SECONDS).getJobID();
    Await.until("job " + job + " runs", () -> status(job) == JobStatus.RUNNING || isOver(job));
    return job;
  }

  public JobStatus status(JobID job) throws Exception {
    return cluster().getJobStatus(job).get(ANSWER_SECONDS, TimeUnit.SECONDS);
  }

  private boolean isOver(JobID job) throws Exception {
    return status(job).isGloballyTerminalState();
  }

  /** Waits for the end of a bounded job. */
  public void awaitFinished(JobID job) throws Exception {
    Await.until("job " + job + " finishes", () -> isOver(job));
    if (status(job) != JobStatus.FINISHED) {
      throw new AssertionError(
          "job " + job + " is " + status(job) + ": " + graph(job).getFailureInfo());
    }
  }

  /** Why a job failed, with the stack. */
  public String failure(JobID job) throws Exception {
    ErrorInfo info = graph(job).getFailureInfo();
    return info == null ? "" : info.getExceptionAsString();
  }

  /** How often the job's tasks have been started again. */
  public int restarts(JobID job) throws Exception {
    int most = 0;
    for (var task : graph(job).getAllExecutionVertices()) {
      most = Math.max(most, task.getCurrentExecutionAttempt().getAttemptNumber());
    }
    return most;
  }

  /** Checkpoints that have been completed, over all attempts. */
  public long checkpoints(JobID job) throws Exception {
    var snapshot = graph(job).getCheckpointStatsSnapshot();
    return snapshot == null ? 0 : snapshot.getCounts().getNumberOfCompletedCheckpoints();
  }

  /**
   * A counter of ours, over all subtasks of a running job.
   *
   * @param name with its labels in front, like {@code reason.LATE.recordsDeadLettered}
   */
  public long counter(JobID job, String name) {
    return running()
        .metrics()
        .findMetrics(job, "\\.nelbo\\." + Pattern.quote(name) + "$")
        .values()
        .stream()
        .mapToLong(metric -> ((Counter) metric).getCount())
        .sum();
  }

  /** Event time that all subtasks of an operator have come to; MIN_VALUE before the first. */
  public long watermark(JobID job, String operator) {
    return running()
        .metrics()
        .findMetrics(job, "\\." + Pattern.quote(operator) + "\\.\\d+\\.currentOutputWatermark$")
        .values()
        .stream()
        .mapToLong(metric -> (Long) ((Gauge<?>) metric).getValue())
        .min()
        .orElse(Long.MIN_VALUE);
  }

  /** Ends the job as a person would, and says where its last checkpoint lies. */
  public String cancel(JobID job) throws Exception {
    cluster().cancelJob(job).get(ANSWER_SECONDS, TimeUnit.SECONDS);
    Await.until("job " + job + " is cancelled", () -> isOver(job));
    var snapshot = graph(job).getCheckpointStatsSnapshot();
    CompletedCheckpointStats last =
        snapshot == null ? null : snapshot.getHistory().getLatestCompletedCheckpoint();
    return last == null ? "" : last.getExternalPath();
  }

  /** Kills the older worker and all that runs on it, and starts another. */
  public void replaceWorker() throws Exception {
    kill().get(ANSWER_SECONDS, TimeUnit.SECONDS);
    cluster().startTaskManager();
  }

  /**
   * Kills both workers and starts two others.
   *
   * @param meanwhile what the dying ones wait for
   */
  public void replaceWorkers(Runnable meanwhile) throws Exception {
    CompletableFuture<Void> dead = CompletableFuture.allOf(kill(), kill());
    meanwhile.run();
    dead.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    cluster().startTaskManager();
    cluster().startTaskManager();
  }

  /** The cluster counts its workers from the first one on, dead ones included. */
  private CompletableFuture<Void> kill() {
    return cluster().terminateTaskManager(running().killed().getAndIncrement());
  }

  private AccessExecutionGraph graph(JobID job) throws Exception {
    return cluster().getExecutionGraph(job).get(ANSWER_SECONDS, TimeUnit.SECONDS);
  }
}
