package io.nelbo.jobs.replay.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class FrameSampleTest {
  @Test
  void takesAsManyAsFitEvenlyAndTheSameEachTime() {
    FrameSample sample = sample(100_000);

    long[] taken = taken(sample, 100_000);

    assertThat(taken).hasSize(1_016).isEqualTo(taken(sample(100_000), 100_000));
    for (int part = 0; part < 10; part++) {
      long from = part * 10_000L;
      assertThat(LongStream.of(taken).filter(i -> i >= from && i < from + 10_000).count())
          .isBetween(100L, 103L);
    }
    assertThat(LongStream.of(taken).map(i -> i % 4).distinct().count()).isEqualTo(4);
    assertThat(sample.note())
        .isEqualTo(
            "one in 98.4 images is used, evenly chosen: retrain.max-bytes (1MiB) holds 1,016");
  }

  @Test
  void takesAllThatFitAndJustAsManyOfFewMore() {
    assertThat(taken(sample(1_016), 1_016)).hasSize(1_016);
    assertThat(taken(sample(1_017), 1_017)).hasSize(1_016);
    assertThat(taken(sample(1_500), 1_500)).hasSize(1_016);
  }

  @Test
  void recordsOfNumbersAreAllTaken() {
    FrameSample sample = FrameSample.of(TestConfig.of(), Long.MAX_VALUE);

    assertThat(sample.isWhole()).isTrue();
    assertThat(sample.takes(Long.MAX_VALUE)).isTrue();
  }

  private static long[] taken(FrameSample sample, long all) {
    return LongStream.range(0, all + 100).filter(sample::takes).filter(i -> i < all).toArray();
  }

  private static FrameSample sample(long all) {
    return FrameSample.of(
        TestConfig.of(
            """
            features: []
            image: {height: 16, width: 16}
            source: {topic: t.records, format: image}
            retrain: {min-rows: 100, max-bytes: 1MiB}
            """),
        all);
  }
}
