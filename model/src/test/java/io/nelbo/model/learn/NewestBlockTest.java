package io.nelbo.model.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.record.Segment;
import io.nelbo.model.train.TrainingSpan;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class NewestBlockTest {
  @Test
  void theNewestFifteenHundredthsAreHeldOutAndAWindowBelongsToNeither() {
    NewestBlock parted = NewestBlock.of(span(segment("a", 0, 1_000)), 8);

    Segment older = parted.older().segments().get(0);
    Segment newest = parted.newest().segments().get(0);
    assertThat(older.records()).isEqualTo(850);
    assertThat(newest.records()).isEqualTo(1_000 - 850 - 8);
    assertThat(newest.eventTimeMillis()[0]).isEqualTo(858);
    assertThat(newest.values()[0]).isEqualTo(858f);
    assertThat(parted.older().endMillis()).isEqualTo(850).isEqualTo(parted.newest().startMillis());
  }

  @Test
  void theBorderIsOneTimeForAllSeries() {
    NewestBlock parted = NewestBlock.of(span(segment("a", 0, 850), segment("b", 850, 1_000)), 1);

    assertThat(parted.older().segments()).extracting(Segment::series).containsExactly("a");
    assertThat(parted.newest().segments()).extracting(Segment::series).containsExactly("b");
    assertThat(parted.newest().records()).isEqualTo(150);
  }

  private static TrainingSpan span(Segment... segments) {
    return new TrainingSpan(List.of("flow"), List.of(segments), 0, 1_000);
  }

  private static Segment segment(String series, long from, long until) {
    long[] times = LongStream.range(from, until).toArray();
    float[] values = new float[times.length];
    for (int i = 0; i < times.length; i++) {
      values[i] = times[i];
    }
    return new Segment(series, times, values);
  }
}
