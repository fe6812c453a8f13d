package io.nelbo.jobs.demo;

import io.nelbo.jobs.config.ConfigLoader;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.RetrainConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The configuration that the demo runs: an ordinary YAML file, which is also written down for the
 * user to start from.
 *
 * @param features names in order
 * @param trainRows rows that the first model trains on
 * @param trainSpan event time that they cover at most
 * @param activationDelay event time from the decision to the first record that it governs
 * @param episodeGap event time without an anomaly that ends an episode
 * @param falseAlarmRate share of normal records that may alarm
 * @param parallelism subtasks, and partitions of the records topic
 * @param steps gradient steps of a training at most
 * @param seed of weights, shuffles and noise
 */
public record DemoConfig(
    List<String> features,
    int trainRows,
    Duration trainSpan,
    Duration activationDelay,
    Duration episodeGap,
    double falseAlarmRate,
    int parallelism,
    int steps,
    long seed) {
  static final String RECORDS = "plant.pumps.records";
  static final String ANOMALIES = "plant.pumps.anomalies";
  static final String SCORES = "plant.pumps.scores";
  static final String DEAD_LETTERS = "plant.pumps.dead-letters";
  static final String MODELS = "plant.pumps.models";

  private static final long LEAST_BYTES = 64L << 20;
  private static final long SLIDES_HELD = 3;

  public DemoConfig {
    features = List.copyOf(features);
  }

  NelboConfig load(String bootstrapServers, Path folder) {
    return new ConfigLoader().parse(yaml(bootstrapServers, folder), "the demo's configuration");
  }

  /** The file itself. */
  public String yaml(String bootstrapServers, Path folder) {
    String names = features.stream().map(DemoConfig::quoted).collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        """
        detector: demo
        features: [%s]
        kafka:
          bootstrap-servers: %s
        source:
          topic: %s
        topics:
          anomalies: %s
          scores: %s
          dead-letters: %s
          models: %s
          scores-mode: all
        order:
          late: dead-letter
        series:
          max-gap: %s
          forget-after: %s
        model:
          store: %s
          activation-delay: %s
          device: cpu
        alert:
          false-alarm-rate: %s
          episode-gap: %s
        retrain: # one model for the whole run: no slide ends before the year 2069
          span: 36500d
          every: 36500d
          min-rows: %d
          max-bytes: %d
        train:
          steps: %d
          seed: %d
        job:
          parallelism: %d
          checkpoint-interval: 1s
          checkpoint-dir: %s
          transaction-timeout: 10m
        """,
        names,
        bootstrapServers,
        RECORDS,
        ANOMALIES,
        SCORES,
        DEAD_LETTERS,
        MODELS,
        text(trainSpan),
        text(trainSpan),
        quoted(folder.resolve("models").toString()),
        text(activationDelay),
        falseAlarmRate,
        text(episodeGap),
        trainRows,
        Math.max(LEAST_BYTES, SLIDES_HELD * trainRows * RetrainConfig.rowBytes(features.size())),
        steps,
        seed,
        parallelism,
        quoted(folder.resolve("checkpoints").toUri().toString()));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String text(Duration duration) {
    return duration.toMillis() + "ms";
  }
}
