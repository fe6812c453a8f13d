package io.nelbo.jobs.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelbo.jobs.broker.EmbeddedBroker;
import io.nelbo.jobs.kafka.TopicAdmin;
import io.nelbo.jobs.kafka.TopicReader;
import io.nelbo.jobs.kafka.TopicSpec;
import io.nelbo.jobs.testing.Await;
import io.nelbo.jobs.testing.RawProducer;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.wire.SensorRecordWriter;
import io.nelbo.schemas.wire.SingleObject;
import io.nelbo.schemas.wire.WireFormatException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that talk to a broker, against a real one. */
final class BrokerCommandsIT {
  private static final long HALF_AN_HOUR = 1_800_000;

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
  void checkListsTheMissingTopicsAndMakesAllButTheSource() throws Exception {
    String config = config("checked");

    Outcome withoutSource = Outcome.of("check", "-c", config, "--create-topics", "--json");
    create("checked.records", 3);
    Outcome before = Outcome.of("check", "-c", config, "--connect");
    Outcome created = Outcome.of("check", "-c", config, "--create-topics");
    Outcome after = Outcome.of("check", "-c", config, "--connect", "--json");

    assertThat(withoutSource.code()).isEqualTo(1);
    assertThat(json(withoutSource).at("/broker/missing_topics")).hasSize(5);
    assertThat(before.code()).isEqualTo(1);
    assertThat(before.err())
        .contains(
            "missing at " + broker.bootstrapServers() + ": checked.anomalies, checked.scores, ")
        .contains("checked.models; --create-topics makes them\n")
        .doesNotContain("checked.records");
    assertThat(created.code()).isZero();
    assertThat(json(after).at("/broker/missing_topics")).isEmpty();
  }

  @Test
  void jobsRefuseToStartWithoutTheirTopics() throws Exception {
    String config = config("absent");

    Outcome outcome = Outcome.of("score", "-c", config);

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo(
            "nelbo: source topic absent.records does not exist at "
                + broker.bootstrapServers()
                + ": create it first (its partitions decide the others'); and missing at "
                + broker.bootstrapServers()
                + ": absent.anomalies, absent.scores, absent.dead-letters, absent.models;"
                + " --create-topics makes them\n");
  }

  @Test
  void missingTopicsDoNotHideWhatIsWrongWithTheModelTopic() throws Exception {
    String config = config("both");
    create("both.records", 2);
    create("both.models", 3);

    Outcome checked = Outcome.of("check", "-c", config, "--connect");
    Outcome started = Outcome.of("score", "-c", config);

    assertThat(checked.code()).isEqualTo(1);
    assertThat(checked.err())
        .contains("both.anomalies, both.scores, both.dead-letters; --create-topics makes them")
        .contains("model topic both.models has 3 partitions, it must have 1");
    assertThat(started.err()).contains("both.anomalies").contains("both.models has 3 partitions");
  }

  @Test
  void jobsRefuseAModelTopicThatLosesOrderOrDecisions() throws Exception {
    String config = config("misshapen");
    create("misshapen.records", 2);
    create("misshapen.models", 3);
    Outcome.of("check", "-c", config, "--create-topics");

    Outcome outcome = Outcome.of("score", "-c", config);

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("model topic misshapen.models has 3 partitions, it must have 1")
        .contains("kafka-topics --bootstrap-server " + broker.bootstrapServers() + " --delete");
  }

  @Test
  void jobsRefuseAModelTopicThatForgets() throws Exception {
    String config = config("forgetful");
    create("forgetful.records", 1);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      NewTopic compacted = new NewTopic("forgetful.models", 1, (short) 1);
      admin
          .createTopics(
              List.of(
                  compacted.configs(Map.of("cleanup.policy", "compact", "retention.ms", "1000"))))
          .all()
          .get();
      Await.until(
          "the broker lists it", () -> admin.listTopics().names().get().contains(compacted.name()));
    }

