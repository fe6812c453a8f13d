package io.nelbo.model.learn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SlidesTest {
  private final Slides slides = new Slides(1_000, 4);

  @Test
  void aBucketHoldsItsStartAndNotItsEndBeforeTheEpochToo() {
    assertThat(slides.bucketOf(0)).isEqualTo(0);
    assertThat(slides.bucketOf(999)).isEqualTo(0);
    assertThat(slides.bucketOf(1_000)).isEqualTo(1);
    assertThat(slides.bucketOf(-1)).isEqualTo(-1);
    assertThat(slides.endOf(-1)).isEqualTo(0);
  }

  @Test
  void aBucketIsOverWhenItsLastMillisecondIs() {
    assertThat(slides.firstOpen(998)).isEqualTo(0);
    assertThat(slides.firstOpen(999)).isEqualTo(1);
  }

  @Test
  void aSpanIsTheLastBuckets() {
    assertThat(slides.firstOfSpan(9)).isEqualTo(6);
    assertThat(slides.spanStart(9)).isEqualTo(6_000);
    assertThat(slides.endOf(9)).isEqualTo(10_000);
  }
}
