package io.nelbo.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.demo.feed.FeedClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PatienceTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final FakeClock clock = new FakeClock();

  @Test
  void lastsAsLongAsThereIsProgressAndEndsWithoutIt() {
    Patience patience = new Patience(clock);

    for (int record = 0; record < 10; record++) {
      clock.sleep(Duration.ofSeconds(50));
      assertThat(patience.isOver(record, MINUTE)).isFalse();
    }
    clock.sleep(Duration.ofSeconds(61));

    assertThat(patience.isOver(9, MINUTE)).isTrue();
  }

  private static final class FakeClock implements FeedClock {
    private long nanos;

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public void sleep(Duration duration) {
      nanos += duration.toNanos();
    }
  }
}
