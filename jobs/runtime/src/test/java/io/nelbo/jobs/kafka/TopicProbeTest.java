package io.nelbo.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.jobs.config.ConfigLoader;
import io.nelbo.jobs.config.NelboConfig;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TopicProbeTest {
  @Test
  void namesTheAddressOfABrokerThatIsNotThere() throws Exception {
    int freePort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      freePort = socket.getLocalPort();
    }
    TopicProbe probe = new TopicProbe(config("localhost:" + freePort), Duration.ofSeconds(1));

    assertThatThrownBy(probe::missing)
        .isInstanceOf(TopicProbe.BrokerException.class)
        .hasMessage("no Kafka broker answered at localhost:" + freePort + " within 1 s");
  }

  @Test
  void namesAnAddressThatCannotBeResolved() {
    TopicProbe probe = new TopicProbe(config("no.such.host.invalid:9092"), Duration.ofSeconds(1));

    assertThatThrownBy(probe::missing)
        .isInstanceOf(TopicProbe.BrokerException.class)
        .hasMessageStartingWith("the Kafka broker at no.such.host.invalid:9092 cannot be used: ");
  }

  private static NelboConfig config(String bootstrapServers) {
    return new ConfigLoader()
        .parse(
            """
            detector: pump
            features: [pressure]
            kafka: {bootstrap-servers: "%s"}
            source: {topic: plant.pumps.records}
            model: {store: /var/nelbo}
            """
                .formatted(bootstrapServers),
            "test");
  }
}
