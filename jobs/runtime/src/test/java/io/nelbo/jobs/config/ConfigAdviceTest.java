package io.nelbo.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Settings that are allowed but will not give what they ask for. */
final class ConfigAdviceTest {
  @Test
  void aModelThatIsAnnouncedAfterItsFirstRecordIsAdvisedAgainst() {
    assertThat(advice("exactly-once", "30s", "30s"))
        .singleElement()
        .asString()
        .startsWith(
            "model.activation-delay (30s) should exceed retrain.checkpoint-interval (30s): ");
    assertThat(advice("exactly-once", "31s", "30s")).isEmpty();
    assertThat(advice("at-least-once", "30s", "30s")).isEmpty();
  }

  private static List<String> advice(String guarantee, String delay, String interval) {
    return ConfigAdvice.of(
        new ConfigLoader()
            .parse(
                """
                detector: pump
                features: [pressure]
                kafka: {bootstrap-servers: "localhost:9092"}
                source: {topic: plant.pumps.records}
                model: {store: /var/nelbo, activation-delay: %s}
                job: {guarantee: %s, checkpoint-interval: 10s}
                retrain: {checkpoint-interval: %s}
                """
                    .formatted(delay, guarantee, interval),
                "test"));
  }
}
