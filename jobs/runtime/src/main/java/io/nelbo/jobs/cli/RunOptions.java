package io.nelbo.jobs.cli;

import io.nelbo.jobs.config.ConfigAdvice;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.TopicProbe;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Option;

/** How a job of ours is run: in this process, or in the cluster that called us. */
final class RunOptions {
  /** Puts a job's graph into an environment. */
  interface Definition {
    void define(StreamExecutionEnvironment env, NelboConfig config);
  }

  @Option(
      names = "--create-topics",
      description = "Make the topics that are missing, the source's apart.")
  private boolean createTopics;

  @Option(
      names = "--restore",
      paramLabel = "PATH",
      defaultValue = "",
      description = {
        "Go on from this checkpoint or savepoint; 'latest' takes the newest in job.checkpoint-dir."
            + " Under 'flink run' use its own -s."
      })
  private String restore;

  @Option(
      names = "--web-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Serve Flink's web page here; 0 does not. Not under 'flink run'.")
  private int webPort;

  /** Runs until the job ends, for streams until it is cancelled. */
  void run(String job, NelboConfig config, Definition definition, PrintWriter err)
      throws Exception {
    ConfigAdvice.of(config).forEach(advice -> err.println("warning: " + advice));
    requireTopics(config);
    URI checkpoints = config.job().checkpointUri(config.detector(), job);
    StreamExecutionEnvironment env = environment(checkpoints);
    definition.define(env, config);
    // Of its own, or --restore latest would find the other job's.
    Configuration ours = new Configuration();
    ours.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toString());
    env.configure(ours);
    String name = "nelbo-" + config.detector() + "-" + job;
    err.printf("%s runs on %s%n", name, config.kafka().bootstrapServers());
    if (webPort != 0) {
      err.printf("Flink's web page: http://localhost:%d%n", webPort);
    }
    err.flush();
    env.execute(name);
  }

  private void requireTopics(NelboConfig config) {
    TopicProbe probe = new TopicProbe(config);
    if (createTopics) {
      probe.createMissing();
    }
    TopicFaults faults = TopicFaults.of(config, probe);
    if (!faults.isEmpty()) {
      throw new IllegalStateException(String.join("; and ", faults.shown()));
    }
  }

  private StreamExecutionEnvironment environment(URI checkpoints) throws IOException {
    if (!Nelbo.isOwnProcess()) {
      return StreamExecutionEnvironment.getExecutionEnvironment();
    }
    Configuration flink = new Configuration();
    if (restore.equals("latest")) {
      flink.set(
          StateRecoveryOptions.SAVEPOINT_PATH, Checkpoints.newest(checkpoints).toUri().toString());
    } else if (!restore.isEmpty()) {
      flink.set(StateRecoveryOptions.SAVEPOINT_PATH, restore);
    }
    if (webPort == 0) {
      return StreamExecutionEnvironment.createLocalEnvironment(flink);
    }
    flink.set(RestOptions.PORT, webPort);
    flink.set(RestOptions.BIND_PORT, Integer.toString(webPort));
    return StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(flink);
  }
}
