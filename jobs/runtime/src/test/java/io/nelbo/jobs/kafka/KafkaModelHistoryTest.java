package io.nelbo.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;

final class KafkaModelHistoryTest {
  @Test
  void aBrokerThatIsDownIsNamedAndWaitedForNoLongerThanTheTimeout() {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", "127.0.0.1:1");
    KafkaModelHistory history =
        new KafkaModelHistory(properties, "test.models", "test", Duration.ofMillis(300));

    assertThatThrownBy(history::read)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("model topic test.models cannot be read from 127.0.0.1:1: ");
  }
}
