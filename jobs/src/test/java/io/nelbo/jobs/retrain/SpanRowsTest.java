package io.nelbo.jobs.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.stream.Observed;
import io.nelbo.model.window.RecordColumns;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SpanRowsTest {
  private final SpanRows rows = new SpanRows(new RecordColumns(List.of("flow")), 3, 1_000);

  @Test
  void keepsTheFirstRowsByEventTimeHoweverManyCome() {
    for (int time = 1_000; time > 0; time--) {
      rows.add(row(time, 0));
    }
    rows.add(row(2_000, 0));

    assertThat(rows.kept()).extracting(Observed::eventTimeMillis).containsExactly(1L, 2L, 3L);
    assertThat(rows.size()).isEqualTo(3);
  }

  @Test
  void keepsAllRowsOfTheLastTimeWhateverTheirOrder() {
    rows.add(row(9, 0));
    rows.add(row(5, 0));
    rows.add(row(5, 0));
    rows.add(row(1, 0));
    rows.add(row(5, 0));

    assertThat(rows.kept()).extracting(Observed::eventTimeMillis).containsExactly(1L, 5L, 5L, 5L);
  }

  @Test
  void keepsNoBytesOfTheRecord() {
    rows.add(new Observed("a", 1, new float[] {1}, 0, 0, 0, 1, new byte[9], new byte[9]));

    assertThat(rows.kept()).extracting(Observed::key).containsOnlyNulls();
    assertThat(rows.kept()).extracting(Observed::value).containsOnlyNulls();
  }

  @Test
  void learnsNoRowThatIsLabelledAnomalous() {
    rows.add(row(1, 1));
    rows.add(row(2, -1));
    rows.add(row(3, 0));

    assertThat(rows.kept()).extracting(Observed::eventTimeMillis).containsExactly(2L, 3L);
  }

  @Test
  void theSpanIsReadyOnceNoEarlierRowCanCome() {
    rows.add(row(1, 0));
    rows.add(row(2, 0));
    boolean ofTwo = rows.span(100).isPresent();
    rows.add(row(7, 0));

    assertThat(ofTwo).isFalse();
    assertThat(rows.span(6)).isEmpty();
    assertThat(rows.span(7).orElseThrow().records()).isEqualTo(3);
  }

  private static Observed row(long time, int label) {
    return new Observed("a", time, new float[] {time}, label, 0, time, time, null, null);
  }
}
