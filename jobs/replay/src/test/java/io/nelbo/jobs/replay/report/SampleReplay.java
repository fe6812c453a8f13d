package io.nelbo.jobs.replay.report;

import io.nelbo.jobs.replay.result.LatentPoint;
import io.nelbo.jobs.replay.result.ReplayEpisode;
import io.nelbo.jobs.replay.result.ReplayEpisode.Blamed;
import io.nelbo.jobs.replay.result.ReplayEpisode.Worst;
import io.nelbo.jobs.replay.result.ReplayResult;
import io.nelbo.jobs.replay.result.ReplayResult.UsedModel;
import io.nelbo.jobs.replay.result.SampleRows;
import io.nelbo.jobs.replay.result.ScoreRow;
import io.nelbo.jobs.replay.result.ScoreRow.Judge;
import io.nelbo.jobs.replay.result.ScoreRow.Origin;
import io.nelbo.model.artifact.DenseNetworkSpec;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelLabel;
import io.nelbo.model.artifact.NoiseSpec;
import io.nelbo.model.artifact.Provenance;
import io.nelbo.model.calibrate.AlarmBudget;
import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.calibrate.FeatureLosses;
import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.WindowShape;
import io.nelbo.model.scale.FeatureScale;
import io.nelbo.model.scale.Scaler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A made-up replay: five pumps, two models, four faults each, labels for all or for none. */
final class SampleReplay {
  static final String HOSTILE = "<img src=x onerror=\"document.title='broken'\">";

  static final String FOREIGN = "Öl–Pumpe 泵 🛢";

  private static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
  private static final int ROWS = 6_000;
  private static final long STEP = 60_000;
  private static final List<String> FEATURES =
      List.of("pressure", "flow", HOSTILE + "\u2028</script>");

  private final SplittableRandom random;
  private final boolean labelled;
  private final List<ScoreRow> rows = new ArrayList<>();
  private final List<ReplayEpisode> episodes = new ArrayList<>();
  private final List<LatentPoint> latent = new ArrayList<>();

  private SampleReplay(long seed, boolean labelled) {
    this.random = new SplittableRandom(seed);
    this.labelled = labelled;
  }

  static ReplayResult labelled(long seed) {
    return new SampleReplay(seed, true).result();
  }

  static ReplayResult unlabelled(long seed) {
    return new SampleReplay(seed, false).result();
  }

  private ReplayResult result() {
    for (String series : List.of("pump-1", "pump-2", "pump-3", FOREIGN, HOSTILE)) {
      series(series);
    }
    return new ReplayResult(
        "pumps of hall 2 " + HOSTILE,
        "3 files of history/*.csv.gz",
        new AlarmBudget.RecordRate(0.001),
        rows,
        episodes,
        metrics(),
        List.of(model(1, 300, 2), model(2, 4_000, 3)),
        latent);
  }

  private void series(String name) {
    for (int fault = 0; fault < 4; fault++) {
      int first = 900 + fault * 1_200 + random.nextInt(300);
      episode(name, first, first + 5 + random.nextInt(60), 1.5 + Math.exp(4 * random.nextDouble()));
    }
    for (int i = 0; i < ROWS; i++) {
      row(name, i);
    }
  }

  private void row(String name, int i) {
    long time = START + i * STEP;
    boolean faulty =
        episodes.stream()
            .anyMatch(
                episode ->
                    episode.series().equals(name)
                        && time >= episode.startMillis() - 3 * STEP
                        && time <= episode.endMillis());
    boolean alarms =
        episodes.stream()
            .anyMatch(
                episode ->
                    episode.series().equals(name)
                        && time >= episode.startMillis()
                        && time <= episode.endMillis());
    double score =
        alarms
            ? 1 + random.nextDouble() * worstAt(name, time)
            : Math.log(1 - random.nextDouble()) / Math.log(0.001);
    int label = labelled ? (faulty ? 1 : 0) : -1;
    Origin origin = new Origin(time, name, label, 0, rows.size());
    rows.add(
        i < 100
            ? SampleRows.unscored(origin)
            : SampleRows.scored(
                origin, new Judge(i < 2_000 ? "v000001" : "v000002", false, i == 2_000), score));
    if (i % 100 == 0 || (alarms && latent.size() < 150)) {
      latent.add(new LatentPoint(name, time, code(alarms), score, label));
    }
  }

