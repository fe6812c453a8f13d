package io.nelbo.jobs.retrain.run;

import static io.nelbo.jobs.retrain.run.RetrainHarness.SLIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.retrain.RetrainProgress;
import io.nelbo.jobs.retrain.due.Spans;
import io.nelbo.jobs.retrain.due.TrainingOrder;
import io.nelbo.model.train.TrainingSpan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SpansTest {
  private final NelboConfig config = RetrainHarness.config(Path.of("/nowhere"), "");

  @Test
  void aChangeCountsOnceItsBucketIsOver() {
    Spans early = new Spans(config, RetrainProgress.NONE);
    Spans whole = new Spans(config, RetrainProgress.NONE);

    early.changed(3, orderUntil(3 * SLIDE + SLIDE / 8)); // for drift
    whole.changed(3, orderUntil(4 * SLIDE));
    whole.changed(Long.MIN_VALUE, orderUntil(5 * SLIDE));

    assertThat(early.progress(0).changedBucket()).isEqualTo(Long.MIN_VALUE);
    assertThat(whole.progress(0).changedBucket()).isEqualTo(3);
  }

  private TrainingOrder orderUntil(long endMillis) {
    return new TrainingOrder(
        new TrainingSpan(config.columns(), List.of(), 0, endMillis),
        TrainingOrder.SCHEDULE,
        Long.MIN_VALUE,
        Optional.empty());
  }
}
