package io.nelbo.jobs.retrain.run;

import io.nelbo.jobs.retrain.ShadowCandidate;
import io.nelbo.jobs.retrain.due.SlideSpan;
import io.nelbo.jobs.retrain.due.TrainingOrder;
import java.util.Optional;

/**
 * Where the retraining of one model stands. Resting phases wait for the stream, working ones for
 * the trainer's thread; there is no way from one to another but the methods here.
 *
 * <pre>
 *   Idle, Held --train--> Training --rests-----> what it was before
 *                                  --holds-----> Held
 *                                  --shadows---> InShadow
 *                                  --activates-> Idle
 *   Idle, Held --look---> Looking  --rests-----> what it was before
 *                                  --train-----> Training
 *   InShadow   --judge--> Judging  --waits-----> InShadow
 *                                  --passes----> InShadow, one slide further
 *                                  --ends------> Idle
 * </pre>
 */
sealed interface Phase {
  /** Nothing is under way. */
  sealed interface Resting extends Phase {}

  /** A training may be ordered. */
  sealed interface Ready extends Resting {
    default Training train(TrainingOrder order) {
      return new Training(order, this);
    }

    default Looking look(long endMillis) {
      return new Looking(endMillis, this);
    }
  }

  /** The trainer's thread is busy, and its end is waited for. */
  sealed interface Working extends Phase {}

  /** Waits for a span. */
  record Idle() implements Ready {}

  /**
   * The last candidate waits for a person; later slides have candidates of their own, and where it
   * was the first, none but slides order others.
   */
  record Held() implements Ready {}

  /** A candidate waits for records that are new to it. */
  record InShadow(ShadowCandidate candidate) implements Resting {
    @Override
    public Optional<ShadowCandidate> inShadow() {
      return Optional.of(candidate);
    }

    Judging judge(SlideSpan slide) {
      return new Judging(candidate, slide);
    }
  }

  /** An order is under way. */
  record Training(TrainingOrder order, Ready before) implements Working {
    /** No candidate came of it, or none that the gate let through. */
    Ready rests() {
      return before;
    }

    Held holds() {
      return new Held();
    }

    InShadow shadows(ShadowCandidate candidate) {
      return new InShadow(candidate);
    }

    Idle activates() {
      return new Idle();
    }
  }

  /**
   * The incumbent looks for drift in a piece of the stream.
   *
   * @param endMillis of the piece, exclusive
   */
  record Looking(long endMillis, Ready before) implements Working {
    Ready rests() {
      return before;
    }

    Training train(TrainingOrder order) {
      return before.train(order);
    }
  }

  /** The candidate in shadow is judged on the records that came since. */
  record Judging(ShadowCandidate candidate, SlideSpan slide) implements Working {
    @Override
    public Optional<ShadowCandidate> inShadow() {
      return Optional.of(candidate);
    }

    /** The slide has decided nothing about it. */
    InShadow waits() {
      return new InShadow(candidate);
    }

    /** It has passed, and must again. */
    InShadow passes() {
      return new InShadow(candidate.passedOnce());
    }

    /** It has passed for the last time, or is given up. */
    Idle ends() {
      return new Idle();
    }
  }

  /** Where a restart goes on; a look or a training that it has cut off is due again. */
  static Resting restored(Optional<ShadowCandidate> candidate, boolean waitsForAPerson) {
    if (candidate.isPresent()) {
      return new InShadow(candidate.get());
    }
    return waitsForAPerson ? new Held() : new Idle();
  }

  /** Who is in shadow, be it that the trainer looks at it; for the state. */
  default Optional<ShadowCandidate> inShadow() {
    return Optional.empty();
  }
}
