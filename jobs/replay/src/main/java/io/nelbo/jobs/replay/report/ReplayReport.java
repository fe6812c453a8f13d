package io.nelbo.jobs.replay.report;

import io.nelbo.jobs.replay.result.ReplayResult;
import io.nelbo.jobs.replay.result.ReplayResult.UsedModel;
import io.nelbo.model.calibrate.AlarmBudget.RecordRate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a replay found out, as one HTML file that can be read offline. It is bounded: of a long
 * replay it shows a thinned picture and says what it left out.
 */
public final class ReplayReport {
  private static final int MOST_TAILS = 6;

  private final long seed;

  /**
   * @param seed of the map of the latent space
   */
  public ReplayReport(long seed) {
    this.seed = seed;
  }

  /**
   * Writes the report; an older file is replaced once the new one is whole.
   *
   * @throws IOException when it cannot be written; then no part of it is left behind
   */
  public void write(Path html, ReplayResult result) throws IOException {
    new HtmlPage("report.html").write(html, data(result));
  }

  Map<String, @Nullable Object> data(ReplayResult result) {
    LabelledScores labels = LabelledScores.of(result.rows());
    ReplaySummary summary = new ReplaySummary(result, labels);
    SeriesTraces traces = new SeriesTraces(result.rows());
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("title", result.detector());
    data.put("version", String.valueOf(result.metrics().getOrDefault("version", "")));
    data.put("summary", summary.sentences());
    data.put("warnings", summary.warnings());
    data.put("headlines", summary.headlines());
    data.put("askedRate", result.asked() instanceof RecordRate budget ? budget.rate() : null);
    data.put("traces", traces.traces());
    data.put("tracesLeftOut", traces.leftOut());
    data.put("episodes", EpisodeCards.of(result.episodes()));
    data.put("episodesLeftOut", EpisodeCards.leftOut(result.episodes()));
    putDistributions(data, labels, result.models());
    data.put("latent", new LatentMaps(seed).of(result.latent()));
    Map<String, Long> records = summary.recordsByModel();
    List<Map<String, String>> cards = new ArrayList<>();
    for (UsedModel model : result.models()) {
      cards.add(
          UsedModelCard.of(
              model, records.getOrDefault(model.manifest().version(), 0L), result.asked()));
    }
    data.put("models", cards);
    data.put("figures", FigureTable.of(result.metrics()));
    return data;
  }

  private static void putDistributions(
      Map<String, @Nullable Object> data, LabelledScores labels, List<UsedModel> models) {
    double[] normal =
        labels.takenAsNormal().stream().mapToDouble(row -> row.alone().pValue()).toArray();
    data.put("labelled", labels.anomalous() + labels.normal());
    data.put("scores", Distributions.scores(labels));
    data.put("pValues", Distributions.pValues(normal));
    data.put("rates", Distributions.rates(normal));
    data.put("normal", labels.whoIsNormal());
    data.put("curves", Distributions.curves(labels));
    data.put(
        "tails",
        models.subList(Math.max(0, models.size() - MOST_TAILS), models.size()).stream()
            .map(Distributions::tail)
            .toList());
  }
}
