package io.nelbo.jobs.retrain.run;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.RetrainConfig;
import io.nelbo.jobs.retrain.ShadowCandidate;
import io.nelbo.jobs.retrain.decide.CandidateTraining;
import io.nelbo.jobs.retrain.decide.Notices;
import io.nelbo.jobs.retrain.decide.Outcome;
import io.nelbo.jobs.retrain.due.SlideSpan;
import io.nelbo.jobs.retrain.due.Spans;
import io.nelbo.jobs.retrain.due.TrainingOrder;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.model.gate.GateOutcome;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What is due, what is under way and what comes of it: exactly one decision per slide. The phase
 * says where it stands. Used by the task's thread.
 */
final class Retraining implements ShadowTrial.Listener {
  private final RetrainConfig settings;
  private final long activationDelayMillis;
  private final StreamTime time;
  private final Spans spans;
  private final OrderDesk desk;
  private final CandidateTraining training;
  private final Notices notices;
  private final DriftLookout drift;
  private final ShadowTrial shadow;
  private final RetrainMetrics counts;
  private final Arrivals arrivals;
  private final Consumer<ModelNotice> output;
  private Phase phase;
  private Optional<ModelNotice> ownLast;
  private boolean governed;

  /**
   * @param before what a restart goes on from
   * @param clock wall clock in epoch milliseconds
   * @param output gets each decision
   */
  Retraining(
      NelboConfig config,
      StreamTime time,
      Restored before,
      OrderDesk desk,
      CandidateTraining training,
      LongSupplier clock,
      RetrainMetrics counts,
      Consumer<ModelNotice> output) {
    settings = config.retrain();
    activationDelayMillis = config.model().activationDelay().toMillis();
    this.time = time;
    this.desk = desk;
    this.training = training;
    this.counts = counts;
    arrivals = counts.arrivals();
    this.output = output;
    spans = before.spans();
    ownLast = before.activation();
    governed = before.governed();
    arrivals.restored(before.newestMillis());
    notices =
        new Notices(
            config.model().id(),
            () -> time.decidedAtMillis(clock.getAsLong(), spans.watermarkMillis()));
    shadow = new ShadowTrial(spans, desk, training, this);
    drift =
        new DriftLookout(config, spans, desk, training, before.drift(), this::drifted, this::calm);
    enter(Phase.restored(before.shadow(), !governed && spans.isLeftToSlides()));
    counts.rows().set(spans.sample().rows());
  }

  /** Takes one record. */
  void add(Observation row) {
    arrivals.came(row);
    if (!spans.sample().add(row)) {
      arrivals.late();
    }
  }

  /** Event time has come so far. */
  void reached(long watermarkMillis) {
    spans.reached(watermarkMillis);
    startWhatIsDue();
    counts.rows().set(spans.sample().rows());
  }

  /**
   * The next event time, up to that of the newest record, at which something may become due; empty
   * when there is none.
   */
  OptionalLong nextStep(long watermarkMillis) {
    return spans.nextStep(Math.min(watermarkMillis, arrivals.newestMillis()));
  }

  /** Whether the trainer's thread is waited for. */
  boolean isBusy() {
    return phase instanceof Phase.Working;
  }

  TrainingProgress.Standing standing() {
    return new TrainingProgress.Standing(
        governed,
        isBusy(),
        spans.sample().rows(),
        arrivals.newestMillis(),
        spans.watermarkMillis());
  }

  private void startWhatIsDue() {
    if (isBusy()) {
      return;
    }
    if (phase instanceof Phase.Ready ready) {
      drift.cutOff(ownLast).ifPresent(order -> start(ready.train(order)));
    }
    if (phase instanceof Phase.Ready ready && !governed) {
      spans.first(ownLast).ifPresent(order -> start(ready.train(order)));
    }
    if (spans.isSlideDue()) {
      arrivals.say(spans.watermarkMillis());
    }
    while (phase instanceof Phase.Resting resting && spans.isSlideDue()) {
      for (SlideSpan overtaken : spans.takeOvertaken()) {
        skip(overtaken, "the training before it took longer than a slide: a newer slide is due");
      }
      decideAbout(spans.takeNewest(), resting);
    }
    if (phase instanceof Phase.Ready ready && governed) {
      drift.look(ownLast).ifPresent(end -> enter(ready.look(end)));
    }
    if (time.keepsToMemory()) {
      spans.keepToMemory();
    }
    spans.forget(governed);
  }

