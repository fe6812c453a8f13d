package io.nelbo.jobs.replay.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.nelbo.jobs.replay.result.ReplayEpisode.Worst;
import io.nelbo.model.calibrate.AlarmBudget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ReplayFiguresTest {
  @Test
  void countsDaysOfAllSeriesAndEpisodesOutsideOfLabels() {
    double[] scores = new double[1_440];
    int[] labels = new int[1_440];
    Arrays.fill(labels, 100, 200, 1);
    List<ScoreRow> rows = new ArrayList<>(LabelledFiguresTest.rows("a", scores, labels));
    rows.addAll(LabelledFiguresTest.rows("b", scores, new int[1_440]));
    List<ReplayEpisode> episodes =
        List.of(episode("a", 90, 101), episode("a", 300, 310), episode("b", 150, 151));

    Map<String, Object> figures =
        new ReplayFigures(rows, episodes, new AlarmBudget.RecordRate(0.001)).all();

    assertThat(figures.get("series_days")).isEqualTo(2.0);
    assertThat(figures).containsEntry("episodes_per_series_day", 1.5);
    assertThat(figures.get("metrics"))
        .asInstanceOf(MAP)
        .containsEntry("false_alarms_per_series_day", 1.0);
    assertThat(figures)
        .containsEntry("labels", Map.of("anomalous", 100L, "normal", 2_780L, "unknown", 0L));
  }

  @Test
  void measuredRatesAreThoseOfTheNormalRecords() {
    double[] scores = new double[1_000];
    int[] labels = new int[1_000];
    for (int i = 0; i < 1_000; i++) {
      scores[i] = i < 20 ? 5 : 0; // p = exp(-score)
      labels[i] = i < 10 ? 1 : 0;
    }

    Map<String, Object> figures =
        new ReplayFigures(
                LabelledFiguresTest.rows("a", scores, labels),
                List.of(),
                new AlarmBudget.RecordRate(0.01))
            .all();

    assertThat(figures.get("calibration"))
        .asInstanceOf(LIST)
        .anySatisfy(
            rate ->
                assertThat(rate)
                    .asInstanceOf(MAP)
                    .containsEntry("asked", 0.01)
                    .containsEntry("measured", 10 / 990.0)
                    .containsEntry("rows", 990L));
  }

  @Test
  void aBudgetPerSeriesAndDayIsJudgedByItsEpisodes() {
    List<ScoreRow> rows = LabelledFiguresTest.rows("a", new double[1_440], new int[1_440]);
    List<ReplayEpisode> many =
        IntStream.range(0, 30).mapToObj(i -> episode("a", 40 * i, 40 * i + 1)).toList();

    Map<String, Object> figures =
        new ReplayFigures(rows, many, new AlarmBudget.EpisodeRate(0.5, 600_000)).all();

    assertThat(figures)
        .containsEntry("asked_false_alarms_per_series_day", 0.5)
        .doesNotContainKey("asked_false_alarm_rate");
    assertThat(figures.get("notes"))
        .asInstanceOf(LIST)
        .contains(
            "30 episodes per series and day, asked for 0.50: either much is wrong, or the model was"
                + " trained on other data than these");
  }

  @Test
  void saysWhenLabelsAreEqualOrMissing() {
    List<ScoreRow> equal = LabelledFiguresTest.rows("a", new double[] {0.1, 0.2}, 0, 0);
    List<ScoreRow> none = LabelledFiguresTest.rows("a", new double[] {0.1, 0.2}, -1, -1);

    assertThat(new ReplayFigures(equal, List.of(), new AlarmBudget.RecordRate(0.01)).all())
        .containsEntry(
            "notes", List.of("all 2 labels are equal: AUROC and average precision are undefined"));
    assertThat(new ReplayFigures(none, List.of(), new AlarmBudget.RecordRate(0.01)).all())
        .containsEntry(
            "notes",
            List.of("no record is labelled: whether the alarms are right cannot be measured"));
  }

  private static ReplayEpisode episode(String series, int first, int last) {
    return new ReplayEpisode(
        series + first,
        series,
        first * 60_000L,
        last * 60_000L,
        2,
        new Worst(first * 60_000L, 2, 1e-6, 1, 1, 0, "v000001"),
        List.of());
  }
}
