package io.nelbo.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.models.ConfiguredModels;
import io.nelbo.jobs.serve.DetectorFactory;
import io.nelbo.jobs.serve.StoreDetectorFactory;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Place;
import io.nelbo.jobs.stream.ScoredRecord;
import io.nelbo.jobs.testing.Await;
import io.nelbo.jobs.testing.CorrelatedSensors;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that takes too long to load holds nobody up: the incumbent stands in, and says so. */
final class OverdueModelTest {
  private static final long LONG_AGO = -1_000_000;

  private static final String[] SETTINGS = {"batch: {size: 1}"};

  @TempDir private Path store;

  private final CorrelatedSensors sensors = new CorrelatedSensors(11);

  @Test
  void theIncumbentScoresAsOverdueUntilTheModelIsThere() throws Exception {
    CountDownLatch loadable = new CountDownLatch(1);
    List<Observation> records = List.of(record(50), record(100), record(101));
    try (DetectHarness detect =
            DetectHarness.of(store, config -> slow(config, loadable), impatient());
        DetectHarness incumbentAlone = DetectHarness.of(store, SETTINGS)) {
      detect.activate(1, 0, LONG_AGO);
      long[] early = {LONG_AGO};
      Await.until(
          "the first model scores",
          () -> {
            detect.send(record(early[0]++));
            return DetectHarness.version(last(detect)).equals("v000001");
          });
      int before = detect.scores().size();
      detect.activate(2, 1, 100);

      detect.sendAll(records);
      loadable.countDown();
      long[] time = {200};
      Await.until(
          "the new model scores",
          () -> {
            detect.send(record(time[0]++));
            return DetectHarness.version(last(detect)).equals("v000002");
          });

      List<ScoredRecord> scores = detect.scores().subList(before, before + 3);
      assertThat(scores).extracting(DetectHarness::version).containsOnly("v000001");
      assertThat(scores).extracting(ScoredRecord::overdue).containsExactly(false, true, true);
      assertThat(last(detect).overdue()).isFalse();
      // Whoever stands in gives his own scores, to the last bit.
      incumbentAlone.activate(1, 0, 0);
      incumbentAlone.sendAll(records);
      assertThat(incumbentAlone.scores())
          .extracting(ScoredRecord::negativeElbo)
          .isEqualTo(scores.stream().map(ScoredRecord::negativeElbo).toList());
    }
  }

  private String[] impatient() {
    return new String[] {
      SETTINGS[0], "model: {store: %s, device: cpu, load-timeout: 1ms}".formatted(store)
    };
  }

  /** Opens the first version at once, every other only when it is allowed to. */
  private static DetectorFactory slow(NelboConfig config, CountDownLatch loadable) {
    StoreDetectorFactory real = ConfiguredModels.detectors(config);
    return notice -> {
      if (!notice.version().equals("v000001")) {
        await(loadable);
      }
      return real.open(notice);
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private static ScoredRecord last(DetectHarness detect) {
    List<ScoredRecord> scores = detect.scores();
    return scores.get(scores.size() - 1);
  }

  private Observation record(long time) {
    return new Observation("x", time, sensors.normal(), -1, new Place(0, time), time, null);
  }
}
