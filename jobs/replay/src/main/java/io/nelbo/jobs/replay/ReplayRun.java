package io.nelbo.jobs.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.nelbo.jobs.config.ConfigPrinter;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.replay.report.ReplayReport;
import io.nelbo.jobs.replay.result.EpisodesFile;
import io.nelbo.jobs.replay.result.ReplayEpisode;
import io.nelbo.jobs.replay.result.ReplayFigures;
import io.nelbo.jobs.replay.result.ReplayFiles;
import io.nelbo.jobs.replay.result.ReplayResult;
import io.nelbo.jobs.replay.result.ReplayResult.UsedModel;
import io.nelbo.jobs.replay.result.ScoreRow;
import io.nelbo.jobs.replay.result.ScoresFile;
import io.nelbo.jobs.replay.source.ReplayRange;
import io.nelbo.jobs.retrain.decide.ProvisionalModel;
import io.nelbo.jobs.score.LatentSample;
import io.nelbo.jobs.store.ArtifactStores;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.TriggerWords;
import io.nelbo.model.artifact.ArtifactStore;
import io.nelbo.model.calibrate.AlarmBudget;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.schemas.DeadLetterReason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One replay from its plan to its folder, on a Flink inside this process. */
public final class ReplayRun {
  /** Hears how far it is. */
  public interface Listener extends TrainingListener {
    /**
     * Called a few times a second while records are scored.
     *
     * @param read so far
     * @param all there are, about
     */
    void onRead(long read, long all);
  }

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Points of the latent space that a report can show. */
  private static final double LATENT_POINTS = 1_000;

  private static final double MORE_ANOMALIES = 20;

  private final ReplayPlan plan;
  private final Clock clock;
  private final String version;

  /**
   * @param version of this program, for {@code metrics.json}
   */
  public ReplayRun(ReplayPlan plan, Clock clock, String version) {
    this.plan = plan;
    this.clock = clock;
    this.version = version;
  }

  /**
   * Looks whether a replay may be written there.
   *
   * @param force whether an earlier replay there may be replaced
   * @throws IOException when something is there that must not be lost
   */
  public static void requireRoom(Path folder, boolean force) throws IOException {
    OutputFolder.requireRoom(folder, force);
  }

  /**
   * Runs it; the folder is there when this returns, and not before.
   *
   * @throws IOException when the folder cannot be written
   * @throws ExecutionException when the job fails
   */
  public ReplayResult run(Listener listener)
      throws IOException, TrainingException, InterruptedException, ExecutionException {
    try (OutputFolder out = OutputFolder.begin(plan.out(), plan.force())) {
      ReplayFiles files = new ReplayFiles(out.partial());
      Governed governed = governed(files, listener);
      Instant started = clock.instant();
      execute(governed, files, started, listener);
      Duration took = Duration.between(started, clock.instant());
      ReplayResult result = result(governed, files, took);
      MAPPER.writeValue(files.metrics().toFile(), result.metrics());
      new ReplayReport(plan.config().train().seed()).write(files.report(), result);
      out.publish();
      return result;
    }
  }

  /** Models, where they lie, and which records they are asked about. */
  private record Governed(NelboConfig config, List<ModelNotice> models, ReplayRange range) {}

  private Governed governed(ReplayFiles files, Listener listener)
      throws IOException, TrainingException, InterruptedException, ExecutionException {
    if (plan.models() instanceof ReplayPlan.Models.TrainedUntil trained) {
      ModelNotice model =
          new BacktestTraining(plan.config())
              .train(plan.source(), trained.until(), files.models(), listener);
      return new Governed(
          plan.config().withModel(plan.config().model().withStore(files.models())),
          List.of(model),
          plan.range().notBefore(trained.until().toEpochMilli()));
    }
    if (plan.models() instanceof ReplayPlan.Models.Retrained retrained) {
      List<ModelNotice> decisions =
          new BacktestRetraining(plan.config())
              .decide(
                  plan.source(),
                  files.models(),
                  retrained.trainingTime(),
                  read -> listener.onRead(read, plan.source().size()));
      long first =
          decisions.stream()
              .filter(ModelNotice::isActivation)
              .mapToLong(ModelNotice::effectiveFromMillis)
              .min()
              .orElseThrow();
      return new Governed(
          plan.config().withModel(plan.config().model().withStore(files.models())),
          decisions,
          plan.range().notBefore(first));
    }
    ReplayPlan.Models.Known known = (ReplayPlan.Models.Known) plan.models();
    return new Governed(plan.config(), known.notices(), plan.range());
  }

