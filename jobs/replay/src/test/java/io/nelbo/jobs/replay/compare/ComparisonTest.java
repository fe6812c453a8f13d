package io.nelbo.jobs.replay.compare;

import static io.nelbo.jobs.replay.compare.Replays.episode;
import static io.nelbo.jobs.replay.compare.Replays.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nelbo.jobs.replay.result.ReplayEpisode;
import io.nelbo.jobs.replay.result.ReplayFolder;
import io.nelbo.jobs.replay.result.ScoreRow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  @Test
  void anEpisodeIsAloneWhenNoneOfItsSeriesOverlapsIt() {
    ReplayEpisode touching = episode("a", 10, 20);
    ReplayEpisode alone = episode("a", 21, 30);
    ReplayEpisode otherSeries = episode("b", 15, 18);

    List<ReplayEpisode> found =
        Comparison.alone(
            List.of(touching, alone, otherSeries),
            List.of(episode("a", 20, 20)),
            new SeriesNames(false));

    assertThat(found).containsExactly(alone, otherSeries);
  }

  @Test
  void theOneSeriesOfEachMayHaveTwoNames() {
    ReplayEpisode overlapping = episode("a", 10, 20);
    ReplayEpisode alone = episode("a", 21, 30);

    List<ReplayEpisode> found =
        Comparison.alone(
            List.of(overlapping, alone), List.of(episode("b", 20, 20)), new SeriesNames(true));

    assertThat(found).containsExactly(alone);
  }

  @Test
  void agreementCountsTheRecordsThatBothScored() {
    List<ScoreRow> first =
        List.of(row("a", 1, 0.5, 0, 0), row("a", 2, 1.5, 0, 1), row("a", 3, 2, 0, 2));
    List<ScoreRow> second =
        List.of(row("a", 1, 1.1, 0, 0), row("a", 2, 1.2, 0, 1), row("a", 3, 3, 0, 2));

    Agreement agreement =
        Agreement.of(MatchedRows.of(first, second, SeriesNames.of(first, second)));

    assertThat(agreement.scored()).isEqualTo(3);
    assertThat(agreement.bothAlarm()).isEqualTo(2);
    assertThat(agreement.onlyFirstAlarms()).isZero();
    assertThat(agreement.onlySecondAlarms()).isEqualTo(1);
    assertThat(agreement.alarmOverlap()).isEqualTo(2 / 3.0, within(1e-12));
    assertThat(agreement.rankCorrelation()).isEqualTo(1, within(1e-12));
    assertThat(agreement.largestDifference()).isEqualTo(1, within(1e-12));
  }

  @Test
  void settingsThatDifferAndAllFiguresAreSetSideBySide() {
    ReplayFolder first =
        folder(
            Map.of(
                "detector",
                "pumps",
                "asked_false_alarm_rate",
                0.001,
                "models",
                List.of(Map.of("version", "v000001", "sha256", "aa", "records", 5)),
                "metrics",
                Map.of("auroc", 0.75)));
    ReplayFolder second =
        folder(
            Map.of(
                "detector",
                "pumps",
                "asked_false_alarm_rate",
                0.01,
                "models",
                List.of(Map.of("version", "v000002", "sha256", "bb", "records", 5)),
                "metrics",
                Map.of("auroc", 0.5, "ap", 0.25)));

    Comparison comparison = Comparison.of(first, second);

    assertThat(comparison.settings())
        .containsOnly(
            Map.entry("asked_false_alarm_rate", new Comparison.Texts("0.001", "0.01")),
            Map.entry("models.v000001", new Comparison.Texts("aa", "")),
            Map.entry("models.v000002", new Comparison.Texts("", "bb")));
    assertThat(comparison.figures())
        .containsOnly(
            Map.entry("metrics.auroc", new Comparison.Numbers(0.75, 0.5)),
            Map.entry("metrics.ap", new Comparison.Numbers(Double.NaN, 0.25)));
    assertThat(new Comparison.Numbers(0.75, 0.5).difference()).isEqualTo(-0.25);
  }

  private static ReplayFolder folder(Map<String, Object> metrics) {
    return new ReplayFolder(Path.of("a"), List.of(), List.of(), metrics);
  }
}
