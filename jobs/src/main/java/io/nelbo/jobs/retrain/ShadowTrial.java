package io.nelbo.jobs.retrain;

import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.gate.GateOutcome;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the candidate in shadow pass the gate again at the end of each slide. A slide is the shadow
 * of one candidate, and of no other. Used by the task's thread.
 */
final class ShadowTrial {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowTrial.class);

  /** Hears how a look has ended; the first two are followed by the third. */
  interface Listener {
    /** It did not pass again. */
    void rejected(ShadowCandidate candidate, GateOutcome.Rejected gate);

    /** It has passed as often as it must, the last time on the records of this slide. */
    void passed(ShadowCandidate candidate, SlideSpan slide);

    /** The slide's records were the trial of this version: it has its decision. */
    void skipped(SlideSpan slide, String reason, String version);
  }

  private final Spans spans;
  private final OrderDesk desk;
  private final CandidateTraining training;
  private final Listener listener;
  private Optional<ShadowCandidate> candidate = Optional.empty();

  /**
   * @param before who was in shadow until a restart
   */
  ShadowTrial(
      Spans spans,
      OrderDesk desk,
      CandidateTraining training,
      Optional<ShadowCandidate> before,
      Listener listener) {
    this.spans = spans;
    this.desk = desk;
    this.training = training;
    this.listener = listener;
    inShadow(before);
  }

  /** Who is in shadow, for the state. */
  Optional<ShadowCandidate> candidate() {
    return candidate;
  }

  void begin(ShadowCandidate next) {
    LOG.info(
        "{} passed the gate and is in shadow for {} slides",
        next.notice().version(),
        next.needed());
    inShadow(Optional.of(next));
  }

  /** What it was trained on is kept, to compare what comes with. */
  private void inShadow(Optional<ShadowCandidate> who) {
    candidate = who;
    spans.hold(
        who.isPresent()
            ? OptionalLong.of(spans.endingAt(who.get().fromMillis()).startMillis())
            : OptionalLong.empty());
  }

  /** The slide has ended: the candidate is judged on all that came since it was made. */
  void passAgain(ShadowCandidate now, SlideSpan slide, Optional<ModelNotice> ownLast) {
    TrainingOrder news =
        spans.order(
            spans.between(now.fromMillis(), slide.endMillis()), TrainingOrder.SCHEDULE, ownLast);
    SlideSpan before = spans.endingAt(now.fromMillis());
    spans.inUse(Math.min(before.startMillis(), slide.startMillis()));
    desk.start(
        goOn -> training.shadow(now, before, news),
        verdict -> judged(now, slide, verdict),
        reason ->
            listener.skipped(
                slide,
                "%s is in shadow and could not be looked at, the next slide tries again: %s"
                    .formatted(now.notice().version(), reason),
                now.notice().version()));
  }

  private void judged(ShadowCandidate now, SlideSpan slide, ShadowVerdict verdict) {
    String version = now.notice().version();
    String reason = "its records are the shadow of " + version;
    if (verdict instanceof ShadowVerdict.Postponed postponed) {
      reason =
          "%s, which is judged with the next slide's: %s".formatted(reason, postponed.reason());
    } else if (verdict instanceof ShadowVerdict.Dropped dropped) {
      inShadow(Optional.empty());
      reason = "%s, which is in shadow no more: %s".formatted(reason, dropped.reason());
    } else if (verdict instanceof ShadowVerdict.Judged judged) {
      judged(now, slide, judged.gate());
    }
    listener.skipped(slide, reason, version);
  }

  private void judged(ShadowCandidate now, SlideSpan slide, GateOutcome gate) {
    ShadowCandidate further = now.passedOnce();
    if (gate instanceof GateOutcome.Rejected rejected) {
      inShadow(Optional.empty());
      listener.rejected(now, rejected);
    } else if (further.isThrough()) {
      inShadow(Optional.empty());
      listener.passed(now, slide);
    } else {
      inShadow(Optional.of(further));
    }
  }
}
