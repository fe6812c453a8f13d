package io.nelbo.jobs.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.score.ModelHistory;
import io.nelbo.jobs.testing.CorrelatedSensors;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.train.SpanBuilder;
import io.nelbo.model.train.TrainingSpan;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CandidateTrainingTest {
  @TempDir private Path store;

  @Test
  void anArtifactIsAnnouncedAgainForTheSameRecordsAndSettingsOnly() throws Exception {
    TrainingSpan rows = span(1);

    String first = version(rows, 7);

    assertThat(first).isEqualTo("v000001");
    assertThat(version(rows, 7)).isEqualTo("v000001");
    assertThat(version(span(2), 7)).isEqualTo("v000002");
    assertThat(version(rows, 8)).isEqualTo("v000003");
  }

  private String version(TrainingSpan rows, long seed) throws Exception {
    NelboConfig config =
        TestConfig.of(
            """
            train: {hidden: 8, latent: 2, steps: 20, seed: %d}
            retrain: {min-rows: 400}
            """
                .formatted(seed));
    CandidateTraining training =
        new CandidateTraining(config, new LocalArtifactStore(store), ModelHistory.NONE);
    TrainingOrder order =
        new TrainingOrder(rows, TrainingOrder.FIRST, Long.MIN_VALUE, Optional.empty());
    Outcome.Judged judged = (Outcome.Judged) training.decide(order, () -> true);
    return judged.artifact().version();
  }

  /** The same times, other values. */
  private static TrainingSpan span(long seed) {
    CorrelatedSensors sensors = new CorrelatedSensors(seed);
    SpanBuilder span = new SpanBuilder(CorrelatedSensors.NAMES, 1_000);
    for (int time = 0; time < 400; time++) {
      span.add("a", time, sensors.normal());
    }
    return span.build();
  }
}
