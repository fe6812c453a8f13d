package io.nelbo.jobs.replay.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Against values computed by hand. */
final class LabelledFiguresTest {
  private static final Offset<Double> ROUNDING = within(1e-12);

  @Test
  void ranksAndCountsOverAllSeriesAndJudgesEventsInEach() {
    List<ScoreRow> first = rows("a", new double[] {0.1, 1.2, 0.3, 2.0, 0.2}, 0, 0, 1, 1, 0);
    List<ScoreRow> second = rows("b", new double[] {0.4, 0.5, 1.5, 0.6}, 1, 0, 0, 0);

    Map<String, Double> figures = new LabelledFigures(List.of(first, second)).all();

    // Anomalous 2.0, 0.4, 0.3; normal 1.5, 1.2, 0.6, 0.5, 0.2, 0.1: 6 + 2 + 2 of 18 pairs.
    assertThat(figures.get("auroc")).isEqualTo(10 / 18.0, ROUNDING);
    // Found at ranks 1, 6 and 7.
    assertThat(figures.get("ap")).isEqualTo((1 / 1.0 + 2 / 6.0 + 3 / 7.0) / 3, ROUNDING);
    // Three alarms, one of them right, of three anomalous rows.
    assertThat(figures.get("precision")).isEqualTo(1 / 3.0, ROUNDING);
    assertThat(figures.get("recall")).isEqualTo(1 / 3.0, ROUNDING);
    // The best border lets 7 rows alarm, all three right: 6 / (6 + 4).
    assertThat(figures.get("best_f1")).isEqualTo(0.6, ROUNDING);
    // Events a[2..3] and b[0]: one found, with two false alarms beside it.
    assertThat(figures.get("events")).isEqualTo(2);
    assertThat(figures.get("events_found")).isEqualTo(1);
    assertThat(figures.get("event_precision")).isEqualTo(1 / 3.0, ROUNDING);
    assertThat(figures.get("event_recall")).isEqualTo(0.5, ROUNDING);
    // The alarm comes with the second row of the event, a minute after its start.
    assertThat(figures.get("seconds_to_detection")).isEqualTo(60, ROUNDING);
  }

  @Test
  void equalLabelsLeaveTheRankingUndefinedInsteadOfInventingIt() {
    Map<String, Double> figures =
        new LabelledFigures(List.of(rows("a", new double[] {0.1, 1.2}, 0, 0))).all();

    assertThat(figures).doesNotContainKeys("auroc", "ap", "f1", "vus_pr");
  }

  @Test
  void whatHasNoScoreIsNotRankedButAnEventThatWasMissed() {
    List<ScoreRow> rows = new ArrayList<>(rows("a", new double[] {0.1, 1.2, 9}, 0, 1, -1));
    rows.add(row("a", 3, 0.2, 0));
    rows.add(row("a", 4, Double.NaN, 1));

    Map<String, Double> figures = new LabelledFigures(List.of(rows)).all();

    assertThat(figures.get("auroc")).isEqualTo(1);
    assertThat(figures.get("events")).isEqualTo(2);
    assertThat(figures.get("events_found")).isEqualTo(1);
  }

  static List<ScoreRow> rows(String series, double[] scores, int... labels) {
    List<ScoreRow> rows = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      rows.add(row(series, i, scores[i], labels[i]));
    }
    return rows;
  }

  private static ScoreRow row(String series, int minute, double score, int label) {
    ScoreRow.Origin origin = new ScoreRow.Origin(minute * 60_000L, series, label, 0, minute);
    return Double.isNaN(score) ? SampleRows.unscored(origin) : SampleRows.scored(origin, score);
  }
}
