package io.nelbo.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Place;
import io.nelbo.jobs.stream.ScoredRecord;
import io.nelbo.jobs.testing.CorrelatedSensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whichever way model events arrive, the same model governs, and event time is the data's. */
final class GoverningModelTest {
  private static final int RECORDS = 60;

  @TempDir private Path store;

  @Test
  void modelEventsInAnyOrderTwiceAndBetweenIdleStretchesGiveTheSameScores() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Observation> records = records(random);
    List<ModelNotice> events = events(random);
    List<ScoreBits> expected = expected(records, events);
    for (int round = 0; round < 15; round++) {
      try (DetectHarness detect = DetectHarness.of(store, "batch: {size: 16}")) {
        // All are known before the first record, as ModelHistory sees to; then they come again.
        deliver(detect, shuffledWithRepeats(events, random), random);
        List<ModelNotice> again = shuffledWithRepeats(events, random);
        int next = 0;
        for (Observation record : records) {
          while (next < again.size() && random.nextInt(4) == 0) {
            deliver(detect, List.of(again.get(next++)), random);
          }
          if (random.nextInt(10) == 0) {
            detect.harness().processWatermarkStatus1(WatermarkStatus.IDLE);
            detect.harness().processWatermarkStatus1(WatermarkStatus.ACTIVE);
          }
          detect.send(record);
        }
        detect.harness().endInput1();

        assertThat(detect.bits()).as("seed %s, round %s", seed, round).isEqualTo(expected);
      }
    }
  }

  @Test
  void anIdleOrFinishedModelTopicNeitherStallsNorRushesEventTime() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (DetectHarness detect = DetectHarness.of(store)) {
      List<Object> expected = new ArrayList<>();
      for (long mark = 0; mark < 100; mark++) {
        disturbModelInput(detect, random);
        detect.watermark(mark);
        expected.add(new Watermark(mark));
        if (mark == 50) {
          detect.harness().endInput2();
          detect.harness().processWatermark2(Watermark.MAX_WATERMARK);
        }
      }

      assertThat(detect.output()).as("seed %s", seed).isEqualTo(expected);
    }
  }

  @Test
  void idleDataIsToldDownstreamAfterItsLastScores() throws Exception {
    try (DetectHarness detect = DetectHarness.of(store)) {
      detect.send(record("x", 1, new CorrelatedSensors(1)));
      detect.harness().processWatermarkStatus1(WatermarkStatus.IDLE);
      detect.harness().processWatermarkStatus1(WatermarkStatus.ACTIVE);

      assertThat(detect.scores()).hasSize(1);
      assertThat(detect.output().subList(1, 3))
          .containsExactly(WatermarkStatus.IDLE, WatermarkStatus.ACTIVE);
    }
  }

  private static void disturbModelInput(DetectHarness detect, Random random) throws Exception {
    switch (random.nextInt(4)) {
      case 0 -> detect.harness().processWatermarkStatus2(WatermarkStatus.IDLE);
      case 1 -> detect.harness().processWatermarkStatus2(WatermarkStatus.ACTIVE);
      case 2 -> detect.harness().processWatermark2(new Watermark(random.nextLong(1_000)));
      default -> {}
    }
  }

  private static void deliver(DetectHarness detect, List<ModelNotice> events, Random random)
      throws Exception {
    for (ModelNotice event : events) {
      disturbModelInput(detect, random);
      detect.announce(event);
    }
  }

  private static List<ModelNotice> shuffledWithRepeats(List<ModelNotice> events, Random random) {
    List<ModelNotice> arrivals = new ArrayList<>(events);
    arrivals.addAll(events.subList(0, random.nextInt(events.size() + 1)));
    Collections.shuffle(arrivals, random);
    return arrivals;
  }

  /** By the definition: of all with effective_from <= t, the one with the highest offset. */
  private List<ScoreBits> expected(List<Observation> records, List<ModelNotice> events)
      throws Exception {
    List<ScoreBits> expected = new ArrayList<>();
    for (Observation record : records) {
      try (DetectHarness alone = DetectHarness.of(store, "batch: {size: 1}")) {
        var governing =
            events.stream()
                .filter(ModelNotice::isActivation)
                .filter(event -> event.effectiveFromMillis() <= record.eventTimeMillis())
                .max(Comparator.comparingLong(ModelNotice::offset));
        if (governing.isPresent()) {
          alone.announce(governing.get());
        }
        alone.send(record);
        expected.addAll(alone.bits());
        assertThat(alone.scores())
            .extracting(ScoredRecord::isScored)
            .containsExactly(governing.isPresent());
      }
    }
    return expected;
  }

  private List<ModelNotice> events(Random random) throws Exception {
    List<ModelNotice> events = new ArrayList<>();
    try (DetectHarness publisher = DetectHarness.of(store)) {
      for (int offset = 0; offset < 6; offset++) {
        events.add(publisher.activation(1 + offset % 2, offset, 5 + random.nextInt(RECORDS)));
      }
    }
    return events;
  }

  private static List<Observation> records(Random random) {
    CorrelatedSensors sensors = new CorrelatedSensors(random.nextLong());
    List<Observation> records = new ArrayList<>();
    for (int time = 0; time < RECORDS; time++) {
      records.add(record("s" + time % 3, time, sensors));
    }
    return records;
  }

  private static Observation record(String series, long time, CorrelatedSensors sensors) {
    return new Observation(series, time, sensors.normal(), -1, new Place(0, time), time, null);
  }
}
