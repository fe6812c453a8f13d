package io.nelbo.jobs.demo.judge;

import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the retrain job said about one span.
 *
 * @param spanEnd event time, exclusive
 * @param version empty when none was made
 * @param incumbent version that it was compared with; empty without one
 * @param effectiveFrom first event time that it governs; empty unless it was activated
 * @param why in the job's own words
 * @param figures of the gate
 */
public record Decision(
    Instant spanEnd,
    ModelEventKind kind,
    String version,
    String incumbent,
    long rows,
    Optional<Instant> effectiveFrom,
    Why why,
    Map<String, Double> figures) {
  /**
   * What led to it.
   *
   * @param reasons in words, the decisive one first
   * @param regimeChange whether a change in most series is trained on as the new normal
   */
  public record Why(List<String> reasons, boolean regimeChange) {
    public Why {
      reasons = List.copyOf(reasons);
    }

    /** In one line. */
    public String line() {
      return String.join("; ", reasons);
    }
  }

  public Decision {
    figures = Map.copyOf(figures);
  }

  public static Decision of(ModelEvent event) {
    return new Decision(
        event.getSpanEnd(),
        event.getKind(),
        event.getVersion(),
        event.getIncumbentVersion(),
        event.getRows(),
        Optional.ofNullable(event.getEffectiveFrom()),
        new Why(event.getReasons(), event.getRegimeChange()),
        event.getFigures());
  }

  public boolean isActivation() {
    return kind == ModelEventKind.ACTIVATED;
  }

  /** Whether a change in most series is trained on as the new normal. */
  public boolean isRegimeChange() {
    return why.regimeChange();
  }
}
