package io.nelbo.jobs.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.csv.CsvColumns;
import io.nelbo.jobs.decode.DecodedRecord;
import io.nelbo.jobs.decode.RecordDecoder;
import io.nelbo.jobs.models.ConfiguredModels;
import io.nelbo.jobs.models.ModelChoice;
import io.nelbo.jobs.replay.file.RecordFiles;
import io.nelbo.jobs.replay.result.ReplayResult;
import io.nelbo.jobs.replay.result.ScoreRow;
import io.nelbo.jobs.replay.source.ReplayRange;
import io.nelbo.jobs.score.LatentSample;
import io.nelbo.jobs.score.ScoreTopology;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.stream.JobSettings;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Place;
import io.nelbo.jobs.stream.ScoredRecord;
import io.nelbo.jobs.testing.SharedCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A model that is told the load and the hour judges by them, live as in a replay. */
final class ContextIT {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration STEP = Duration.ofMinutes(10);
  private static final int TRAINING = 2_000;
  private static final int JUDGED = 600;
  private static final int EVERY = 50;

  /** A drive follows the load, a heater follows the day. */
  private record Reading(Instant time, float drive, float heater, float load, boolean broken) {
    String csv() {
      return "%s,%s,%s,%s,%d".formatted(time, load, heater, drive, broken ? 1 : 0);
    }

    byte[] json() {
      return """
      {"series": "plant", "time": "%s", "drive": %s, "heater": %s, "load": %s, "label": %s}
      """
          .formatted(time, drive, heater, load, broken)
          .getBytes(UTF_8);
    }
  }

  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster();

  @TempDir private Path folder;

  @Test
  void whatContradictsItsCircumstancesIsFoundAndAReplayScoresAsTheLiveJob() throws Exception {
    List<Reading> readings = readings();
    Path csv = folder.resolve("plant.csv");
    List<String> lines = new ArrayList<>(List.of("time,load,heater,drive,label"));
    readings.forEach(reading -> lines.add(reading.csv()));
    Files.write(csv, lines);
    Instant until = readings.get(TRAINING).time();

    List<ScoreRow> replayed = replay(csv, until).rows();
    List<ScoreRow> live = live(readings);

    assertThat(replayed).hasSize(JUDGED).allMatch(ScoreRow::isScored);
    assertThat(live.subList(TRAINING, live.size())).isEqualTo(replayed);
    assertThat(replayed.stream().filter(row -> row.label() == 1))
        .hasSize(JUDGED / EVERY)
        .allMatch(ScoreRow::anomaly);
    assertThat(replayed.stream().filter(row -> row.label() == 0 && row.anomaly()))
        .hasSizeLessThan(JUDGED / 20);
  }

  private ReplayResult replay(Path csv, Instant until) throws Exception {
    NelboConfig config = config(folder.resolve("store"));
    ReplayRange all = ReplayRange.between(Optional.empty(), Optional.empty());
    ReplayPlan plan =
        new ReplayPlan(
            config,
            RecordFiles.of(List.of(csv.toString()), CsvColumns.none(), config, all),
            all,
            new ReplayPlan.Models.TrainedUntil(until),
            folder.resolve("out"),
            false);
    return new ReplayRun(plan, Clock.systemUTC(), "test").run(new SilentListener());
  }

  /** The same model and records, which come as bytes of the topic. */
  private List<ScoreRow> live(List<Reading> readings) throws Exception {
    NelboConfig config = config(folder.resolve("out/models"));
    ModelNotice model = new ModelChoice(config, List::of).pinned("latest");
    StreamExecutionEnvironment env = CLUSTER.collecting(1);
    JobSettings.apply(env, config);
    DataStream<Decoded> decoded =
        env.fromData(decoded(readings, config), TypeInformation.of(Decoded.class))
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Decoded>forMonotonousTimestamps()
                    .withTimestampAssigner((record, none) -> record.eventTimeMillis()))
            .setParallelism(1);
    List<ScoreRow> rows = new ArrayList<>();
    try (CloseableIterator<ScoredRecord> scores =
        ScoreTopology.build(
                decoded,
                env.fromData(List.of(model), TypeInformation.of(ModelNotice.class)),
                config,
                ConfiguredModels.detectors(config),
                () -> List.of(model),
                LatentSample.NONE)
            .scores()
            .executeAndCollect()) {
      scores.forEachRemaining(scored -> rows.add(ScoreRow.of(scored)));
    }
    return rows;
  }

  private static List<Decoded> decoded(List<Reading> readings, NelboConfig config) {
    RecordDecoder decoder = RecordDecoder.of(config);
    DecodedRecord record = new DecodedRecord();
    List<Decoded> all = new ArrayList<>();
    for (Reading reading : readings) {
      long time = reading.time().toEpochMilli();
      assertThat(decoder.decode(null, reading.json(), time, record)).as(record.message()).isTrue();
      all.add(
          Decoded.of(
              new Observation(
                  record.series(),
                  record.eventTimeMillis(),
                  record.features(),
                  record.label(),
                  new Place(0, all.size()),
                  time,
                  null)));
    }
    return all;
  }

  private NelboConfig config(Path store) {
    return TestConfig.of(
        """
        detector: plant
        features: [drive, heater]
        context: {fields: [load], calendar: [hour-of-day], time-zone: Asia/Tokyo}
        source: {topic: plant.records, format: json, fields: {label: label}}
        series: {max-gap: 1h}
        window: {length: 2}
        model: {store: %s, device: cpu}
        alert: {false-alarm-rate: 0.01, smooth: 1}
        train: {hidden: 32, latent: 2, steps: 1500, batch-size: 64, learning-rate: 0.004}
        job: {checkpoint-dir: "%s"}
        """
            .formatted(store, folder.resolve("checkpoints").toUri()));
  }

  /**
   * Each value alone is one that the training has often seen; when broken, the drive does what it
   * would under the opposite load, or the heater what it does at another time of day.
   */
  private static List<Reading> readings() {
    SplittableRandom random = new SplittableRandom(1);
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < TRAINING + JUDGED; i++) {
      boolean broken = i >= TRAINING && i % EVERY == EVERY / 2;
      boolean drives = broken && i % (2 * EVERY) < EVERY;
      double load = (random.nextBoolean() ? 1 : -1) + 0.2 * random.nextGaussian();
      Instant time = START.plus(STEP.multipliedBy(i));
      double day = (double) time.getEpochSecond() / Duration.ofDays(1).toSeconds();
      double warmth = Math.sin(2 * Math.PI * day);
      double wrong = warmth < 0 ? 1 : -1;
      readings.add(
          new Reading(
              time,
              number(2 * (drives ? -load : load) + 0.1 * random.nextGaussian()),
              number(5 + 2 * (broken && !drives ? wrong : warmth) + 0.1 * random.nextGaussian()),
              number(load),
              broken));
    }
    return readings;
  }

  private static float number(double value) {
    return Float.parseFloat(String.format(Locale.ROOT, "%.4f", value));
  }
}
