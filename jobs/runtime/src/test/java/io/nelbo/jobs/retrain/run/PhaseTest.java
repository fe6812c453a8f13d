package io.nelbo.jobs.retrain.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.jobs.retrain.ShadowCandidate;
import io.nelbo.jobs.retrain.due.SlideSpan;
import io.nelbo.jobs.retrain.due.TrainingOrder;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.NewNotice;
import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.train.TrainingSpan;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.ModelTrigger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PhaseTest {
  private static final RecordColumns COLUMNS = new RecordColumns(List.of("flow"));

  private final TrainingOrder order =
      new TrainingOrder(
          new TrainingSpan(COLUMNS, List.of(), 0, 1_000),
          TrainingOrder.SCHEDULE,
          Long.MIN_VALUE,
          Optional.empty());
  private final SlideSpan slide = new SlideSpan(COLUMNS, List.of(), 0, 1_000);
  private final ShadowCandidate candidate =
      new ShadowCandidate(
          NewNotice.withoutVersion(
              ModelEventKind.SKIPPED,
              "test",
              new ModelNotice.Span(0, 1_000, 1),
              ModelNotice.Why.of(ModelTrigger.SCHEDULE, "too few"),
              0),
          -1,
          1_000,
          0,
          2);

  @Test
  void aTrainingWithoutACandidateLeavesAllAsItWas() {
    assertThat(new Phase.Idle().train(order).rests()).isEqualTo(new Phase.Idle());
    assertThat(new Phase.Held().train(order).rests()).isEqualTo(new Phase.Held());
  }

  @Test
  void aLookThatOrdersATrainingRemembersThatACandidateWaitsForAPerson() {
    Phase.Training training = new Phase.Held().look(1_000).train(order);

    assertThat(training.order()).isSameAs(order);
    assertThat(training.rests()).isEqualTo(new Phase.Held());
  }

  @Test
  void anActivationEndsTheWaitForAPerson() {
    assertThat(new Phase.Held().train(order).activates()).isEqualTo(new Phase.Idle());
  }

  @Test
  void aCandidateIsInShadowWhileItIsJudgedToo() {
    Phase.InShadow waiting = new Phase.Idle().train(order).shadows(candidate);

    assertThat(waiting.inShadow()).contains(candidate);
    assertThat(waiting.judge(slide).inShadow()).contains(candidate);
    assertThat(waiting.judge(slide).ends().inShadow()).isEmpty();
  }

  @Test
  void onlyASlideThatIsPassedBringsItFurther() {
    Phase.Judging trial = new Phase.InShadow(candidate).judge(slide);

    assertThat(trial.waits().candidate().passed()).isZero();
    assertThat(trial.passes().candidate().passed()).isEqualTo(1);
  }

  @Test
  void aRestartGoesOnWithTheCandidateThatWasInShadow() {
    assertThat(Phase.restored(Optional.of(candidate), false))
        .isEqualTo(new Phase.InShadow(candidate));
    assertThat(Phase.restored(Optional.empty(), true)).isEqualTo(new Phase.Held());
    assertThat(Phase.restored(Optional.empty(), false)).isEqualTo(new Phase.Idle());
  }
}
