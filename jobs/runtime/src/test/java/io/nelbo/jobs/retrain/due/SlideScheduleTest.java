package io.nelbo.jobs.retrain.due;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SlideScheduleTest {
  private final SlideSchedule schedule = new SlideSchedule(Long.MIN_VALUE);

  @Test
  void aSlideIsDueOnceAndOnlyWhenItIsOver() {
    schedule.reached(3, List.of(2L, 3L));

    assertThat(schedule.takeNewest()).contains(2L);
    schedule.reached(3, List.of(2L, 3L));
    assertThat(schedule.isWaiting()).isFalse();
    schedule.reached(4, List.of(2L, 3L));
    assertThat(schedule.takeNewest()).contains(3L);
  }

  @Test
  void theNewestOvertakesTheOthers() {
    schedule.reached(4, List.of(1L, 2L, 3L));

    assertThat(schedule.takeOvertaken()).containsExactly(1L, 2L);
    assertThat(schedule.takeNewest()).contains(3L);
    assertThat(schedule.isWaiting()).isFalse();
  }

  @Test
  void whatWasDueButNotDecidedIsDueAgainAfterARestart() {
    schedule.reached(3, List.of(1L, 2L));
    schedule.decided(1);
    schedule.takeNewest(); // in training when the job fails

    SlideSchedule restarted = new SlideSchedule(schedule.decided());
    restarted.reached(3, List.of(1L, 2L));

    assertThat(restarted.takeNewest()).contains(2L);
    assertThat(restarted.isWaiting()).isFalse();
  }
}
