package io.nelbo.jobs.demo;

import io.nelbo.jobs.config.ConfigLoader;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.RetrainConfig;
import io.nelbo.model.fit.TrainingConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * The configuration that the demo runs: an ordinary YAML file, which is also written down for the
 * user to start from.
 *
 * @param stream what travels, and where
 * @param training of the first model, and of those after it
 * @param gaps between rows
 * @param retraining after the first model
 * @param alerting what alarms
 * @param parallelism subtasks, and partitions of the records topic
 */
public record DemoConfig(
    DemoStream stream,
    Training training,
    Gaps gaps,
    Retraining retraining,
    Alerting alerting,
    int parallelism) {
  /**
   * @param rows that the first model trains on
   * @param rowsHeld rows that the retrain job must have room for, in each of its slides
   * @param steps gradient steps of a training at most
   * @param seed of weights, shuffles and noise
   * @param family of the models
   */
  public record Training(int rows, int rowsHeld, int steps, long seed, String family) {
    /** Of the usual family. */
    public Training(int rows, int rowsHeld, int steps, long seed) {
      this(rows, rowsHeld, steps, seed, TrainingConfig.USUAL_FAMILY);
    }

    private Training withFamily(String other) {
      return new Training(rows, rowsHeld, steps, seed, other);
    }
  }

  /**
   * @param most event time between two rows of a series that do not follow each other
   * @param forgetAfter event time of silence after which a series is forgotten
   */
  public record Gaps(Duration most, Duration forgetAfter) {}

  /**
   * @param span event time that later models train on
   * @param every event time between two decisions
   * @param activationDelay event time from the decision to the first record that it governs
   */
  public record Retraining(Duration span, Duration every, Duration activationDelay) {}

  /**
   * @param falseAlarmRate share of normal records that may alarm
   * @param episodeGap event time without an anomaly that ends an episode
   */
  public record Alerting(double falseAlarmRate, Duration episodeGap) {}

  /** As a slide: none ends while this program is in use, so that the first model stays. */
  static final Duration ONE_MODEL = Duration.ofDays(36_500);

  private static final String DETECTOR = "demo";
  private static final long LEAST_BYTES = 64L << 20;
  private static final long TRAININGS_HELD = 3;

  /** The same with models of another family. */
  DemoConfig withFamily(String other) {
    return new DemoConfig(
        stream, training.withFamily(other), gaps, retraining, alerting, parallelism);
  }

  NelboConfig load(String bootstrapServers, Path folder) {
    return parse(yaml(bootstrapServers, folder, DETECTOR, stream.topics()));
  }

  /** The same detector under another name, that reads the same records and writes elsewhere. */
  NelboConfig loadSecond(String bootstrapServers, Path folder) {
    return parse(yaml(bootstrapServers, folder, DETECTOR + "-kept", kept()));
  }

  /** Where that one writes. */
  DemoTopics kept() {
    return stream.topics().kept();
  }

  private static NelboConfig parse(String yaml) {
    return new ConfigLoader().parse(yaml, "the demo's configuration");
  }

  /**
   * What is left to start from.
   *
   * @param models where the models of the run are
   * @param folder for checkpoints
   */
  public String yamlToKeep(Path models, Path folder) {
    return """
    # The configuration of the demo. Its broker is gone: before score, retrain and watch, put yours
    # and your topics here. Its models are in model.store, and these two need no broker:
    #   ./nelbo models list --config FILE
    #   ./nelbo replay --config FILE --input %s --model latest --out DIR
    """
            .formatted(stream.isOfFrames() ? "FOLDER" : "CSV")
        + yaml("localhost:9092", models, folder, DETECTOR, stream.topics(), stream.formatYaml());
  }

  private String yaml(String bootstrapServers, Path folder, String detector, DemoTopics topics) {
    return yaml(
        bootstrapServers,
        folder.resolve("models"),
        folder,
        detector,
        topics,
        stream.ownFormatYaml());
  }

  private String yaml(
      String bootstrapServers,
      Path models,
      Path folder,
      String detector,
      DemoTopics topics,
      String source) {
    return String.format(
        Locale.ROOT,
        """
        detector: %s
        %s
        kafka:
          bootstrap-servers: %s
        source:
          topic: %s%s
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
          id: %s
          store: %s
          activation-delay: %s
          device: cpu
        alert:
          false-alarm-rate: %s
          episode-gap: %s
        retrain:%s
          span: %s
          every: %s
          min-rows: %d
          max-bytes: %d
          drift: off # a training between two slides would begin when the machine has time for it%s
        train:%s%s
          steps: %d
          seed: %d
        job:
          parallelism: %d
          checkpoint-interval: 1s
          checkpoint-dir: %s
          transaction-timeout: 10m
        """,
        detector,
        stream.shapeYaml(),
        bootstrapServers,
        stream.records(),
        source,
        topics.anomalies(),
        topics.scores(),
        topics.deadLetters(),
        topics.models(),
        text(gaps.most()),
        text(gaps.forgetAfter()),
        DETECTOR,
        DemoStream.quoted(models.toString()),
        text(retraining.activationDelay()),
        alerting.falseAlarmRate(),
        text(alerting.episodeGap()),
        retraining.every().equals(ONE_MODEL)
            ? " # one model: no slide ends before the year 2069"
            : "",
        text(retraining.span()),
        text(retraining.every()),
        training.rows(),
        Math.max(
            LEAST_BYTES,
            TRAININGS_HELD * training.rowsHeld() * RetrainConfig.rowBytes(stream.columns())),
        stream.retrainYaml(),
        familyLine(),
        stream.trainingYaml(),
        training.steps(),
        training.seed(),
        parallelism,
        DemoStream.quoted(folder.resolve("checkpoints").toUri().toString()));
  }

  private static String text(Duration duration) {
    return duration.equals(Duration.ofDays(duration.toDays()))
        ? duration.toDays() + "d"
        : duration.toMillis() + "ms";
  }

  private String familyLine() {
    return training.family().equals(TrainingConfig.USUAL_FAMILY)
        ? ""
        : "\n  family: " + training.family();
  }
}
