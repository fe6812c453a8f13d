package io.nelbo.model.measure;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.PrimitiveIterator;
import org.junit.jupiter.api.Test;

final class StageClockTest {
  @Test
  void partsTheTimeOfSeveralCallsByStage() {
    List<Long> ticks = List.of(100L, 103L, 110L, 111L, 200L, 202L, 212L, 213L);
    PrimitiveIterator.OfLong clock = ticks.stream().mapToLong(Long::longValue).iterator();
    StageClock stages = new StageClock(clock::nextLong);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray array = manager.create(1f);
      for (int call = 0; call < 2; call++) {
        stages.packed();
        stages.sent(array);
        stages.computed(array);
        stages.received();
      }
    }

    assertThat(stages.times(60)).isEqualTo(new StageTimes(5, 17, 2, 36));
  }

  @Test
  void timesAddUp() {
    assertThat(new StageTimes(1, 2, 3, 4).plus(new StageTimes(10, 20, 30, 40)))
        .isEqualTo(new StageTimes(11, 22, 33, 44));
  }
}
