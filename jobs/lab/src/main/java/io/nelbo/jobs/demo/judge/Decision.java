package io.nelbo.jobs.demo.judge;

import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the retrain job said about one span.
 *
 * @param spanEnd event time, exclusive
 * @param version empty when none was made
 * @param incumbent version that it was compared with; empty without one
 * @param effectiveFrom first event time that it governs; empty unless it was activated
 * @param reason in the job's own words
 * @param figures of the gate
 */
public record Decision(
    Instant spanEnd,
    ModelEventKind kind,
    String version,
    String incumbent,
    long rows,
    Optional<Instant> effectiveFrom,
    String reason,
    Map<String, Double> figures) {
  /** The event's own word for a change that is learned. */
  private static final String REGIME_CHANGE = "REGIME_CHANGE";

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
        event.getReason(),
        event.getFigures());
  }

  public boolean isActivation() {
    return kind == ModelEventKind.ACTIVATED;
  }

  /** Whether a change in most series is trained on as the new normal. */
  public boolean isRegimeChange() {
    return reason.contains(REGIME_CHANGE);
  }
}
