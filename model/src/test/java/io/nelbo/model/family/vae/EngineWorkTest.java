package io.nelbo.model.family.vae;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.fit.Design;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.measure.EngineWork;
import io.nelbo.model.measure.StageTimes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the benchmarks of the engine measure. */
final class EngineWorkTest {
  private static final int FEATURES = 10;

  static List<Design> designs() {
    return List.of(
        Design.SENSORS,
        new Design("bernoulli", 2, "tanh", 0, true, Design.Objective.ELBO),
        new Design("bernoulli", 2, "tanh", 0, true, Design.Objective.IWAE));
  }

  @ParameterizedTest
  @MethodSource("designs")
  void scoresAndTrainsAgainAndAgainAndKnowsItsStages(Design design) {
    try (EngineWork scoring = new ScoringWork(config(design), FEATURES, 300, "cpu");
        EngineWork training = new TrainingWork(config(design), FEATURES, "cpu")) {
      for (EngineWork work : List.of(scoring, training)) {
        work.once();
        work.once();
        StageTimes times = work.timed();

        assertThat(times.computing()).isPositive();
        assertThat(times.sending()).isPositive();
        assertThat(times.receiving()).isPositive();
        assertThat(times.java()).isPositive();
      }
    }
  }

  @Test
  void theEncoderSeesAWindowOnceAndTheDecoderEachOfItsDraws() {
    // Widths: 20 inputs (values and masks), 64, 64, 6 latents with mean and variance; and back.
    long encoder = 20 * 64 + 64 * 64 + 64 * 12;
    long decoder = 6 * 64 + 64 * 64 + 64 * 10;
    try (EngineWork scoring = new ScoringWork(config(Design.SENSORS), FEATURES, 300, "cpu");
        EngineWork training = new TrainingWork(config(Design.SENSORS), FEATURES, "cpu")) {
      assertThat(scoring.multiplications()).isEqualTo(encoder + 4 * decoder);
      assertThat(training.multiplications()).isEqualTo(3 * (encoder + 2 * decoder));
    }
  }

  private static TrainingConfig config(Design design) {
    return TrainingConfig.defaults().withDesign(design);
  }
}
