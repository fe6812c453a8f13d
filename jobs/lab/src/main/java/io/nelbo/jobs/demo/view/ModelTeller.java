package io.nelbo.jobs.demo.view;

import io.nelbo.jobs.demo.judge.Decision;
import io.nelbo.jobs.demo.judge.Tally;
import java.time.Instant;
import java.util.Map;

/** Tells the viewer what the retrain job decides, and when the score job has taken a model up. */
public final class ModelTeller {
  private final LiveView view;
  private final Tally tally;
  private final EventTeller events;
  private final DecisionTeller decisions = new DecisionTeller();
  private String learning = "";
  private int swapsTold;

  /**
   * @param events is told when a model of a new normal scores
   */
  public ModelTeller(LiveView view, Tally tally, EventTeller events) {
    this.view = view;
    this.tally = tally;
    this.events = events;
  }

  public void decided(Decision decision) {
    decisions.tell(decision).forEach(sentence -> view.model(decision.spanEnd(), sentence));
    if (decision.isRegimeChange() && decision.isActivation()) {
      learning = decision.version();
    }
  }

  /** Looks for versions that have not scored before: a score says that the swap has happened. */
  public void tellSwaps() {
    tally.firstScored().entrySet().stream().skip(swapsTold).forEach(this::swapped);
    swapsTold = tally.firstScored().size();
  }

  private void swapped(Map.Entry<String, Instant> first) {
    String version = first.getKey();
    view.model(
        first.getValue(),
        version + " scores from here on" + (swapsTold == 0 ? "" : ", swapped in live"));
    if (version.equals(learning)) {
      events.learned();
    }
  }
}
