package io.nelbo.jobs.replay.cli;

import io.nelbo.jobs.cli.BrokerCheck;
import io.nelbo.jobs.cli.ConfigOption;
import io.nelbo.jobs.cli.PublishOptions;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.KafkaConnectors;
import io.nelbo.jobs.kafka.TopicRecords;
import io.nelbo.jobs.models.ConfiguredModels;
import io.nelbo.jobs.models.ModelReferences;
import io.nelbo.jobs.replay.file.RecordFiles;
import io.nelbo.jobs.replay.source.ReplayRange;
import io.nelbo.jobs.replay.source.ReplaySource;
import io.nelbo.jobs.retrain.decide.ProvisionalModel;
import io.nelbo.jobs.store.ArtifactStores;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.NewNotice;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.model.artifact.ArtifactStore;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.train.Recalibration;
import io.nelbo.model.train.TrainingSpan;
import io.nelbo.schemas.ModelTrigger;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A new border for a model that is good otherwise. */
@Command(
    name = "recalibrate",
    description = {
      "Make a new version of a model with the same weights and a calibration fitted to normal"
          + " records, from files or from the source topic: for when it no longer keeps to the"
          + " alarms that were asked for. Records with an anomalous label are left out, and"
          + " counted, as are those that the jobs would refuse.",
      ""
    },
    mixinStandardHelpOptions = true)
public final class RecalibrateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private CsvOptions csv;
  @Mixin private ImageOptions images;
  @Mixin private PublishOptions publish;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "REF",
      description =
          "The model of model.store: a version like v000042, 'latest' (the newest in the store), or"
              + " 'incumbent' (the last that the model topic activated).")
  private String model;

  @Option(
      names = "--input",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "CSV files with a header (gzip too), JSON lines or Avro container files; wildcards are"
              + " expanded. Of images: folders or files. Without it the source topic is read.")
  private List<String> inputs = List.of();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "First event time of the records, ISO-8601, inclusive.")
  private @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Event time at which they end, ISO-8601, exclusive.")
  private @Nullable Instant to;

  @Option(names = "--json", description = "One JSON object at the end.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (from != null && to != null && !from.isBefore(to)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--from (%s) must be before --to (%s)".formatted(from, to));
    }
    NelboConfig loaded = config.load();
    ArtifactStore target = publish.store(loaded);
    ModelArtifact parent = parent(loaded);
    ConfiguredModels.accepted(loaded).requireShape(parent.manifest());
    TrainingSpan span = normalRecords(loaded);
    Recalibration.Outcome outcome =
        new Recalibration(parent, loaded.alert().budget(), loaded.alert().rules(), "cpu")
            .fit(span, publish.nextVersion(loaded, target));
    PublishedArtifact published = target.publish(outcome.artifact());
    Optional<String> provisional =
        ProvisionalModel.remark(
            outcome.artifact().manifest().calibration(), loaded.alert().budget());
    Optional<ModelNotice> notice =
        publish.announce(
            loaded,
            span.endMillis(),
            effectiveFrom ->
                activation(parent, span, outcome, published, provisional, effectiveFrom));
    new RecalibrationText(spec.commandLine().getOut(), json)
        .print(loaded.alert().budget(), parent, outcome, published, notice, provisional);
    return CommandLine.ExitCode.OK;
  }

  private ModelArtifact parent(NelboConfig loaded) throws IOException {
    if (model.equals(ModelReferences.INCUMBENT)) {
      BrokerCheck.require(loaded, loaded.topics().models(), "--model v000001 or latest needs none");
    }
    PublishedArtifact found =
        new ModelReferences(loaded, new KafkaConnectors(loaded, "recalibrate").modelHistory())
            .published(model);
    return ArtifactStores.open(loaded.model()).load(found.uri(), found.sha256());
  }

  private TrainingSpan normalRecords(NelboConfig loaded) throws IOException {
    ReplayRange range = ReplayRange.between(Optional.ofNullable(from), Optional.ofNullable(to));
    ReplaySource source = source(loaded, range);
    NormalRecords normal = new NormalRecords(loaded, source.size());
    source.forEach(
        record -> {
          if (record.isRejected()) { // its time is unknown, it may lie in the range
            normal.refuse(record.refusal().reason(), record.refusal().message());
          } else if (range.contains(
              record.eventTimeMillis(), record.partition(), record.offset())) {
            Observation found = record.wellFormed();
            normal.add(
                found.series(),
                found.eventTimeMillis(),
                found.features(),
                found.label(),
                () -> "partition %d offset %d".formatted(found.partition(), found.offset()));
          }
        });
    TrainingSpan span = normal.span();
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "%,d normal records from %s to %s; %s%n",
        span.records(),
        Instant.ofEpochMilli(span.startMillis()),
        Instant.ofEpochMilli(span.endMillis()),
        normal.leftOut());
    err.flush();
    return span;
  }

  private ReplaySource source(NelboConfig loaded, ReplayRange range) throws IOException {
    if (!inputs.isEmpty()) {
      RecordFiles files =
          RecordFiles.of(inputs, csv.columns(loaded.source()), images.time(), loaded, range);
      files.notes().forEach(spec.commandLine().getErr()::println);
      files.refusals().ifPresent(spec.commandLine().getErr()::println);
      return files;
    }
    BrokerCheck.require(loaded, loaded.source().topic(), "with --input it reads files instead");
    return TopicRecords.of(loaded, range, Duration.ZERO);
  }

  private static ModelNotice activation(
      ModelArtifact parent,
      TrainingSpan span,
      Recalibration.Outcome outcome,
      PublishedArtifact published,
      Optional<String> provisional,
      long effectiveFromMillis) {
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "%s, calibrated on %,d normal records"
            .formatted(parent.manifest().version(), span.records()));
    provisional.ifPresent(remarks::add);
    remarks.addAll(outcome.warnings());
    return NewNotice.activation(
        published,
        effectiveFromMillis,
        new ModelNotice.Span(span.startMillis(), span.endMillis(), span.records()),
        outcome.negativeElbo(),
        ModelNotice.Why.of(ModelTrigger.RECALIBRATE, remarks)
            .withProvisional(provisional.isPresent()),
        Clock.systemUTC().millis());
  }
}
