package io.nelbo.jobs.demo.view;

import io.nelbo.jobs.demo.judge.DetectedEpisode;
import io.nelbo.jobs.demo.judge.LineJudge;
import io.nelbo.jobs.demo.line.LinePlan;
import io.nelbo.schemas.Anomaly;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Tells the viewer which bad parts of a line are found, and what happens to lamp and product. */
public final class DefectTeller implements EventTeller {
  private record Happening(Instant time, String words) {}

  private final LiveView view;
  private final LineJudge judge;
  private final Instant change;
  private final Deque<Happening> toCome;
  private boolean isLearned;

  public DefectTeller(LiveView view, LinePlan plan, LineJudge judge) {
    this.view = view;
    this.judge = judge;
    change = plan.change();
    toCome =
        new ArrayDeque<>(
            List.of(
                new Happening(plan.fading(), "the lamp begins to fade"),
                new Happening(
                    plan.replaced(),
                    "the lamp, faded to %.0f %%, is replaced".formatted(100 * plan.leastLight())),
                new Happening(change, "the line makes another product: a new normal")));
  }

  @Override
  public void advance(Instant now) {
    while (!toCome.isEmpty() && !toCome.peek().time().isAfter(now)) {
      Happening next = toCome.remove();
      view.happens(next.time(), next.words());
    }
  }

  @Override
  public void anomaly(Anomaly anomaly, DetectedEpisode episode) {
    advance(anomaly.getEventTime());
    view.anomaly(anomaly, remark(anomaly));
  }

  private String remark(Anomaly anomaly) {
    boolean isUnlearned = !isLearned && !anomaly.getEventTime().isBefore(change);
    return judge
        .of(anomaly)
        .map(defect -> "@|green planted %s found|@".formatted(defect.kind().words()))
        .orElse(isUnlearned ? "@|yellow false alarm: new normal|@" : "@|yellow false alarm|@");
  }

  @Override
  public void learned() {
    isLearned = true;
  }
}
