package io.nelbo.jobs.retrain.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.TrainConfig;
import io.nelbo.model.artifact.LikelihoodSpec;
import io.nelbo.model.fit.TrainingConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TrainingSetupTest {
  @Test
  void theDefaultsOfTheFileAreTheDefaultsOfTheModel() {
    assertThat(TrainingSetup.of(TestConfig.of())).isEqualTo(TrainingConfig.defaults());
  }

  @ParameterizedTest
  @EnumSource
  void everyLikelihoodOfTheFileIsOneOfTheModel(TrainConfig.Likelihood likelihood) {
    NelboConfig config =
        TestConfig.of("train: {likelihood: %s}".formatted(likelihood.settingName()));

    assertThat(TrainingSetup.of(config).design().likelihood())
        .isEqualTo(likelihood.settingName())
        .isIn(LikelihoodSpec.KINDS);
  }

  @Test
  void onlyAFixedDeviationIsTheConfiguredOne() {
    NelboConfig fixed = TestConfig.of("train: {likelihood: gaussian-fixed, deviation: 0.7}");
    NelboConfig shared = TestConfig.of("train: {likelihood: gaussian-shared, deviation: 0.7}");

    assertThat(TrainingSetup.of(fixed).data().deviationFloor()).isEqualTo(0.7);
    assertThat(TrainingSetup.of(shared).data().deviationFloor())
        .isEqualTo(TrainingConfig.defaults().data().deviationFloor());
  }
}
