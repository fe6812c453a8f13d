package io.nelbo.jobs.retrain.run;

import io.nelbo.jobs.retrain.ShadowCandidate;
import io.nelbo.jobs.retrain.decide.CandidateTraining;
import io.nelbo.jobs.retrain.decide.ShadowVerdict;
import io.nelbo.jobs.retrain.due.SlideSpan;
import io.nelbo.jobs.retrain.due.Spans;
import io.nelbo.jobs.retrain.due.TrainingOrder;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.gate.GateOutcome;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the candidate in shadow pass the gate again at the end of each slide. A slide is the shadow
 * of one candidate, and of no other. Used by the task's thread.
 */
final class ShadowTrial {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowTrial.class);

  /** Hears how a look has ended: of one of the first three, and then of the last. */
  interface Listener {
    /** It waits for the next slide, or is in shadow no more without a word of its own. */
    void goesOn(Phase.Resting next);

    /** It did not pass again. */
    void rejected(Phase.Judging trial, GateOutcome.Rejected gate);

    /** It has passed as often as it must, the last time on the records of this slide. */
    void passed(Phase.Judging trial);

    /** The slide's records were the trial of this version: it has its decision. */
    void skipped(SlideSpan slide, String reason, String version);
  }

  private final Spans spans;
  private final OrderDesk desk;
  private final CandidateTraining training;
  private final Listener listener;

  ShadowTrial(Spans spans, OrderDesk desk, CandidateTraining training, Listener listener) {
    this.spans = spans;
    this.desk = desk;
    this.training = training;
    this.listener = listener;
  }

  /** The candidate has passed the gate, and has to pass it again. */
  Phase.InShadow begin(Phase.Training training, ShadowCandidate next) {
    LOG.info(
        "{} passed the gate and is in shadow for {} slides",
        next.notice().version(),
        next.needed());
    return training.shadows(next);
  }

  /** The slide has ended: the candidate is judged on all that came since it was made. */
  void start(Phase.Judging trial, Optional<ModelNotice> ownLast) {
    ShadowCandidate candidate = trial.candidate();
    SlideSpan slide = trial.slide();
    TrainingOrder news =
        spans.order(
            spans.between(candidate.fromMillis(), slide.endMillis()),
            TrainingOrder.SCHEDULE,
            ownLast);
    SlideSpan before = spans.endingAt(candidate.fromMillis());
    spans.inUse(Math.min(before.startMillis(), slide.startMillis()));
    desk.start(
        goOn -> training.shadow(candidate, before, news),
        verdict -> judged(trial, verdict),
        reason -> failed(trial, reason));
  }

  private void failed(Phase.Judging trial, String reason) {
    String version = trial.candidate().notice().version();
    listener.goesOn(trial.waits());
    listener.skipped(
        trial.slide(),
        "%s is in shadow and could not be looked at, the next slide tries again: %s"
            .formatted(version, reason),
        version);
  }

  private void judged(Phase.Judging trial, ShadowVerdict verdict) {
    String version = trial.candidate().notice().version();
    String reason = "its records are the shadow of " + version;
    if (verdict instanceof ShadowVerdict.Postponed postponed) {
      listener.goesOn(trial.waits());
      reason =
          "%s, which is judged with the next slide's: %s".formatted(reason, postponed.reason());
    } else if (verdict instanceof ShadowVerdict.Dropped dropped) {
      listener.goesOn(trial.ends());
      reason = "%s, which is in shadow no more: %s".formatted(reason, dropped.reason());
    } else if (verdict instanceof ShadowVerdict.Judged judged) {
      judged(trial, judged.gate());
    }
    listener.skipped(trial.slide(), reason, version);
  }

  private void judged(Phase.Judging trial, GateOutcome gate) {
    if (gate instanceof GateOutcome.Rejected rejected) {
      listener.rejected(trial, rejected);
    } else if (trial.candidate().passedOnce().isThrough()) {
      listener.passed(trial);
    } else {
      listener.goesOn(trial.passes());
    }
  }
}