  private void execute(Governed governed, ReplayFiles files, Instant started, Listener listener)
      throws InterruptedException, ExecutionException {
    double share = Math.min(1, LATENT_POINTS / Math.max(1, plan.source().judged()));
    LatentSample latent = new LatentSample(share, Math.min(1, MORE_ANOMALIES * share));
    LocalJob.run(
        "nelbo-" + plan.config().detector() + "-replay",
        env ->
            ReplayJob.define(
                env,
                governed.config(),
                plan.source(),
                governed.range(),
                governed.models(),
                latent,
                files,
                started),
        read -> listener.onRead(read, plan.source().size()));
    listener.onRead(plan.source().size(), plan.source().size());
  }

  private ReplayResult result(Governed governed, ReplayFiles files, Duration took)
      throws IOException {
    List<ScoreRow> rows = ScoresFile.read(files.scores());
    List<ReplayEpisode> episodes = EpisodesFile.read(files.anomalies(), rows);
    AlarmBudget asked = plan.config().alert().budget();
    Map<String, Long> used = recordsByModel(rows);
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("detector", plan.config().detector());
    metrics.put("input", plan.source().describe());
    metrics.putAll(new ReplayFigures(rows, episodes, asked).all());
    Map<String, Long> refused = DeadLetterCounts.read(files.deadLetters());
    Long late = refused.remove(DeadLetterReason.LATE.name());
    metrics.put("late", late == null ? 0L : late);
    metrics.put("dead_letters", refused);
    List<UsedModel> models = models(governed, used);
    metrics.put("models", models.stream().map(model -> fields(model, used)).toList());
    if (plan.models() instanceof ReplayPlan.Models.Retrained) {
      metrics.put("decisions", governed.models().stream().map(ReplayRun::fields).toList());
    }
    metrics.compute("notes", (name, notes) -> withRemarks(notes, governed, models, asked));
    metrics.put("seconds", took.toMillis() / 1000.0);
    metrics.put(
        "records_per_second", plan.source().size() / Math.max(0.001, took.toMillis() / 1e3));
    metrics.put("config", new ConfigPrinter().tree(plan.config()));
    metrics.put("version", version);
    String most =
        used.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse("");
    return new ReplayResult(
        plan.config().detector(),
        plan.source().describe(),
        asked,
        rows,
        episodes,
        metrics,
        models,
        LatentLines.read(files.latent(), most));
  }

  /** Adds what the trainings and calibrations of the models have to say. */
  private static List<String> withRemarks(
      @Nullable Object notes, Governed governed, List<UsedModel> models, AlarmBudget asked) {
    List<String> all = new ArrayList<>();
    if (notes instanceof Collection<?> known) {
      known.forEach(note -> all.add(note.toString()));
    }
    for (UsedModel model : models) {
      String version = model.manifest().version();
      Optional<String> provisional = ProvisionalModel.remark(model.manifest().calibration(), asked);
      provisional.ifPresent(remark -> all.add("model " + version + " is " + remark));
      governed.models().stream()
          .filter(notice -> notice.version().equals(version))
          .flatMap(notice -> notice.why().reasons().stream())
          .filter(reason -> !reason.isEmpty() && !reason.equals(provisional.orElse("")))
          .forEach(reason -> all.add("model " + version + ": " + reason));
    }
    return all.stream().distinct().toList();
  }

  private static Map<String, Long> recordsByModel(List<ScoreRow> rows) {
    return rows.stream()
        .filter(ScoreRow::isScored)
        .collect(Collectors.groupingBy(ScoreRow::model, TreeMap::new, Collectors.counting()));
  }

  private static List<UsedModel> models(Governed governed, Map<String, Long> used)
      throws IOException {
    ArtifactStore store = ArtifactStores.open(governed.config().model());
    Map<String, UsedModel> models = new LinkedHashMap<>();
    for (ModelNotice notice : governed.models()) {
      if (used.containsKey(notice.version()) && !models.containsKey(notice.version())) {
        models.put(
            notice.version(),
            new UsedModel(store.load(notice.uri(), notice.sha256()).manifest(), notice.sha256()));
      }
    }
    return new ArrayList<>(models.values());
  }

  private static Map<String, Object> fields(ModelNotice decision) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", decision.kind().name());
    fields.put("version", decision.version());
    fields.put("trigger", TriggerWords.of(decision.trigger()));
    fields.put("span_start", Instant.ofEpochMilli(decision.spanStartMillis()).toString());
    fields.put("span_end", Instant.ofEpochMilli(decision.spanEndMillis()).toString());
    fields.put("rows", decision.rows());
    if (decision.isActivation()) {
      fields.put("effective_from", Instant.ofEpochMilli(decision.effectiveFromMillis()).toString());
    }
    fields.put("reason", decision.reason());
    return fields;
  }

  private static Map<String, Object> fields(UsedModel model, Map<String, Long> used) {
    Map<String, Object> fields = new LinkedHashMap<>();
    String modelVersion = model.manifest().version();
    fields.put("version", modelVersion);
    fields.put("sha256", model.sha256());
    fields.put("records", used.getOrDefault(modelVersion, 0L));
    return fields;
  }
}
