package io.nelbo.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DeviceChoiceTest {
  @ParameterizedTest
  @ValueSource(strings = {"auto", "gpu"})
  void subtasksTakeTheAssignedGpusByTurns(String asked) {
    List<Integer> assigned = List.of(2, 3);

    assertThat(DeviceChoice.of(asked, assigned, 0, 4))
        .isEqualTo(new DeviceChoice("gpu:2", "GPUs [2, 3] were assigned"));
    assertThat(DeviceChoice.of(asked, assigned, 1, 4).device()).isEqualTo("gpu:3");
    assertThat(DeviceChoice.of(asked, assigned, 2, 4).device()).isEqualTo("gpu:2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "gpu"})
  void withoutAnAssignedGpuTheFirstIsTaken(String asked) {
    assertThat(DeviceChoice.of(asked, List.of(), 5, 2))
        .isEqualTo(
            new DeviceChoice("gpu:0", "the first of 2 that the engine sees; none was assigned"));
  }

  @Test
  void anAssignedGpuThatTheEngineDoesNotSeeIsPassedOver() {
    assertThat(DeviceChoice.of("auto", List.of(1, 7), 1, 2).device()).isEqualTo("gpu:1");
    assertThat(DeviceChoice.of("auto", List.of(7), 0, 1))
        .isEqualTo(
            new DeviceChoice(
                "gpu:0",
                "the first of 1 that the engine sees; GPUs [7] were assigned, the engine sees none"
                    + " of these"));
  }

  @Test
  void whereThereIsNoGpuOnlyTheWordAutoFallsBackToTheCpu() {
    assertThat(DeviceChoice.of("auto", List.of(), 0, 0))
        .isEqualTo(new DeviceChoice("cpu", "the engine sees no GPU; none was assigned"));
    assertThat(DeviceChoice.of("auto", List.of(0), 0, 0))
        .isEqualTo(
            new DeviceChoice(
                "cpu",
                "the engine sees no GPU; GPUs [0] were assigned, the engine sees none of these"));
    assertThatThrownBy(() -> DeviceChoice.of("gpu", List.of(0), 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "device gpu does not exist: the engine sees 0 GPUs; GPUs [0] were assigned, the engine"
                + " sees none of these");
  }

  @Test
  void theCpuIsTakenWhereItIsAskedForWhateverWasAssigned() {
    assertThat(DeviceChoice.of("cpu", List.of(0), 0, 1))
        .isEqualTo(new DeviceChoice("cpu", "as configured"));
  }

  @Test
  void aGpuThatIsNamedIsTakenOrEverythingIsSaidThatSpeaksAgainstIt() {
    assertThat(DeviceChoice.of("gpu:1", List.of(), 0, 2))
        .isEqualTo(new DeviceChoice("gpu:1", "as configured"));
    assertThat(DeviceChoice.of("gpu:1", List.of(0, 1), 0, 2).device()).isEqualTo("gpu:1");
    assertThatThrownBy(() -> DeviceChoice.of("gpu:1", List.of(0), 0, 2))
        .hasMessage("GPUs [0] were assigned, gpu:1 was not");
    assertThatThrownBy(() -> DeviceChoice.of("gpu:3", List.of(0), 0, 2))
        .hasMessage(
            "device gpu:3 does not exist: the engine sees 2 GPUs; GPUs [0] were assigned, gpu:3 was"
                + " not");
  }

  @ParameterizedTest
  @CsvSource({"tpu", "gpu:", "gpu:x", "gpu:1234", "gpus"})
  void anotherWordIsRefused(String asked) {
    assertThatThrownBy(() -> DeviceChoice.of(asked, List.of(), 0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("device must be auto, cpu, gpu or gpu:<index>, got " + asked);
  }
}
