package io.nelbo.jobs.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.model.train.TrainingConfig;
import org.junit.jupiter.api.Test;

final class TrainingSetupTest {
  @Test
  void theDefaultsOfTheFileAreTheDefaultsOfTheModel() {
    assertThat(TrainingSetup.of(TestConfig.of())).isEqualTo(TrainingConfig.defaults());
  }
}
