package io.nelbo.jobs.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.replay.result.SampleRows;
import io.nelbo.jobs.replay.result.ScoreRow;
import io.nelbo.jobs.replay.result.ScoreRow.Origin;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SeriesTracesTest {
  @Test
  void whatIsNotDrawnOfManySeriesIsToldInOneSentence() {
    List<ScoreRow> rows = new ArrayList<>();
    rows.addAll(rows("p".repeat(3_000), 5_000));
    rows.addAll(rows("pump-2", 4_500));
    rows.addAll(rows("pump-3", 10));

    SeriesTraces traces = new SeriesTraces(rows);

    assertThat(traces.leftOut())
        .singleElement()
        .asString()
        .startsWith("Of 9,500 anomalies in 2 series (" + "p".repeat(60))
        .contains("(3,000 characters), pump-2), ")
        .endsWith(" are drawn: the worst of each stretch.");
  }

  @Test
  void nothingIsSaidWhereAllIsDrawn() {
    assertThat(new SeriesTraces(rows("pump", 10)).leftOut()).isEmpty();
  }

  /** All anomalous. */
  private static List<ScoreRow> rows(String series, int count) {
    List<ScoreRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(SampleRows.scored(new Origin(i, series, -1, 0, i), 1 + i % 7 / 10.0));
    }
    return rows;
  }
}
