package io.nelbo.jobs.score;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelbo.jobs.TestConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelDeviceTest {
  @TempDir private Path store;

  @Test
  void aTaskWithoutTheDeviceFailsAtOnceAndNamesTheSetting() {
    assertThatThrownBy(() -> DetectHarness.of(store, "model: {store: /nowhere, device: 'gpu:99'}"))
        .hasStackTraceContaining("model.device gpu:99 cannot be used here: device gpu:99 does not");
  }

  @Test
  void everyMachineHasACpu() {
    assertThatCode(() -> factory("cpu").requireDevice()).doesNotThrowAnyException();
  }

  private static StoreDetectorFactory factory(String device) {
    return new StoreDetectorFactory(
        TestConfig.of("model: {store: /nowhere, device: '%s'}".formatted(device)));
  }
}
