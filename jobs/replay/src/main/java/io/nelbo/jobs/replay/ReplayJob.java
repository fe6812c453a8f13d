package io.nelbo.jobs.replay;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.OrderConfig;
import io.nelbo.jobs.config.TopicsConfig;
import io.nelbo.jobs.json.Json;
import io.nelbo.jobs.models.ConfiguredModels;
import io.nelbo.jobs.replay.result.ReplayFiles;
import io.nelbo.jobs.replay.result.ScoreRow;
import io.nelbo.jobs.replay.result.ScoresFile;
import io.nelbo.jobs.replay.source.RecordNames;
import io.nelbo.jobs.replay.source.ReplayRange;
import io.nelbo.jobs.replay.source.ReplaySource;
import io.nelbo.jobs.score.LatentSample;
import io.nelbo.jobs.score.ScoreTopology;
import io.nelbo.jobs.stream.AnomalyEvent;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.stream.JobSettings;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.PublishedAnomaly;
import io.nelbo.jobs.stream.Rejected;
import io.nelbo.jobs.stream.ScoredRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The graph of production between other sources and sinks. */
final class ReplayJob {
  /** A replay waits for its models: nobody is woken up late. */
  private static final Duration PATIENT = Duration.ofHours(1);

  private ReplayJob() {}

  /**
   * Builds the graph in the environment; nothing runs yet.
   *
   * @param models every model event there is, so that nothing depends on when it arrives
   */
  static void define(
      StreamExecutionEnvironment env,
      NelboConfig production,
      ReplaySource source,
      ReplayRange range,
      List<ModelNotice> models,
      LatentSample latent,
      ReplayFiles files,
      Instant startedAt) {
    NelboConfig config = withoutCompromise(production);
    JobSettings.applyToBounded(env, config);
    DataStream<Decoded> records = source.records(env);
    ScoreTopology.Outputs outputs =
        ScoreTopology.build(
            records
                .map(new CountRecords())
                .name("count-records")
                .uid("count-records")
                .setParallelism(records.getParallelism()),
            env.fromData(models, TypeInformation.of(ModelNotice.class))
                .name("models")
                .uid("models"),
            config,
            ConfiguredModels.detectors(config),
            () -> models,
            latent);
    DataStream<ScoredRecord> scores =
        outputs
            .scores()
            .filter(row -> range.contains(row.eventTimeMillis(), row.partition(), row.offset()))
            .name("judged-scores")
            .uid("judged-scores");
    RecordNames names = source.names();
    write(scores, "scores", files.scores(), file -> scores(file, names));
    write(
        scores.filter(row -> row.latent() != null),
        "latent",
        files.latent(),
        RecordWriter.jsonLines(LatentLines::fields));
    String detector = config.detector();
    String topic = config.source().topic();
    write(
        outputs.anomalies().filter(event -> isWithin(range, event)),
        "anomalies",
        files.anomalies(),
        RecordWriter.<AnomalyEvent>jsonLines(
            event ->
                NamedRecords.named(
                    Json.tree(PublishedAnomaly.of(event, detector, topic, startedAt)), names)));
    write(
        outputs.deadLetters().filter(letter -> isWithin(range, letter)),
        "dead-letters",
        files.deadLetters(),
        RecordWriter.jsonLines(letter -> fields(letter, names)));
  }

  /** By the anomaly that the event speaks of; for an episode that has closed, its last. */
  private static boolean isWithin(ReplayRange range, AnomalyEvent event) {
    AnomalyEvent.Anomaly last = event.last();
    return range.contains(last.eventTimeMillis(), last.place().partition(), last.place().offset());
  }

  /** By its event time; where that could not be read, by Kafka's; where there is none, always. */
  private static boolean isWithin(ReplayRange range, Rejected letter) {
    long time =
        letter.eventTimeMillis() == Long.MIN_VALUE
            ? letter.kafkaTimeMillis()
            : letter.eventTimeMillis();
    return time < 0 || range.contains(time, letter.partition(), letter.offset());
  }

  private static <T> void write(
      DataStream<T> values, String name, Path file, RecordWriter.Factory<T> factory) {
    values.sinkTo(new LocalFileSink<>(file, factory)).name(name).uid(name).setParallelism(1);
  }

  private static RecordWriter<ScoredRecord> scores(Path file, RecordNames names)
      throws IOException {
    ScoresFile.Writer rows = new ScoresFile.Writer(file, names);
    return new RecordWriter<>() {
      @Override
      public void write(ScoredRecord scored) throws IOException {
        rows.write(ScoreRow.of(scored));
      }

      @Override
      public void close() throws IOException {
        rows.close();
      }
    };
  }

  /** Where and why; never the payload. */
  private static Map<String, Object> fields(Rejected letter, RecordNames names) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("reason", letter.reason());
    fields.put("message", letter.message());
    fields.put("partition", letter.partition());
    fields.put("offset", letter.offset());
    String name = names.nameOf(letter.partition(), letter.offset());
    if (!name.isEmpty()) {
      fields.put(NamedRecords.FILE, name);
    }
    return fields;
  }

  /** All scores, all late records, and all the time that a model needs to load. */
  private static NelboConfig withoutCompromise(NelboConfig config) {
    TopicsConfig topics = config.topics();
    return config
        .withTopics(
            new TopicsConfig(
                topics.anomalies(),
                topics.scores(),
                topics.deadLetters(),
                topics.models(),
                TopicsConfig.ScoresMode.ALL,
                topics.sampleEvery()))
        .withOrder(new OrderConfig(config.order().bound(), OrderConfig.Late.DEAD_LETTER))
        .withModel(config.model().withLoadTimeout(PATIENT));
  }
}
