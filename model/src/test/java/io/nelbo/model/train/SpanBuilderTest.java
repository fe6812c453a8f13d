package io.nelbo.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.model.record.Segment;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SpanBuilderTest {
  private final SpanBuilder builder = new SpanBuilder(List.of("a"), 10);

  @Test
  void cutsSegmentsAtGapsSortsThemAndKeepsTheFirstOfEqualTimes() {
    add("p1", 20, 3);
    add("p1", 5, 1);
    add("p1", 15, 2);
    add("p1", 15, 9);
    add("p2", 0, 7);
    add("p1", 31, 4);

    TrainingSpan span = builder.build();

    assertThat(span.startMillis()).isZero();
    assertThat(span.endMillis()).isEqualTo(32);
    assertThat(span.segments())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(
            new Segment("p1", new long[] {5, 15, 20}, new float[] {1, 2, 3}),
            new Segment("p1", new long[] {31}, new float[] {4}),
            new Segment("p2", new long[] {0}, new float[] {7}));
  }

  @Test
  void beginsANewSegmentAfterARecordThatWasLeftOut() {
    builder.breakOff("p1", 0);
    add("p1", 1, 1);
    add("p1", 2, 2);
    builder.breakOff("p1", 3);
    builder.breakOff("p1", 4);
    add("p1", 5, 3);
    add("p2", 1, 7);
    add("p2", 5, 8);
    builder.breakOff("p1", 9);

    TrainingSpan span = builder.build();

    assertThat(span.segments())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(
            new Segment("p1", new long[] {1, 2}, new float[] {1, 2}),
            new Segment("p1", new long[] {5}, new float[] {3}),
            new Segment("p2", new long[] {1, 5}, new float[] {7, 8}));
  }

  @Test
  void refusesASpanOfNothing() {
    assertThatThrownBy(builder::build).hasMessage("there is no record to train on");
  }

  private void add(String series, long time, float value) {
    builder.add(series, time, new float[] {value});
  }
}
