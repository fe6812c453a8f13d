package io.nelbo.jobs.retrain;

import static io.nelbo.jobs.retrain.RetrainHarness.SLIDE;
import static io.nelbo.schemas.ModelEventKind.ACTIVATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.jobs.testing.LogLines;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DriftLookoutTest {
  private static final long STEP = 1_000;

  // The operator's view of the topic finds here what a job graph cannot carry.
  private static volatile ModelHistory topic = ModelHistory.NONE;

  private final CorrelatedSensors sensors = new CorrelatedSensors(5);
  private long time = SLIDE;

  @TempDir private Path store;

  @BeforeEach
  void emptyTopic() {
    topic = ModelHistory.NONE;
  }

  @Test
  void aLookThatFailsIsSaidOnceAndDecidesAboutNothing() throws Exception {
    LogLines log = LogLines.fromNowOn();
    try (RetrainHarness retrain = RetrainHarness.open(store, () -> topic.read())) {
      sendUntil(retrain, SLIDE + 300 * STEP);
      topic =
          () -> {
            throw new IOException("the topic cannot be read");
          };

      sendUntil(retrain, SLIDE + 360 * STEP);

      assertThat(retrain.kinds()).containsExactly(ACTIVATED);
      assertThat(log.lines())
          .filteredOn(line -> line.contains("were not looked at for drift"))
          .singleElement()
          .asString()
          .contains("the topic cannot be read");
    }
  }

  private void sendUntil(RetrainHarness retrain, long end) throws Exception {
    for (; time < end; time += STEP) {
      retrain.send("s", time, sensors.normal());
    }
    retrain.watermark(time - STEP);
    retrain.settle();
  }
}
