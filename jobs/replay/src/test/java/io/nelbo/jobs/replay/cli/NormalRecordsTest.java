package io.nelbo.jobs.replay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.retrain.sample.SampleShape;
import io.nelbo.jobs.retrain.sample.SegmentJoin;
import io.nelbo.jobs.retrain.sample.SegmentSample;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Place;
import io.nelbo.model.record.Segment;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NormalRecordsTest {
  private static final long SEED = 4;
  private static final int RECORDS = 2_000;
  private static final NelboConfig CONFIG = TestConfig.of("series: {max-gap: 1m}");

  @Test
  void trainingFromFilesSeesTheSegmentsThatTrainingOnTheTopicSees() throws Exception {
    NormalRecords files = new NormalRecords(CONFIG, RECORDS);
    SegmentSample topic = new SegmentSample(CONFIG.retrain().slides(), SampleShape.of(CONFIG));
    Random random = new Random(SEED);
    long time = 0;
    for (int i = 0; i < RECORDS; i++) {
      time += random.nextInt(40) == 0 ? 100_000 : 1_000;
      String series = random.nextBoolean() ? "a" : "b";
      int label = random.nextInt(20) == 0 ? 1 : random.nextInt(2) - 1;
      float[] values = {i, 2, 3};
      files.add(series, time, values, label, () -> "nowhere");
      topic.add(new Observation(series, time, values, label, new Place(0, i), time, null));
    }

    List<Segment> ofFiles = files.span().segments();

    assertThat(ofFiles)
        .as("seed %s", SEED)
        .hasSizeGreaterThan(80)
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactlyInAnyOrderElementsOf(
            SegmentJoin.between(topic.segments(), Long.MIN_VALUE, Long.MAX_VALUE));
  }
}