  private void decideAbout(SlideSpan slide, Phase.Resting resting) {
    if (resting instanceof Phase.InShadow waiting) {
      Phase.Judging trial = waiting.judge(slide);
      enter(trial);
      shadow.start(trial, ownLast);
    } else if (slide.rows() < settings.minRows()) {
      skip(slide, slide.tooFew(settings.minRows()));
    } else if (resting instanceof Phase.Ready ready) {
      start(ready.train(spans.order(slide, TrainingOrder.SCHEDULE, ownLast)));
    }
  }

  private void start(Phase.Training next) {
    enter(next);
    TrainingOrder order = next.order();
    spans.inUse(order.span().startMillis());
    desk.start(
        goOn -> training.decide(order, goOn),
        outcome -> decided(next, outcome),
        reason -> decided(next, new Outcome.Failed(order, reason)));
  }

  /** The records drift. */
  private void drifted(TrainingOrder order) {
    if (phase instanceof Phase.Looking looking) {
      start(looking.train(order));
    }
  }

  /** They do not, or nothing can be said. */
  private void calm() {
    if (phase instanceof Phase.Looking looking) {
      enter(looking.rests());
      startWhatIsDue();
    }
  }

  private void decided(Phase.Training now, Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      enter(now.rests());
      counts.failures().inc();
      announce(notices.failed(failed.order(), failed.reason()));
    } else if (outcome instanceof Outcome.Skipped skipped) {
      enter(now.rests());
      spans.changed(skipped.changedBucket(), skipped.order());
      announce(notices.skipped(skipped));
    } else if (outcome instanceof Outcome.Judged judged) {
      counts.trainings().inc();
      spans.changed(judged.changedBucket(), judged.order());
      governed |= judged.governed();
      judged(now, judged);
    }
    if (outcome.order().isDrift()) {
      drift.decided();
    }
    spans.decided(outcome.order());
    if (phase instanceof Phase.Held && outcome.order().isFirst()) {
      spans.leaveToSlides();
    }
    startWhatIsDue();
  }

  private void judged(Phase.Training now, Outcome.Judged judged) {
    if (judged.gate() instanceof GateOutcome.Rejected rejected) {
      enter(now.rests());
      counts.rejections().inc();
      announce(notices.rejected(judged, rejected));
      return;
    }
    if (settings.gate() == RetrainConfig.Gate.MANUAL) {
      enter(now.holds());
      announce(notices.heldForAPerson(judged));
      return;
    }
    long end = judged.order().span().endMillis();
    ModelNotice notice = notices.activated(judged, effectiveFrom(end));
    int slides = Math.max(settings.shadow(), judged.order().isDrift() ? 1 : 0);
    if (slides == 0 || judged.gate().comparedWith().isEmpty()) {
      enter(now.activates());
      activate(notice);
    } else {
      enter(shadow.begin(now, new ShadowCandidate(notice, judged.topicEnd(), end, 0, slides)));
    }
  }

  @Override
  public void goesOn(Phase.Resting next) {
    enter(next);
  }

  @Override
  public void rejected(Phase.Judging trial, GateOutcome.Rejected gate) {
    enter(trial.ends());
    counts.rejections().inc();
    announce(notices.rejectedInShadow(trial.candidate(), gate));
  }

  @Override
  public void passed(Phase.Judging trial) {
    enter(trial.ends());
    activate(
        notices.activatedFromShadow(trial.candidate(), effectiveFrom(trial.slide().endMillis())));
  }

  @Override
  public void skipped(SlideSpan slide, String reason, String version) {
    announce(notices.skippedForShadow(slide, reason, version));
    spans.decided(slide.endMillis());
    startWhatIsDue();
  }

  private void enter(Phase next) {
    phase = next;
    spans.holdFor(phase.inShadow());
  }

  private void skip(SlideSpan slide, String reason) {
    announce(notices.skipped(slide, reason, TrainingOrder.SCHEDULE));
    spans.decided(slide.endMillis());
  }

  private void activate(ModelNotice notice) {
    ownLast = Optional.of(notice);
    governed = true;
    drift.startAnew();
    announce(notice);
  }

  private long effectiveFrom(long endMillis) {
    return time.trainedAtMillis(endMillis, arrivals.newestMillis()) + activationDelayMillis;
  }

  private void announce(ModelNotice notice) {
    output.accept(time.announced(notice));
  }

  /** Nothing comes any more: who waited for a first model hears why there is none. */
  void ended() {
    if (!governed && spans.isNothingDecided() && spans.sample().rows() > 0) {
      SlideSpan all = spans.all();
      announce(notices.skipped(all, all.tooFew(settings.minRows()), TrainingOrder.FIRST));
    }
  }

  /** Writes down what a restart goes on from. */
  void write(SampleState state) throws Exception {
    state.write(
        spans.sample(),
        spans.progress(arrivals.newestMillis()),
        ownLast,
        phase.inShadow(),
        drift.progress());
  }
}
