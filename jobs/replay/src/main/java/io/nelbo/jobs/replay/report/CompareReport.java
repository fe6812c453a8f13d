package io.nelbo.jobs.replay.report;

import io.nelbo.jobs.replay.compare.Comparison;
import io.nelbo.jobs.replay.compare.MatchedRows;
import io.nelbo.jobs.replay.result.ReplayFolder;
import io.nelbo.jobs.text.NumberText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two replays side by side, as one HTML file that can be read offline. */
public final class CompareReport {
  private static final int MOST_POINTS = 6_000;

  /**
   * Writes the page; an older file is replaced once the new one is whole.
   *
   * @throws IOException when it cannot be written; then no part of it is left behind
   */
  public void write(Path html, Comparison comparison) throws IOException {
    new HtmlPage("compare.html").write(html, data(comparison));
  }

  Map<String, @Nullable Object> data(Comparison comparison) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("first", name(comparison.first()));
    data.put("second", name(comparison.second()));
    data.put("version", String.valueOf(comparison.second().metrics().getOrDefault("version", "")));
    data.put("summary", CompareSummary.sentences(comparison));
    data.put("settings", settings(comparison));
    data.put("figures", figures(comparison));
    data.put("pairs", pairs(comparison.matched()));
    data.put("scored", comparison.agreement().scored());
    data.put(
        "episodes",
        List.of(EpisodeCards.of(comparison.onlyFirst()), EpisodeCards.of(comparison.onlySecond())));
    data.put(
        "episodesLeftOut",
        List.of(
            EpisodeCards.leftOut(comparison.onlyFirst()),
            EpisodeCards.leftOut(comparison.onlySecond())));
    return data;
  }

  private static String name(ReplayFolder replay) {
    return replay.folder().toString();
  }

  private static List<List<String>> settings(Comparison comparison) {
    List<List<String>> rows = new ArrayList<>();
    comparison
        .settings()
        .forEach((name, texts) -> rows.add(List.of(name, texts.first(), texts.second())));
    return rows;
  }

  private static List<Map<String, Object>> figures(Comparison comparison) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (boolean ofMetrics : new boolean[] {true, false}) {
      comparison
          .figures()
          .forEach(
              (path, numbers) -> {
                if (path.startsWith("metrics.") == ofMetrics) {
                  rows.add(
                      Map.of(
                          "name", FigureTable.nameOf(path),
                          "first", CompareSummary.number(numbers.first()),
                          "second", CompareSummary.number(numbers.second()),
                          "difference", CompareSummary.difference(numbers),
                          "meaning", FigureTable.meaningOf(path),
                          "misleading", FigureTable.isMisleading(path)));
                }
              });
    }
    return rows;
  }

  /**
   * Score in the first, in the second, and who alarms: 0 none, 1 the first, 2 the second, 3 both.
   * Every record that alarms is drawn as long as there is room, of the others an even sample.
   */
  private static List<double[]> pairs(MatchedRows matched) {
    List<double[]> alarming = new ArrayList<>();
    List<double[]> silent = new ArrayList<>();
    for (MatchedRows.Pair pair : matched.pairs()) {
      if (pair.isScored()) {
        int who = (pair.first().anomaly() ? 1 : 0) + (pair.second().anomaly() ? 2 : 0);
        (who > 0 ? alarming : silent)
            .add(new double[] {pair.first().alertScore(), pair.second().alertScore(), who});
      }
    }
    List<double[]> drawn = evenly(alarming, MOST_POINTS / 2);
    drawn.addAll(evenly(silent, MOST_POINTS - drawn.size()));
    drawn.forEach(
        point -> {
          point[0] = NumberText.rounded(point[0], 4);
          point[1] = NumberText.rounded(point[1], 4);
        });
    return drawn;
  }

  private static List<double[]> evenly(List<double[]> points, int most) {
    List<double[]> kept = new ArrayList<>();
    int size = Math.min(most, points.size());
    for (int i = 0; i < size; i++) {
      kept.add(points.get((int) ((long) i * points.size() / size)));
    }
    return kept;
  }
}
