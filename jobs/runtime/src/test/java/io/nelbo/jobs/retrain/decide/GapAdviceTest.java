package io.nelbo.jobs.retrain.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.config.ConfigLoader;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.model.train.SpanBuilder;
import io.nelbo.model.train.TrainingSpan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GapAdviceTest {
  @Test
  void recordsFurtherApartThanAWindowMayReachSayWhatToSet() {
    assertThat(GapAdvice.on(span(Duration.ofHours(1)), config(8)))
        .contains(
            "the usual time between two records of a series is 1h, series.max-gap is 10m: no window"
                + " of 8 records comes together; set series.max-gap to 10h, or window.length to 1");
  }

  @Test
  void nothingIsSaidWhereWindowsComeTogether() {
    assertThat(GapAdvice.on(span(Duration.ofMinutes(1)), config(8))).isEmpty();
    assertThat(GapAdvice.on(span(Duration.ofHours(1)), config(1))).isEmpty();
  }

  private static TrainingSpan span(Duration step) {
    SpanBuilder span = new SpanBuilder(List.of("a"), Duration.ofMinutes(10).toMillis());
    for (int i = 0; i < 200; i++) {
      span.add("pump", i * step.toMillis(), new float[] {i});
    }
    return span.build();
  }

  private static NelboConfig config(int window) {
    return new ConfigLoader()
        .parse(
            """
            detector: demo
            features: [a]
            kafka:
              bootstrap-servers: none:9092
            source:
              topic: none
            model:
              store: /none
            window:
              length: %d
            """
                .formatted(window),
            "a test");
  }
}