    Outcome outcome = Outcome.of("check", "-c", config, "--create-topics");

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("model topic forgetful.models has cleanup.policy=compact, it must have delete")
        .contains("--alter --topic forgetful.models --add-config cleanup.policy=delete")
        .contains("--add-config retention.ms=-1");
  }

  @Test
  void anAnnouncedModelLeavesWhatTheSourceTopicHoldsAlone() throws Exception {
    String config = config("later");
    create("later.records", 2);
    Outcome.of("check", "-c", config, "--create-topics");
    long newest = Instant.parse("2031-01-01T00:00:00Z").toEpochMilli();
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(Map.of("bootstrap.servers", broker.bootstrapServers()), bytes, bytes)) {
      producer
          .send(
              new ProducerRecord<>(
                  "later.records",
                  1,
                  newest - HALF_AN_HOUR, // the device's clock is fast
                  "pump-1".getBytes(UTF_8),
                  new SensorRecordWriter().write("pump-1", newest, new float[] {1, 2}, -1)))
          .get();
      producer
          .send(new ProducerRecord<>("later.records", 0, newest, new byte[] {1}, new byte[] {2}))
          .get();
    }

    Outcome outcome =
        Outcome.of("train", "-c", config, "--input", history().toString(), "--announce", "--json");

    assertThat(outcome.code()).isZero();
    ModelEvent event = onlyModelEvent("later.models");
    assertThat(event.getEffectiveFrom()).isEqualTo(Instant.ofEpochMilli(newest + 60_000));
    assertThat(event.getReason()).startsWith("trained from files; provisional: ");
  }

  @Test
  void aModelOutsideOfTheStoreIsNotAnnounced() throws Exception {
    Outcome outcome =
        Outcome.of(
            "train",
            "-c",
            config("elsewhere"),
            "--input",
            history().toString(),
            "--announce",
            "--store",
            folder.resolve("other").toString());

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.err()).contains("the jobs accept artifacts of model.store");
  }

  @Test
  void trainPublishesAModelAndAnnouncesItOnRequest() throws Exception {
    String config = config("trained");
    create("trained.records", 1);
    Outcome.of("check", "-c", config, "--create-topics");

    Outcome outcome =
        Outcome.of(
            "train",
            "-c",
            config,
            "--input",
            history().toString(),
            "--announce",
            "--effective-from",
            "2026-01-01T00:00:00Z",
            "--json");

    assertThat(outcome.err()).contains("2,000 records of 2 features in 1 segments");
    assertThat(outcome.code()).isZero();
    JsonNode result = json(outcome);
    assertThat(result.get("version").asText()).isEqualTo("v000001");
    assertThat(result.get("sha256").asText()).hasSize(64);
    ModelEvent event = onlyModelEvent("trained.models");
    assertThat(event.getKind()).isEqualTo(ModelEventKind.ACTIVATED);
    assertThat(event.getSha256()).isEqualTo(result.get("sha256").asText());
    assertThat(event.getEffectiveFrom()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(event.getTrigger()).isEqualTo("manual");
  }

  @Test
  void recalibrationReadsTheTopicAndAnnouncesWhichModelItGoesBackTo() throws Exception {
    String config = config("aged");
    create("aged.records", 1);
    Outcome.of("check", "-c", config, "--create-topics");
    Outcome.of("train", "-c", config, "--input", history().toString());
    SensorRecordWriter writer = new SensorRecordWriter();
    Random random = new Random(8);
    long start = Instant.parse("2026-02-01T00:00:00Z").toEpochMilli();
    try (RawProducer producer = new RawProducer(broker.bootstrapServers(), "aged.records")) {
      for (int i = 0; i < 3000; i++) {
        float load = (float) Math.sin(i / 20.0);
        float[] values = {
          load + 0.2f * (float) random.nextGaussian(),
          2 * load + 0.2f * (float) random.nextGaussian()
        };
        byte[] record = writer.write("aged", start + 60_000L * i, values, i % 100 == 0 ? 1 : -1);
        producer.send(0, start + 60_000L * i, null, record, position -> {});
      }
      producer.flush();
    }

    Outcome outcome =
        Outcome.of("recalibrate", "-c", config, "--model", "latest", "--announce", "--json");

    assertThat(outcome.err())
        .startsWith("2,970 normal records from 2026-02-01T00:01:00Z to ")
        .endsWith("; left out: 30 with an anomalous label, 0 that cannot be used\n");
    assertThat(outcome.code()).isZero();
    JsonNode result = json(outcome);
    assertThat(result.get("version").asText()).isEqualTo("v000002");
    assertThat(result.at("/before/alarm_rate").asDouble()).isGreaterThan(0.01);
    assertThat(result.at("/after/alarm_rate").asDouble()).isLessThan(0.002);
    ModelEvent event = onlyModelEvent("aged.models");
    assertThat(event.getSha256()).isEqualTo(result.get("sha256").asText());
    assertThat(event.getTrigger()).isEqualTo("recalibrate");
    assertThat(event.getReason()).startsWith("v000001, calibrated on 2,970 normal records");
    assertThat(event.getEffectiveFrom())
        .isEqualTo(Instant.ofEpochMilli(start + 60_000L * 2999 + 1 + 60_000));
  }

  private static ModelEvent onlyModelEvent(String topic) {
    SingleObject<ModelEvent> wire = SingleObject.of(ModelEvent.class);
    try (TopicReader<ModelEvent> reader =
        TopicReader.ofValues(
            broker.bootstrapServers(),
            topic,
            bytes -> {
              try {
                return wire.decode(bytes);
              } catch (WireFormatException e) {
                throw new UncheckedIOException(e);
              }
            })) {
      List<ModelEvent> events = reader.poll(Duration.ofSeconds(10));
      assertThat(events).hasSize(1);
      return events.get(0);
    }
  }

  private static Path history() throws Exception {
    Random random = new Random(7);
    StringBuilder csv = new StringBuilder("pressure,flow,note\n");
    for (int i = 0; i < 2000; i++) {
      double load = Math.sin(i / 20.0);
      csv.append(load + 0.1 * random.nextGaussian()).append(',');
      csv.append(2 * load + 0.1 * random.nextGaussian()).append(",ignored\n");
    }
    return Files.writeString(folder.resolve("history.csv"), csv);
  }

  private static void create(String topic, int partitions) {
    new TopicAdmin(broker.bootstrapServers(), Duration.ofSeconds(20))
        .create(List.of(new TopicSpec(topic, partitions)));
  }

  private static String config(String name) throws Exception {
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
            .formatted(name, broker.bootstrapServers(), name, folder.resolve("store"));
    return Files.writeString(folder.resolve(name + ".yaml"), yaml).toString();
  }

  private static JsonNode json(Outcome outcome) throws Exception {
    return new ObjectMapper().readTree(outcome.out());
  }
}
