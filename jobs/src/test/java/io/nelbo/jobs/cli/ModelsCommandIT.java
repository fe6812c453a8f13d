package io.nelbo.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.jobs.kafka.EmbeddedBroker;
import io.nelbo.jobs.kafka.TopicAdmin;
import io.nelbo.jobs.kafka.TopicSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models by hand, against a real broker and a real store. */
final class ModelsCommandIT {
  @TempDir private static Path folder;
  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start(folder.resolve("broker"));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void aPersonPromotesAModelAndTakesItBack() throws Exception {
    String config = config();
    new TopicAdmin(broker.bootstrapServers(), Duration.ofSeconds(20))
        .create(List.of(new TopicSpec("hand.records", 1)));
    Outcome.of("check", "-c", config, "--create-topics");
    Outcome none = Outcome.of("models", "list", "-c", config);
    Outcome.of("train", "-c", config, "--input", history(7), "--announce");
    Outcome.of("train", "-c", config, "--input", history(8));
    Outcome nothingBefore = Outcome.of("models", "rollback", "-c", config);

    Outcome trained = Outcome.of("models", "list", "-c", config, "--json");
    Outcome promoted =
        Outcome.of("models", "promote", "-c", config, "v000002", "--reason", "looks right");
    Outcome after = Outcome.of("models", "list", "-c", config, "--json");
    Outcome rolledBack = Outcome.of("models", "rollback", "-c", config);
    Outcome last = Outcome.of("models", "list", "-c", config);
    Outcome absent = Outcome.of("models", "promote", "-c", config, "v000099");

    assertThat(none.out()).startsWith("no models of hand in ");
    assertThat(nothingBefore.code()).isEqualTo(1);
    assertThat(nothingBefore.err())
        .contains("topic hand.models has activated no other model of hand before the incumbent");
    assertThat(states(trained)).containsExactly("incumbent", "candidate");
    assertThat(promoted.err()).isEmpty();
    assertThat(promoted.out()).startsWith("v000002 governs records from ");
    assertThat(states(after)).containsExactly("retired", "incumbent");
    assertThat(json(after).get(1).get("trigger").asText()).isEqualTo("promote");
    assertThat(json(after).get(1).get("reason").asText()).isEqualTo("looks right");
    assertThat(rolledBack.out()).startsWith("v000001 governs records from ");
    assertThat(last.out().lines().toList()).hasSize(2);
    assertThat(absent.code()).isEqualTo(1);
    assertThat(absent.err())
        .contains("has no valid v000099 of model hand; it has v000001, v000002");
    assertThat(last.out()).contains("v000001  incumbent  from ").contains("v000002  retired ");
  }

  private static List<String> states(Outcome outcome) throws Exception {
    return json(outcome).stream().map(model -> model.get("state").asText()).toList();
  }

  private static List<JsonNode> json(Outcome outcome) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> models = new ArrayList<>();
    for (String line : outcome.out().lines().toList()) {
      models.add(mapper.readTree(line));
    }
    return models;
  }

  private static String history(long seed) throws Exception {
    Random random = new Random(seed);
    StringBuilder csv = new StringBuilder("pressure,flow\n");
    for (int i = 0; i < 2000; i++) {
      double load = Math.sin(i / 20.0);
      csv.append(load + 0.1 * random.nextGaussian()).append(',');
      csv.append(2 * load + 0.1 * random.nextGaussian()).append('\n');
    }
    return Files.writeString(folder.resolve("history-" + seed + ".csv"), csv).toString();
  }

  private static String config() throws Exception {
    String yaml =
        """
        detector: hand
        features: [pressure, flow]
        kafka:
          bootstrap-servers: %s
        source:
          topic: hand.records
        model:
          store: %s
        train:
          steps: 50
        """
            .formatted(broker.bootstrapServers(), folder.resolve("store"));
    return Files.writeString(folder.resolve("hand.yaml"), yaml).toString();
  }
}
