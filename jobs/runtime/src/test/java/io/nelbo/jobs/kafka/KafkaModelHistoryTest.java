package io.nelbo.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;

final class KafkaModelHistoryTest {
  private static final Duration TIMEOUT = Duration.ofMillis(300);

  /** Of a consumer that is not told how long to wait. */
  private static final Duration KAFKAS_OWN_TIMEOUT = Duration.ofMinutes(1);

  @Test
  void aBrokerThatIsDownIsNamedAndWaitedForNoLongerThanTheTimeout() {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", "127.0.0.1:1");
    KafkaModelHistory history = new KafkaModelHistory(properties, "test.models", "test", TIMEOUT);

    long start = System.nanoTime();
    assertThatThrownBy(history::read)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("model topic test.models cannot be read from 127.0.0.1:1: ");
    Duration waited = Duration.ofNanos(System.nanoTime() - start);

    assertThat(waited).isBetween(TIMEOUT, KAFKAS_OWN_TIMEOUT.dividedBy(2));
  }
}
