package io.nelbo.jobs.demo.view;

import io.nelbo.jobs.demo.judge.DemoJudge;
import io.nelbo.jobs.demo.judge.DetectedEpisode;
import io.nelbo.jobs.demo.plant.PlantedFault;
import io.nelbo.schemas.Anomaly;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Tells the viewer when planted faults begin and end, when the regime changes, and whether an
 * episode has found one, as event time passes.
 */
public final class FaultTeller implements EventTeller {
  private final LiveView view;
  private final List<PlantedFault> byStart;
  private final List<PlantedFault> byEnd;
  private final List<PlantedFault> faults;
  private Optional<Instant> change;
  private boolean isUnlearned;
  private int begun;
  private int over;

  /**
   * @param change when a new normal begins; empty for never
   */
  public FaultTeller(LiveView view, List<PlantedFault> faults, Optional<Instant> change) {
    this.view = view;
    this.change = change;
    this.faults = List.copyOf(faults);
    this.byStart = faults.stream().sorted(Comparator.comparing(PlantedFault::start)).toList();
    this.byEnd = faults.stream().sorted(Comparator.comparing(PlantedFault::end)).toList();
  }

  @Override
  public void advance(Instant now) {
    Optional<Instant> changed = change.filter(at -> !at.isAfter(now));
    changed.ifPresent(
        at -> {
          tellFaults(at);
          view.regimeChanges(at);
          change = Optional.empty();
          isUnlearned = true;
        });
    tellFaults(now);
  }

  @Override
  public void learned() {
    isUnlearned = false;
  }

  private void tellFaults(Instant now) {
    while (true) {
      boolean starts = begun < byStart.size() && !byStart.get(begun).start().isAfter(now);
      boolean ends = over < byEnd.size() && !byEnd.get(over).end().isAfter(now);
      if (!starts && !ends) {
        return;
      }
      if (starts && (!ends || !byStart.get(begun).start().isAfter(byEnd.get(over).end()))) {
        view.faultBegins(byStart.get(begun++));
      } else {
        view.faultEnds(byEnd.get(over++));
      }
    }
  }

  /** While nothing is planted, without a remark on its truth. */
  @Override
  public void anomaly(Anomaly anomaly, DetectedEpisode episode) {
    advance(anomaly.getEventTime());
    view.anomaly(anomaly, faults.isEmpty() ? "" : remark(episode));
  }

  private String remark(DetectedEpisode episode) {
    List<PlantedFault> near = faults.stream().filter(episode::overlaps).toList();
    if (near.isEmpty()) {
      return isUnlearned ? "@|yellow false alarm: new normal|@" : "@|yellow false alarm|@";
    }
    return near.stream().anyMatch(fault -> DemoJudge.finds(episode, fault))
        ? "@|green planted fault found|@"
        : "in a planted fault";
  }
}
