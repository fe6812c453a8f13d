package io.nelbo.jobs.replay.cli;

import io.nelbo.jobs.cli.BrokerCheck;
import io.nelbo.jobs.cli.ConfigOption;
import io.nelbo.jobs.cli.Version;
import io.nelbo.jobs.cli.WallTime;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.ValueText;
import io.nelbo.jobs.json.Json;
import io.nelbo.jobs.kafka.KafkaConnectors;
import io.nelbo.jobs.kafka.TopicRecords;
import io.nelbo.jobs.models.ModelChoice;
import io.nelbo.jobs.models.ModelReferences;
import io.nelbo.jobs.replay.ReplayPlan;
import io.nelbo.jobs.replay.ReplayRun;
import io.nelbo.jobs.replay.file.RecordFiles;
import io.nelbo.jobs.replay.result.ReplayResult;
import io.nelbo.jobs.replay.source.ReplayRange;
import io.nelbo.jobs.replay.source.ReplaySource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores history with the graph of production. */
@Command(
    name = "replay",
    description = {
      "Score recorded data with the graph of production, from files or from the source topic, and"
          + " write scores, anomalies, figures and a report into a folder.",
      "Which model scores a record: that of --model; or, with --retrain, those that the retrain"
          + " job would have made of the recording, or one of the records before --train-until; or,"
          + " without either, the one that the model topic says governed then.",
      ""
    },
    mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private CsvOptions csv;
  @Mixin private ImageOptions images;

  @Option(
      names = "--input",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "CSV files with a header (gzip too), JSON lines or Avro container files, read one after"
              + " the other; wildcards are expanded. Of images: folders, with a series for each"
              + " sub-folder, or files. Without it the source topic is read.")
  private List<String> inputs = List.of();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "First event time that is judged, ISO-8601, inclusive.")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Event time at which it ends, ISO-8601, exclusive.")
  private @Nullable Instant to;

  @Option(
      names = "--from-offsets",
      split = ",",
      paramLabel = "PARTITION=OFFSET",
      description = "Topic: the first record that is judged, by partition.")
  private Map<Integer, Long> fromOffsets = Map.of();

  @Option(
      names = "--to-offsets",
      split = ",",
      paramLabel = "PARTITION=OFFSET",
      description = "Topic: the offset at which it ends, exclusive, by partition.")
  private Map<Integer, Long> toOffsets = Map.of();

  @Option(
      names = "--lead-in",
      paramLabel = "DURATION",
      converter = WallTime.class,
      description =
          "Topic: event time before the start that is read and scored, but not judged. Default:"
              + " series.max-gap for each older record of a window, order.bound and"
              + " alert.episode-gap.")
  private @Nullable Duration leadIn;

  @Option(
      names = "--model",
      paramLabel = "REF",
      description =
          "Score all with one model of the store: a version like v000042, 'latest' (the newest in"
              + " the store), or 'incumbent' (the last that the model topic activated).")
  private @Nullable String model;

  @Option(
      names = "--retrain",
      description =
          "Backtest: train on the recording as the retrain job would have, slide by slide and"
              + " through its gate, and score each record with the model that would have governed"
              + " it; or train one model with --train-until.")
  private boolean retrain;

  @Option(
      names = "--train-until",
      paramLabel = "TIME",
      description =
          "With --retrain: one model, of the records before this event time; those from there on"
              + " are judged.")
  private @Nullable Instant trainUntil;

  @Option(
      names = "--training-time",
      paramLabel = "DURATION",
      converter = WallTime.class,
      description =
          "With --retrain: event time that a training takes, so that the result does not depend on"
              + " how long it takes here. Default: train.budget.")
  private @Nullable Duration trainingTime;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "For the results.")
  private Path out;

  @Option(names = "--force", description = "Replace the replay that DIR holds.")
  private boolean force;

  @Option(names = "--json", description = "Print metrics.json instead of a summary.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    requireUsage();
    NelboConfig loaded = config.load();
    ReplayRange range =
        new ReplayRange(
            from == null ? Long.MIN_VALUE : from.toEpochMilli(),
            to == null ? Long.MAX_VALUE : to.toEpochMilli(),
            fromOffsets,
            toOffsets);
    ReplayPlan plan =
        new ReplayPlan(loaded, source(loaded, range), range, models(loaded), out, force);
    ReplayResult result;
    try (ReplayMeter meter = new ReplayMeter(spec.commandLine().getErr(), !json)) {
      result = new ReplayRun(plan, Clock.systemUTC(), new Version().getVersion()[0]).run(meter);
    }
    if (json) {
      spec.commandLine().getOut().println(Json.line(result.metrics()));
    } else {
      new ReplayText(spec.commandLine().getOut()).print(result, out);
    }
    return CommandLine.ExitCode.OK;
  }

  private void requireUsage() {
    require(!retrain || model == null, "--retrain trains a model of its own: leave out --model");
    require(
        retrain || (trainUntil == null && trainingTime == null),
        "--train-until and --training-time need --retrain");
    require(
        trainUntil == null || trainingTime == null,
        "--training-time speaks of the retrain job: leave it out with --train-until");
    boolean offsets = !fromOffsets.isEmpty() || !toOffsets.isEmpty();
    require(
        inputs.isEmpty() || (!offsets && leadIn == null),
        "--from-offsets, --to-offsets and --lead-in speak of the topic: files are read whole");
    require(
        from == null || to == null || from.isBefore(to),
        "--from (%s) must be before --to (%s)".formatted(from, to));
    require(
        trainUntil == null || to == null || trainUntil.isBefore(to),
        "--train-until (%s) must be before --to (%s)".formatted(trainUntil, to));
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new CommandLine.ParameterException(spec.commandLine(), message);
    }
  }

  private ReplaySource source(NelboConfig loaded, ReplayRange range) throws IOException {
    if (!inputs.isEmpty()) {
      ReplayRange judged = trainUntil == null ? range : range.notBefore(trainUntil.toEpochMilli());
      RecordFiles files =
          RecordFiles.of(inputs, csv.columns(loaded.source()), images.time(), loaded, judged);
      files.notes().forEach(spec.commandLine().getErr()::println);
      files.refusals().ifPresent(spec.commandLine().getErr()::println);
      return files;
    }
    requireBroker(loaded);
    Duration before = leadIn == null ? ReplayRange.leadIn(loaded) : leadIn;
    // Training wants all that lies before.
    ReplayRange read = retrain ? ReplayRange.between(Optional.empty(), range.end()) : range;
    return TopicRecords.of(loaded, read, before);
  }

  private ReplayPlan.Models models(NelboConfig loaded) throws IOException {
    if (trainUntil != null) {
      return new ReplayPlan.Models.TrainedUntil(trainUntil);
    }
    if (retrain) {
      Duration taken = trainingTime == null ? loaded.train().budget() : trainingTime;
      require(
          taken.compareTo(loaded.retrain().every()) < 0,
          "--training-time (%s) must be below retrain.every (%s): slides would overtake each other"
              .formatted(ValueText.format(taken), ValueText.format(loaded.retrain().every())));
      return new ReplayPlan.Models.Retrained(taken);
    }
    if (model == null || model.equals(ModelReferences.INCUMBENT)) {
      requireBroker(loaded);
    }
    ModelChoice models =
        new ModelChoice(loaded, new KafkaConnectors(loaded, "replay").modelHistory());
    return new ReplayPlan.Models.Known(
        model == null ? models.governing() : List.of(models.pinned(model)));
  }

  private void requireBroker(NelboConfig loaded) throws IOException {
    if (inputs.isEmpty()) {
      BrokerCheck.require(loaded, loaded.source().topic(), "");
    } else {
      BrokerCheck.require(
          loaded,
          loaded.topics().models(),
          "a replay of files needs none with --model v000001 or latest, or --retrain");
    }
  }
}
