package io.nelbo.jobs.replay.cli;

import io.nelbo.jobs.cli.ConfigOption;
import io.nelbo.jobs.cli.FamilyOption;
import io.nelbo.jobs.cli.PublishOptions;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.csv.CsvMapping;
import io.nelbo.jobs.csv.CsvRecords;
import io.nelbo.jobs.decode.DecodedRecord;
import io.nelbo.jobs.decode.RecordDecoder;
import io.nelbo.jobs.json.Json;
import io.nelbo.jobs.replay.file.ImageReader;
import io.nelbo.jobs.replay.file.ImageRecording;
import io.nelbo.jobs.retrain.decide.GapAdvice;
import io.nelbo.jobs.retrain.decide.ProvisionalModel;
import io.nelbo.jobs.retrain.decide.TrainingSetup;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.NewNotice;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.model.artifact.ArtifactStore;
import io.nelbo.model.artifact.FigureNames;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.train.Trainer;
import io.nelbo.model.train.Training;
import io.nelbo.model.train.TrainingReport;
import io.nelbo.model.train.TrainingRequest;
import io.nelbo.model.train.TrainingSpan;
import io.nelbo.schemas.ModelTrigger;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One training from files. */
@Command(
    name = "train",
    description = {
      "Train one model from CSV files (gzip too), or files of images, and put it into the store.",
      "CSV files need a header with the configuration's features and context fields; other columns"
          + " are ignored.",
      ""
    },
    mixinStandardHelpOptions = true)
