package io.nelbo.jobs.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.replay.result.SampleRows;
import io.nelbo.jobs.replay.result.ScoreRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DownsamplingTest {
  @Test
  void fewRowsAreAllKept() {
    List<ScoreRow> rows = rows(100);

    assertThat(new Downsampling(100).of(rows)).isEqualTo(rows);
  }

  @Test
  void everyAnomalyAndTheHighestOfEachStretchAreKept() {
    List<ScoreRow> rows = rows(10_000);

    List<ScoreRow> kept = new Downsampling(1_000).of(rows);

    assertThat(kept).hasSizeLessThanOrEqualTo(1_000).hasSizeGreaterThan(900);
    assertThat(kept).containsAll(rows.stream().filter(ScoreRow::anomaly).toList());
    int stretches = 1_000 - 10;
    for (int stretch = 0; stretch < stretches; stretch++) {
      List<ScoreRow> own =
          rows.subList(stretch * 10_000 / stretches, (stretch + 1) * 10_000 / stretches);
      assertThat(kept)
          .contains(
              own.stream().max(Comparator.comparingDouble(ScoreRow::alertScore)).orElseThrow());
    }
    assertThat(kept).isSortedAccordingTo(Comparator.comparingLong(ScoreRow::eventTimeMillis));
  }

  @Test
  void ofTooManyAnomaliesTheWorstAreKept() {
    List<ScoreRow> rows = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      rows.add(row(i, i == 2_345 ? 99 : 1 + i % 7 / 10.0));
    }

    List<ScoreRow> kept = new Downsampling(200).of(rows);

    assertThat(kept).hasSizeLessThanOrEqualTo(200).contains(rows.get(2_345));
  }

  /** One in a thousand is an anomaly. */
  private static List<ScoreRow> rows(int count) {
    List<ScoreRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(i, i % 1_000 == 500 ? 1.5 : (i * 7_919L % 997) / 1_000.0));
    }
    return rows;
  }

  private static ScoreRow row(int i, double score) {
    return SampleRows.scored(new ScoreRow.Origin(i, "a", -1, 0, i), score);
  }
}
