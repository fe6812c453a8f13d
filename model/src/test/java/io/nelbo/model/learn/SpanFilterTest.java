package io.nelbo.model.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.record.Segment;
import io.nelbo.model.train.TrainingSpan;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SpanFilterTest {
  @Test
  void whatIsTakenOutLeavesAHole() {
    TrainingSpan span =
        new TrainingSpan(
            List.of("flow"),
            List.of(new Segment("a", new long[] {1, 2, 3, 4, 5}, new float[] {1, 2, 3, 4, 5})),
            0,
            9);

    TrainingSpan left = SpanFilter.without(span, (series, time) -> time == 1 || time == 3);

    assertThat(left.segments()).extracting(Segment::records).containsExactly(1, 2);
    assertThat(left.segments().get(1).values()).containsExactly(4, 5);
    assertThat(left.endMillis()).isEqualTo(9);
  }
}
