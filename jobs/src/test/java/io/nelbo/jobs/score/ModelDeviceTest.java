package io.nelbo.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.jobs.TestConfig;
import io.nelbo.jobs.models.ConfiguredModels;
import io.nelbo.jobs.serve.AssignedGpus;
import io.nelbo.jobs.serve.DetectorFactory;
import io.nelbo.jobs.serve.StoreDetectorFactory;
import io.nelbo.jobs.testing.TestModels;
import io.nelbo.model.detect.Detector;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelDeviceTest {
  @TempDir private Path store;

  @Test
  void aTaskWithoutTheDeviceFailsAtOnceAndNamesTheSetting() {
    assertThatThrownBy(() -> DetectHarness.of(store, "model: {store: /nowhere, device: 'gpu:99'}"))
        .hasStackTraceContaining("model.device gpu:99 cannot be used here: device gpu:99 does not");
  }

  @Test
  void whatWasAssignedInsteadIsNamedAsWell() {
    assertThatThrownBy(() -> factory("gpu:99").onDevice(new AssignedGpus(List.of(97, 98), 0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("model.device gpu:99 cannot be used here: device gpu:99 does not")
        .hasMessageEndingWith("; GPUs [97, 98] were assigned, gpu:99 was not");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "cpu"})
  void everyMachineHasADeviceToScoreOn(String device) throws Exception {
    DetectorFactory onDevice = factory(device).onDevice(new AssignedGpus(List.of(98), 0));

    try (Detector detector =
        onDevice.open(TestModels.activation(TestModels.publish(store, 1, 1), 0, 0))) {
      assertThat(detector.featureNames()).containsExactly("a", "b", "c");
    }
  }

  private StoreDetectorFactory factory(String device) {
    return ConfiguredModels.detectors(
        TestConfig.of("model: {store: %s, device: '%s'}".formatted(store, device)));
  }
}
