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

  @Test
  void settingsThatNothingLooksAtAreTold() {
    String yaml =
        SmallestConfig.SMALLEST.replace("records}", "records, format: csv, fields: {time: ts}}")
            + """
            image: {channels: 7, side: 64}
            topics: {sample-every: 5}
            train: {deviation: 0.5}
            """;

    assertThat(ConfigAdvice.of(SmallestConfig.parse(yaml)))
        .contains(
            "source.fields.time (ts) changes nothing: for records of the topic, source.format is"
                + " csv: only json has fields",
            "image.channels (7) changes nothing: image.height and image.width are not given",
            "image.side (64) changes nothing: image.height and image.width are not given",
            "topics.sample-every (5) changes nothing: topics.scores-mode is not sampled",
            "train.deviation (0.5) changes nothing: train.likelihood is not gaussian-fixed");
    assertThat(ConfigAdvice.of(SmallestConfig.parse(SmallestConfig.SMALLEST)))
        .noneMatch(line -> line.contains("changes nothing"));
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