public final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private CsvOptions csv;
  @Mixin private ImageOptions images;
  @Mixin private PublishOptions publish;
  @Mixin private FamilyOption family;

  @Option(
      names = "--input",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "CSV files, read one after the other. Of images: folders, with a series for each"
              + " sub-folder, or files, with wildcards.")
  private List<String> inputs;

  @Option(names = "--json", description = "One JSON object at the end.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    NelboConfig loaded = config.load();
    ArtifactStore artifacts = publish.store(loaded);
    NormalRecords normal = normalRecords(loaded);
    TrainingSpan span = normal.span();
    Optional<String> tooFarApart = GapAdvice.on(span, loaded);
    if (tooFarApart.isPresent()) {
      throw new IOException(tooFarApart.get());
    }
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "%,d records of %s in %d segments, %s to %s; %s%n",
        span.records(),
        loaded.image().isConfigured()
            ? span.shape().inWords()
            : span.featureNames().size() + " features",
        span.segments().size(),
        Instant.ofEpochMilli(span.startMillis()),
        Instant.ofEpochMilli(span.endMillis()),
        normal.leftOut());
    normal.lateNote().ifPresent(err::println);
    err.flush();
    TrainingRequest request =
        new TrainingRequest(
            loaded.model().id(),
            publish.nextVersion(loaded, artifacts),
            span,
            training(loaded),
            "manual");
    Training training;
    try (TrainingMeter meter = TrainingMeter.on(err, !json)) {
      training = new Trainer().train(request, meter);
    }
    PublishedArtifact published = artifacts.publish(training.artifact());
    Optional<String> provisional =
        ProvisionalModel.remark(
            training.artifact().manifest().calibration(), loaded.alert().budget());
    Optional<ModelNotice> notice =
        publish.announce(
            loaded,
            span.endMillis(),
            from -> activation(span, published, training, provisional, from));
    report(published, training.report(), provisional, notice);
    return CommandLine.ExitCode.OK;
  }

  private TrainingConfig training(NelboConfig loaded) {
    TrainingConfig configured = TrainingSetup.of(loaded);
    return family.chosen().map(configured::withFamily).orElse(configured);
  }

  private NormalRecords normalRecords(NelboConfig loaded) throws IOException {
    return loaded.image().isConfigured() ? normalImages(loaded) : normalRows(loaded);
  }

  private NormalRecords normalImages(NelboConfig loaded) throws IOException {
    ImageRecording recording =
        ImageRecording.of(inputs, images.time(), csv.columns(loaded.source()), loaded)
            .forTraining(loaded);
    recording.notes().forEach(spec.commandLine().getErr()::println);
    NormalRecords normal = new NormalRecords(loaded, recording.size());
    try (ImageReader reader = recording.open(loaded)) {
      for (Optional<Decoded> next = reader.next(); next.isPresent(); next = reader.next()) {
        Decoded read = next.get();
        if (read.isRejected()) {
          normal.refuse(read.refusal().reason(), reader.place() + ": " + read.refusal().message());
          continue;
        }
        Observation image = read.wellFormed();
        normal.add(image.series(), image.eventTimeMillis(), image.features(), -1, reader::place);
      }
      reader.advice().ifPresent(normal::advise);
    }
    return normal;
  }

  private NormalRecords normalRows(NelboConfig loaded) throws IOException {
    List<Path> files = inputs.stream().map(Path::of).toList();
    CsvMapping mapping =
        CsvMapping.of(
            files, csv.columns(loaded.source()), loaded.source().fields(), loaded.measured());
    mapping.notes().forEach(spec.commandLine().getErr()::println);
    CsvRecords rows =
        new CsvRecords(files, mapping.columns(), loaded.measured(), loaded.detector());
    RecordDecoder decoder = RecordDecoder.of(loaded);
    DecodedRecord judged = new DecodedRecord();
    NormalRecords normal = new NormalRecords(loaded, Long.MAX_VALUE);
    rows.forEach(
        row -> {
          if (decoder.judge(
              row.series(), row.eventTimeMillis(), row.values(), row.label(), judged)) {
            normal.add(
                judged.series(),
                judged.eventTimeMillis(),
                judged.features(),
                judged.label(),
                () -> rows.place(row));
          } else {
            normal.refuse(
                judged.reason().name(), "%s: %s".formatted(rows.place(row), judged.message()));
          }
        },
        bad ->
            normal.refuse(bad.reason().name(), "%s: %s".formatted(rows.place(bad), bad.message())));
    rows.notes().forEach(note -> spec.commandLine().getErr().println(note));
    return normal;
  }

  private static ModelNotice activation(
      TrainingSpan span,
      PublishedArtifact published,
      Training training,
      Optional<String> provisional,
      long from) {
    List<String> remarks = new ArrayList<>();
    remarks.add("trained from files");
    provisional.ifPresent(remarks::add);
    return NewNotice.activation(
        published,
        from,
        new ModelNotice.Span(span.startMillis(), span.endMillis(), span.records()),
        training.report().heldOutNegativeElbo(),
        ModelNotice.Why.of(ModelTrigger.MANUAL, remarks).withProvisional(provisional.isPresent()),
        Clock.systemUTC().millis());
  }

  private void report(
      PublishedArtifact published,
      TrainingReport report,
      Optional<String> provisional,
      Optional<ModelNotice> notice) {
    List<String> warnings = new ArrayList<>(report.warnings());
    provisional.ifPresent(warnings::add);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("model", published.modelId());
    result.put("version", published.version());
    result.put("uri", published.uri());
    result.put("sha256", published.sha256());
    result.put(FigureNames.HELD_OUT_NEGATIVE_ELBO, report.heldOutNegativeElbo());
    result.put("fit_windows", report.windows().fit());
    result.put("stop_windows", report.windows().stop());
    result.put("calibration_windows", report.windows().calibration());
    result.put("steps", report.steps().done());
    result.put(FigureNames.BEST_STEP, report.steps().best());
    result.put(FigureNames.ACTIVE_LATENTS, report.activeLatents());
    result.put("seconds", report.seconds());
    result.put("warnings", warnings);
    notice.ifPresent(
        written ->
            result.put(
                "effective_from", Instant.ofEpochMilli(written.effectiveFromMillis()).toString()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.line(result));
      return;
    }
    result.remove("warnings");
    result.put(
        FigureNames.HELD_OUT_NEGATIVE_ELBO,
        String.format(Locale.ROOT, "%.4f nats of the raw features", report.heldOutNegativeElbo()));
    result.forEach((name, value) -> out.printf("%-24s%s%n", name.replace('_', ' '), value));
    warnings.forEach(warning -> out.println("warning: " + warning));
    if (notice.isEmpty()) {
      out.printf(
          "%s governs no record until it is announced: 'nelbo models promote %s' does, or"
              + " --announce next time%n",
          published.version(), published.version());
    }
  }
}