  private double worstAt(String name, long time) {
    return episodes.stream()
        .filter(episode -> episode.series().equals(name) && time <= episode.endMillis())
        .mapToDouble(episode -> episode.worst().score() - 1)
        .findFirst()
        .orElse(1);
  }

  private float[] code(boolean alarms) {
    float[] code = new float[4];
    for (int k = 0; k < code.length; k++) {
      code[k] = (float) (random.nextGaussian() * (k + 1) / 4 + (alarms ? 2.5 : 0));
    }
    return code;
  }

  private void episode(String series, int first, int last, double score) {
    long start = START + first * STEP;
    episodes.add(
        new ReplayEpisode(
            series + first,
            series,
            start,
            START + last * STEP,
            last - first + 1L,
            new Worst(start + STEP, score, Math.pow(0.001, score), 80.25, 71.5, 8.75, "v000002"),
            List.of(
                new Blamed("pressure", 0.62, 7.91, 3.12, 0.21),
                new Blamed("flow", 0.31, 38.2, 41.8, 1.15),
                new Blamed(FEATURES.get(2), 0.07, Double.NaN, -1.25e-5, 3e-6))));
  }

  private Map<String, Object> metrics() {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("detector", "pumps");
    metrics.put("input", "3 files");
    metrics.put("records", rows.size());
    metrics.put("scored", rows.stream().filter(ScoreRow::isScored).count());
    metrics.put("unscored", Map.of("NO_MODEL", 500));
    metrics.put("late", 12);
    metrics.put("dead_letters", Map.of("PARSE", 3));
    metrics.put("series", 5);
    metrics.put("series_days", 20.8);
    metrics.put("episodes", episodes.size());
    metrics.put("episodes_per_series_day", 0.96);
    metrics.put("asked_false_alarm_rate", 0.001);
    metrics.put("alarm_rate", 0.0213);
    if (labelled) {
      Map<String, Object> quality = new LinkedHashMap<>();
      quality.put("auroc", 0.9731);
      quality.put("ap", 0.8812);
      quality.put("f1", 0.86);
      quality.put("events", 20);
      quality.put("events_found", 19);
      quality.put("event_recall", 0.95);
      quality.put("seconds_to_detection", 180);
      quality.put("point_adjusted_f1_misleading", 0.99);
      metrics.put("metrics", quality);
    }
    metrics.put("notes", List.of("The lead-in began 1 h before --from."));
    metrics.put("version", "0.1.0");
    return metrics;
  }

  private UsedModel model(int version, int heldOut, long seed) {
    SplittableRandom noise = new SplittableRandom(seed);
    double[] statistics = noise.doubles(heldOut).map(u -> -8 - 3 * Math.log(1 - u)).toArray();
    FeatureScale scale = new FeatureScale(new double[] {3, 41, 0}, new double[] {0.2, 2, 1e-5});
    FeatureScale own = new FeatureScale(new double[] {4, 40, 0}, new double[] {0.3, 2, 1e-5});
    Provenance trained =
        new Provenance(
            new Provenance.Records(START - 86_400_000L, START, 20_000, "0f3a"),
            1,
            "0.1.0",
            "first");
    Provenance.Recalibrated later =
        new Provenance.Recalibrated(
            "v000001", new Provenance.Records(START, START + 86_400_000L, heldOut, "0f3b"));
    Manifest manifest =
        new Manifest(
            new ModelLabel(2, "pumps", "v%06d".formatted(version), "vae"),
            new WindowShape(8, new RecordColumns(FEATURES)),
            new DenseNetworkSpec(
                64, 4, new LikelihoodSpec("student", 0.05, 10), new NoiseSpec(4, "antithetic")),
            Scaler.of(scale, Map.of("pump-1", own, "pump-2", scale), Map.of()),
            Optional.of(
                new FeatureLosses(new double[FEATURES.size()], new double[FEATURES.size()])),
            Calibration.fit(statistics, heldOut / 1.5),
            version == 1 ? trained : trained.recalibrated(later, "recalibrate"),
            Map.of("held_out_negative_elbo", -3.25, "calibration_rows", (double) heldOut));
    return new UsedModel(manifest, "%064x".formatted(version * 7_919L));
  }
}
