package io.nelbo.jobs.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.jobs.broker.EmbeddedBroker;
import io.nelbo.jobs.kafka.TopicAdmin;
import io.nelbo.jobs.kafka.TopicSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.util.FileUtils;
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

  @Test
  void whatIsKnownOfAModelIsShownComparedCarriedAndRepaired() throws Exception {
    String config = config("shown");
    new TopicAdmin(broker.bootstrapServers(), Duration.ofSeconds(20))
        .create(List.of(new TopicSpec("shown.records", 1)));
    Outcome.of("check", "-c", config, "--create-topics");
    Outcome.of("train", "-c", config, "--input", history(7), "--announce");
    Outcome.of("train", "-c", config, "--input", history(9));
    String copy = folder.resolve("copy").toString();

    Outcome shown = Outcome.of("models", "show", "-c", config, "incumbent");
    Outcome asJson = Outcome.of("models", "show", "-c", config, "1", "--json");
    Outcome unknown = Outcome.of("models", "show", "-c", config, "v000099");
    Outcome noReference = Outcome.of("models", "show", "-c", config, "newest");
    Outcome diff = Outcome.of("models", "diff", "-c", config, "1", "latest");
    Outcome same = Outcome.of("models", "diff", "-c", config, "2", "2");
    Outcome rejectedIncumbent = Outcome.of("models", "reject", "-c", config, "1");
    Outcome rejected = Outcome.of("models", "reject", "-c", config, "2", "--reason", "too old");
    Outcome rejectedTwice = Outcome.of("models", "reject", "-c", config, "2");
    Outcome exported = Outcome.of("models", "export", "-c", config, "1", copy);
    Outcome imported = Outcome.of("models", "import", "-c", config, copy);
    Outcome agreed = Outcome.of("models", "repair", "-c", config);
    Files.move(folder.resolve("shown"), folder.resolve("moved"));
    String moved = config("shown", folder.resolve("moved"));
    Outcome disagreeing = Outcome.of("models", "list", "-c", moved);
    Outcome planned = Outcome.of("models", "repair", "-c", moved);
    Outcome repaired = Outcome.of("models", "repair", "-c", moved, "--apply");
    Outcome last = Outcome.of("models", "list", "-c", moved);

    FileUtils.deleteDirectory(folder.resolve("moved/shown/v000002").toFile());
    Outcome gone = Outcome.of("models", "list", "-c", moved);
    Outcome all = Outcome.of("models", "list", "-c", moved, "--all");
    Outcome trained = Outcome.of("train", "-c", moved, "--input", history(11));

    assertThat(gone.out()).endsWith("\n1 more, no longer in the store; --all lists them\n");
    assertThat(all.out().lines().toList().get(1))
        .startsWith("v000002  rejected   ")
        .endsWith("  reject: too old  (not in the store)");
    assertThat(trained.out()).as("the topic knows v000002").contains("v000003");
    assertThat(shown.err()).isEmpty();
    assertThat(shown.out())
        .startsWith("shown v000001: incumbent\n  Model: shown v000001\n  Trained on: 2,000 records")
        .contains("\nTopic shown.models\n  offset 0, ")
        .contains(": ACTIVATED from ");
    assertThat(json(asJson).get(0).get("decisions").get(0).get("kind").asText())
        .isEqualTo("ACTIVATED");
    assertThat(json(asJson).get(0).get("rows").asLong()).isEqualTo(2_000);
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err())
        .endsWith("knows v000099 of shown; what they know: v000001, v000002\n");
    assertThat(noReference.err())
        .isEqualTo(
            "nelbo: a model is a version like v000042 or 42, 'latest' or 'incumbent', got"
                + " 'newest'; %s has v000001, v000002\n".formatted(folder.resolve("shown")));
    assertThat(diff.err()).isEmpty();
    assertThat(diff.out())
        .contains("Model\n  shown v000001\n  shown v000002\n")
        .contains("Data digest\n")
        .contains("On held-out records, each on its own\n")
        .contains("held out negative elbo")
        .doesNotContain("Likelihood");
    assertThat(same.out()).isEqualTo("v000002 is the same model both times\n");
    assertThat(rejectedIncumbent.err())
        .isEqualTo(
            "nelbo: v000001 is the incumbent, and there is none before it: promote another model"
                + " with 'nelbo models promote REF'\n");
    assertThat(rejected.out())
        .isEqualTo("v000002 is rejected; 'nelbo models promote v000002' would still activate it\n");
    assertThat(rejectedTwice.err()).isEqualTo("nelbo: v000002 was rejected already: too old\n");
    assertThat(exported.out()).startsWith("shown v000001 is in " + copy + ", checksum ");
    assertThat(imported.out()).endsWith(" has v000001 already, the same to the bit\n");
    assertThat(agreed.out()).isEqualTo("there is nothing to announce\n");
    assertThat(disagreeing.out())
        .contains("\ndisagreement: shown.models says that v000001 lies in file:");
    assertThat(planned.out())
        .contains("would announce v000001 again, in ")
        .endsWith("nothing was written; --apply announces it\n");
    assertThat(repaired.out()).contains("announced v000001 again, in ");
    assertThat(last.out())
        .doesNotContain("disagreement")
        .contains("v000001  incumbent  from ")
        .contains("v000002  rejected   2,000 rows to ")
        .contains("  reject: too old");
  }

  @Test
  void withoutABrokerTheStoreIsShownAndTheRestIsSaidToBeUnknown() throws Exception {
    String config = config("alone", folder.resolve("alone"), "127.0.0.1:1");
    Outcome.of("train", "-c", config, "--input", history(7));

    Outcome list = Outcome.of("models", "list", "-c", config);
    Outcome promoted = Outcome.of("models", "promote", "-c", config, "7");
    Outcome shown = Outcome.of("models", "show", "-c", config, "7th");

    assertThat(list.code()).isEqualTo(1);
    assertThat(list.out())
        .startsWith("v000001  unknown    2,000 rows to ")
        .doesNotContain("announced");
    assertThat(list.err())
        .isEqualTo(
            "nelbo: topic alone.models could not be read, so state and decisions are unknown: no"
                + " Kafka broker answered at 127.0.0.1:1 within 15 s; start the broker or correct"
                + " kafka.bootstrap-servers\n");
    assertThat(promoted.err())
        .as("nobody waits for a broker to hear this")
        .isEqualTo(
            "nelbo: store %s has no valid v000007 of model alone; it has v000001\n"
                .formatted(folder.resolve("alone")));
    assertThat(shown.err())
        .endsWith("got '7th'; %s has v000001\n".formatted(folder.resolve("alone")));
  }

  @Test
  void withoutTheTopicAModelIsShownAsTheStoreHasIt() throws Exception {
    String config = config("untold");
    Outcome.of("train", "-c", config, "--input", history(7));

    Outcome shown = Outcome.of("models", "show", "-c", config, "1");
    Outcome asJson = Outcome.of("models", "show", "-c", config, "latest", "--json");
    Outcome incumbent = Outcome.of("models", "show", "-c", config, "incumbent");
    Outcome absent = Outcome.of("models", "show", "-c", config, "2");

    assertThat(shown.code()).isEqualTo(1);
    assertThat(shown.out())
        .startsWith("untold v000001: unknown\n  Model: untold v000001\n")
        .doesNotContain("Topic");
    assertThat(shown.err()).startsWith("nelbo: topic untold.models could not be read, ");
    assertThat(json(asJson).get(0).get("state").asText()).isEqualTo("unknown");
    assertThat(incumbent.err())
        .startsWith("nelbo: which model is the incumbent only topic untold.models knows: topic ");
    assertThat(absent.err())
        .startsWith(
            "nelbo: %s has no v000002 of untold, it has v000001; topic untold.models could not"
                .formatted(folder.resolve("untold")));
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
    return config("hand");
  }

  private static String config(String detector) throws Exception {
    return config(detector, folder.resolve(detector));
  }

  private static String config(String detector, Path store) throws Exception {
    return config(detector, store, broker.bootstrapServers());
  }

  private static String config(String detector, Path store, String servers) throws Exception {
    String yaml =
        """
        detector: %s
        features: [pressure, flow]
        kafka:
          bootstrap-servers: %s
        source:
          topic: %s.records
        model:
          store: %s
        train:
          steps: 50
        """
            .formatted(detector, servers, detector, store);
    return Files.writeString(folder.resolve(store.getFileName() + ".yaml"), yaml).toString();
  }
}
