package io.nelbo.jobs.replay.compare;

import static io.nelbo.jobs.replay.compare.Replays.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.replay.compare.MatchedRows.Pair;
import io.nelbo.jobs.replay.result.ScoreRow;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MatchedRowsTest {
  @Test
  void theSamePositionOfTheSameInputIsTheSameRecord() {
    List<ScoreRow> first = List.of(row("a", 1, 0.1, 0, 0), row("a", 1, 0.2, 0, 1));
    List<ScoreRow> second = List.of(row("a", 1, 0.4, 0, 1), row("a", 1, 0.3, 0, 0));

    MatchedRows matched = matched(first, second);

    assertThat(matched.pairs())
        .containsExactly(
            new Pair(first.get(0), second.get(1)), new Pair(first.get(1), second.get(0)));
  }

  @Test
  void positionsOfAnotherInputMeanNothingSoThatSeriesAndTimeDecide() {
    List<ScoreRow> first = List.of(row("a", 1, 0.1, 0, 0), row("b", 1, 0.2, 0, 1));
    List<ScoreRow> second =
        List.of(row("b", 1, 0.3, 0, 0), row("a", 1, 0.4, 0, 1), row("a", 2, 0.5, 0, 2));

    MatchedRows matched = matched(first, second);

    assertThat(matched.pairs())
        .containsExactly(
            new Pair(first.get(0), second.get(1)), new Pair(first.get(1), second.get(0)));
    assertThat(matched.onlyFirst()).isZero();
    assertThat(matched.onlySecond()).isEqualTo(1);
  }

  @Test
  void equalTimesOfASeriesAreMatchedInTheirOrder() {
    List<ScoreRow> first = List.of(row("a", 1, 0.1, 0, 0), row("a", 1, 0.2, 0, 1));
    List<ScoreRow> second = List.of(row("a", 1, 0.3, 7, 0), row("a", 1, 0.4, 7, 1));

    MatchedRows matched = matched(first, second);

    assertThat(matched.pairs())
        .containsExactly(
            new Pair(first.get(0), second.get(0)), new Pair(first.get(1), second.get(1)));
  }

  @Test
  void replaysOfDifferentRecordsHaveNothingInCommon() {
    MatchedRows matched =
        matched(
            List.of(row("a", 1, 0.1, 0, 0), row("b", 1, 0.1, 0, 1)),
            List.of(row("c", 1, 0.1, 1, 0), row("d", 1, 0.1, 1, 1)));

    assertThat(matched).isEqualTo(new MatchedRows(List.of(), 2, 2));
  }

  @Test
  void theOneSeriesOfEachMayHaveTwoNames() {
    MatchedRows matched = matched(List.of(row("a", 1, 0.1, 0, 0)), List.of(row("b", 1, 0.2, 1, 0)));

    assertThat(matched.pairs()).hasSize(1);
    assertThat(matched.onlyFirst()).isZero();
    assertThat(matched.onlySecond()).isZero();
  }

  private static MatchedRows matched(List<ScoreRow> first, List<ScoreRow> second) {
    return MatchedRows.of(first, second, SeriesNames.of(first, second));
  }
}
