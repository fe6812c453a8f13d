package io.nelbo.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.models.ConfiguredModels;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.stream.JobSettings;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Place;
import io.nelbo.jobs.stream.ScoredRecord;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.jobs.testing.SharedCluster;
import io.nelbo.jobs.testing.TestDecisions;
import io.nelbo.jobs.testing.TestModels;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A score is a pure function of the window and the model version, to the last bit. */
final class BitEqualityIT {
  private static final int SERIES = 13;
  private static final int RECORDS = 90;

  /** A stream needs an element; the models come from the history. */
  private static final ModelNotice NO_MODEL = TestDecisions.skipped(0);

  @RegisterExtension static final SharedCluster CLUSTER = new SharedCluster();

  @TempDir private Path store;

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void batchSizeParallelismAndNeighboursDoNotChangeOneBit(int windowLength) throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Deque<Decoded>> series = series(random);
    List<ScoreBits> expected = score(interleaved(series, random), windowLength, 8, 1);
    assertThat(expected.stream().filter(bits -> bits.status() == ScoredRecord.Status.SCORED))
        .hasSize(SERIES * (RECORDS - windowLength + 1));

    for (int parallelism : new int[] {1, 2}) {
      for (int batchSize : new int[] {8, 64, 256}) {
        assertThat(score(interleaved(series, random), windowLength, batchSize, parallelism))
            .as("seed %s, batch %s, parallelism %s", seed, batchSize, parallelism)
            .isEqualTo(expected);
      }
    }
  }

  private List<ScoreBits> score(
      List<Decoded> records, int windowLength, int batchSize, int parallelism) throws Exception {
    NelboConfig config =
        TestConfig.of(
            """
            model: {store: %s, device: cpu}
            window: {length: %d}
            alert: {smooth: 3}
            batch: {size: %d, age: 1s}
            job: {parallelism: %d, checkpoint-dir: "%s"}
            """
                .formatted(
                    store,
                    windowLength,
                    batchSize,
                    parallelism,
                    store.resolve(".checkpoints").toUri()));
    TestModels.publish(store, windowLength, 1);
    StreamExecutionEnvironment env = CLUSTER.collecting(parallelism);
    JobSettings.apply(env, config);
    DataStream<Decoded> decoded =
        env.fromData(records, TypeInformation.of(Decoded.class))
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Decoded>forMonotonousTimestamps()
                    .withTimestampAssigner((record, none) -> record.eventTimeMillis()))
            .setParallelism(1)
            // As partitions do: each series stays in order.
            .keyBy(each -> each.wellFormed().series(), Types.STRING);
    DataStream<ScoredRecord> scores =
        ScoreTopology.build(
                decoded,
                env.fromData(List.of(NO_MODEL), TypeInformation.of(ModelNotice.class)),
                config,
                ConfiguredModels.detectors(config),
                new WholeStore(store.toString()),
                LatentSample.NONE)
            .scores();
    List<ScoreBits> bits = new ArrayList<>();
    try (CloseableIterator<ScoredRecord> results = scores.executeAndCollect()) {
      results.forEachRemaining(scored -> bits.add(ScoreBits.of(scored)));
    }
    bits.sort(
        Comparator.comparing(ScoreBits::series).thenComparingLong(ScoreBits::eventTimeMillis));
    return bits;
  }

  private static List<Deque<Decoded>> series(Random random) {
    List<Deque<Decoded>> all = new ArrayList<>();
    CorrelatedSensors sensors = new CorrelatedSensors(random.nextLong());
    for (int s = 0; s < SERIES; s++) {
      Deque<Decoded> records = new ArrayDeque<>();
      for (int i = 0; i < RECORDS; i++) {
        float[] features = random.nextInt(20) == 0 ? sensors.broken() : sensors.normal();
        if (random.nextInt(10) == 0) {
          features[random.nextInt(3)] = Float.NaN;
        }
        records.add(
            Decoded.of(
                new Observation(
                    "s" + s, i * 1_000L, features, -1, new Place(s, i), i * 1_000L, null)));
      }
      all.add(records);
    }
    return all;
  }

  /** One random order of all records in which each series keeps its own. */
  private static List<Decoded> interleaved(List<Deque<Decoded>> series, Random random) {
    List<Deque<Decoded>> left = new ArrayList<>();
    series.forEach(records -> left.add(new ArrayDeque<>(records)));
    List<Decoded> order = new ArrayList<>();
    while (!left.isEmpty()) {
      Deque<Decoded> next = left.get(random.nextInt(left.size()));
      order.add(next.removeFirst());
      left.removeIf(Deque::isEmpty);
    }
    return order;
  }
}
