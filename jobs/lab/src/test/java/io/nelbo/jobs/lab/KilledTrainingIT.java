package io.nelbo.jobs.lab;

import static io.nelbo.schemas.ModelEventKind.ACTIVATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.nelbo.jobs.cli.Checkpoints;
import io.nelbo.jobs.config.ConfigLoader;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.kafka.ModelNoticeCodec;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.testing.Await;
import io.nelbo.jobs.testing.RecordStream;
import io.nelbo.jobs.testing.SharedBroker;
import io.nelbo.jobs.testing.TopicTail;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.fit.TrainingProgress;
import io.nelbo.model.gate.PromotionGate;
import io.nelbo.schemas.ModelTrigger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The process that trains is killed with SIGKILL on the way to a decision; another takes over. */
final class KilledTrainingIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String TRAINER = "nelbo-trainer";
  private static final long SLIDE = 300_000;

  /** The first slide ends a hundred seconds after the first record. */
  private static final long FIRST_END = RecordStream.START + 100_000;

  @RegisterExtension static final SharedBroker BROKER = new SharedBroker();

  @TempDir private Path folder;

  private enum Moment {
    IN_THE_TRAINING,
    IN_THE_PUBLICATION,
    PUBLISHED_BUT_NOT_ANNOUNCED;

    Breakpoint.Place place() {
      return switch (this) {
        case IN_THE_TRAINING ->
            new Breakpoint.Place(TrainingProgress.class.getName(), "<init>", TRAINER, 50);
        case IN_THE_PUBLICATION -> new Breakpoint.Place(Files.class.getName(), "move", TRAINER, 0);
        case PUBLISHED_BUT_NOT_ANNOUNCED ->
            new Breakpoint.Place(PromotionGate.class.getName(), "judge", TRAINER, 0);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void theNextProcessAnnouncesOneModelOfAllRecords(Moment moment) throws Exception {
    Path file = Files.writeString(folder.resolve("killed.yaml"), yaml(moment));
    NelboConfig config = new ConfigLoader().load(file);
    BROKER.createTopics(config, 1);
    String broker = BROKER.bootstrapServers();
    Path output = folder.resolve("output.txt");
    try (RecordStream records = new RecordStream(broker, config.source().topic(), 1, 2, 1_000);
        TopicTail models = TopicTail.committed(broker, config.topics().models())) {
      try (Breakpoint death = Breakpoint.at(moment.place());
          JobProcess first = JobProcess.retrain(death.option(), file, output)) {
        death.arm();
        records.send(150);
        await("the first slide is skipped", first, output, () -> models.count() == 1);
        records.send(180);
        await("the trainer comes to " + moment, first, output, death::isReached);
        for (int i = 0; i < 2; i++) { // the second began after the stop: it holds the request
          Optional<Path> before = checkpoint(config);
          await(
              "there is another checkpoint",
              first,
              output,
              () -> checkpoint(config).isPresent() && !checkpoint(config).equals(before));
        }
        assertThat(names(moment)).as("in the store").isEqualTo(foundAt(moment));
        first.kill();
      }
      assertThat(models.count()).isEqualTo(1);
      try (JobProcess second = JobProcess.retrain(List.of(), file, output, "--restore", "latest")) {
        records.send(80);
        await("the second slide is decided", second, output, () -> models.count() >= 3);
      }

      List<ModelNotice> decisions = decisions(models);
      assertThat(decisions)
          .extracting(ModelNotice::trigger, ModelNotice::spanEndMillis, ModelNotice::rows)
          .containsExactly(
              tuple(ModelTrigger.SCHEDULE, FIRST_END, 99L),
              tuple(ModelTrigger.FIRST, RecordStream.START + 300_001, 300L),
              tuple(ModelTrigger.SCHEDULE, FIRST_END + SLIDE, 399L));
      ModelNotice announced = decisions.get(1);
      assertThat(announced.kind()).isEqualTo(ACTIVATED);
      assertThat(announced.reason().contains("published before"))
          .isEqualTo(moment == Moment.PUBLISHED_BUT_NOT_ANNOUNCED);
      LocalArtifactStore store = new LocalArtifactStore(store(moment));
      assertThat(store.list("test"))
          .extracting(PublishedArtifact::version, PublishedArtifact::sha256)
          .containsExactly(
              tuple("v000001", announced.sha256()), tuple("v000002", decisions.get(2).sha256()));
      assertThat(
              store
                  .load(announced.uri(), announced.sha256())
                  .manifest()
                  .provenance()
                  .records()
                  .count())
          .isEqualTo(300);
    }
  }

  /** What lies in the model's folder when the process dies, ways of publication shortened. */
  private static List<String> foundAt(Moment moment) {
    return switch (moment) {
      case IN_THE_TRAINING -> List.of();
      case IN_THE_PUBLICATION -> List.of(".publishing");
      case PUBLISHED_BUT_NOT_ANNOUNCED -> List.of("v000001");
    };
  }

  private List<String> names(Moment moment) throws IOException {
    Path models = store(moment).resolve("test");
    if (!Files.isDirectory(models)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(models)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.equals(".retrain-lease"))
          .map(name -> name.replaceAll("-.*", ""))
          .toList();
    }
  }

  /** Empty in a moment when one is swept. */
  private static Optional<Path> checkpoint(NelboConfig config) throws IOException {
    try {
      return Optional.of(
          Checkpoints.newest(config.job().checkpointUri(config.detector(), "retrain")));
    } catch (UncheckedIOException swept) {
      return Optional.empty();
    }
  }

  private static List<ModelNotice> decisions(TopicTail models) {
    ModelNoticeCodec codec = new ModelNoticeCodec();
    return models.look().stream().map(codec::read).flatMap(Optional::stream).toList();
  }

  private static void await(
      String what, JobProcess process, Path output, Callable<Boolean> condition) throws Exception {
    Await.until(
        what,
        PATIENCE,
        () -> {
          assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
          return condition.call();
        });
  }

  private Path store(Moment moment) {
    return folder.resolve(name(moment));
  }

  private static String name(Moment moment) {
    return "killed-" + moment.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private String yaml(Moment moment) {
    return """
    detector: %s
    features: [a, b, c]
    kafka: {bootstrap-servers: "%s"}
    source: {topic: %s.records}
    model: {id: test, store: %s, device: cpu}
    alert: {false-alarm-rate: 0.01}
    train: {hidden: 16, latent: 2, steps: 300, batch-size: 64, scoring-samples: 4}
    retrain: {span: 600s, every: 300s, min-rows: 300}
    job: {parallelism: 1, checkpoint-interval: 300ms, checkpoint-dir: %s}
    """
        .formatted(
            name(moment),
            BROKER.bootstrapServers(),
            name(moment),
            store(moment),
            folder.resolve("checkpoints"));
  }
}
