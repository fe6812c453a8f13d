package io.nelbo.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.replay.file.FrameSample;
import io.nelbo.jobs.replay.source.ReplaySource;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Place;
import io.nelbo.model.record.Segment;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

final class BacktestTrainingTest {
  @Test
  void whatComesAfterAnAnomalousRecordDoesNotFollowWhatCameBefore() throws Exception {
    Recorded source =
        new Recorded(
            List.of(at(1_000, -1), at(2_000, 0), at(3_000, 1), at(4_000, -1), at(9_000, -1)));

    NelboConfig config = TestConfig.of();

    List<Segment> segments =
        new BacktestTraining(config)
            .span(source, Instant.ofEpochMilli(9_000), FrameSample.of(config, 5))
            .segments();

    assertThat(segments)
        .extracting(Segment::eventTimeMillis)
        .containsExactly(new long[] {1_000, 2_000}, new long[] {4_000});
  }

  private static Decoded at(long time, int label) {
    return Decoded.of(
        new Observation("a", time, new float[] {1, 2, 3}, label, new Place(0, time), time, null));
  }

  /** What was recorded, without Flink. */
  private record Recorded(List<Decoded> all) implements ReplaySource {
    @Override
    public DataStream<Decoded> records(StreamExecutionEnvironment env) {
      throw new UnsupportedOperationException("no graph is run");
    }

    @Override
    public boolean isInOneOrder() {
      return true;
    }

    @Override
    public void forEach(Consumer<Decoded> consumer) {
      all.forEach(consumer);
    }

    @Override
    public long size() {
      return all.size();
    }

    @Override
    public long judged() {
      return all.size();
    }

    @Override
    public String describe() {
      return "a list";
    }
  }
}
