package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.Segment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShortageTest {
  private static final RecordColumns COLUMNS =
      new RecordColumns(List.of("pressure", "flow"), List.of("load", "mode", "shift"), List.of());

  private static final int RECORDS = 40;
  private static final float GONE = Float.NaN;

  @Test
  void contextThatIsRarelyThereIsNoReasonForTooFewWindows() {
    Shortage shortage = shortageOf(1, 2, GONE, GONE, GONE);

    String message = shortage.message(3, BlockSplit.Role.FIT, 10);

    assertThat(message).endsWith("needed: more records, longer segments or a shorter window");
  }

  @Test
  void featuresThatAreRarelyThereAreTheReasonWhateverTheContextHolds() {
    Shortage shortage = shortageOf(GONE, GONE, 3, 4, 5);

    String message = shortage.message(3, BlockSplit.Role.FIT, 10);

    assertThat(message)
        .contains("of 40 windows only 0 have a newest record with half of its features observed");
  }

  private static Shortage shortageOf(float... record) {
    long[] times = new long[RECORDS];
    Arrays.setAll(times, i -> 1_000L * i);
    float[] values = new float[RECORDS * record.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = record[i % record.length];
    }
    TrainingSpan span =
        new TrainingSpan(COLUMNS, List.of(new Segment("pump", times, values)), 0, 1_000L * RECORDS);
    return new Shortage(new SortedSpan(span), 1);
  }
}
