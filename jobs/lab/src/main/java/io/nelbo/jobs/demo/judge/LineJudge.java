package io.nelbo.jobs.demo.judge;

import io.nelbo.jobs.demo.line.LinePlan;
import io.nelbo.jobs.demo.line.PlantedDefect;
import io.nelbo.schemas.Anomaly;
import io.nelbo.schemas.AnomalyKind;
import io.nelbo.schemas.Region;
import io.nelbo.schemas.Score;
import io.nelbo.schemas.ScoreStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares what was planted into frames with what was said of them, frame by frame: a bad part is
 * found when its own frame made an event, a good one that scores at or over the border is a false
 * alarm, whether an episode is open or not. One thread only.
 */
public final class LineJudge {
  private static final double BORDER = 1;

  /** What one camera saw at one instant. */
  private record Seen(String camera, Instant time) {}

  private final LinePlan plan;
  private final Map<Seen, PlantedDefect> planted = new HashMap<>();
  private final List<PlantedDefect> defects;
  private final Set<PlantedDefect> found = new HashSet<>();
  private final Set<PlantedDefect> pointed = new HashSet<>();
  private final NavigableMap<Instant, GoodFrames> good = new TreeMap<>();
  private final Set<PlantedDefect> scored = new HashSet<>();

  /**
   * @param defects in order of time
   */
  public LineJudge(LinePlan plan, List<PlantedDefect> defects) {
    this.plan = plan;
    this.defects = List.copyOf(defects);
    for (PlantedDefect defect : defects) {
      planted.put(new Seen(defect.camera(), defect.time()), defect);
    }
  }

  /** Takes in what was said of one frame. */
  public void add(Score score) {
    if (score.getStatus() != ScoreStatus.SCORED) {
      return;
    }
    Instant time = score.getEventTime();
    PlantedDefect defect = planted.get(new Seen(score.getSeries(), time));
    if (defect == null) {
      long alarms = score.getScore() >= BORDER ? 1 : 0;
      good.merge(time, new GoodFrames(1, alarms), GoodFrames::and);
    } else {
      scored.add(defect);
    }
  }

  /** Takes in an event; those that only repeat another frame's say nothing of a frame. */
  public void add(Anomaly anomaly) {
    of(anomaly)
        .ifPresent(
            defect -> {
              found.add(defect);
              if (pointsAt(anomaly, defect)) {
                pointed.add(defect);
              }
            });
  }

  /** The bad part whose frame made the event. */
  public Optional<PlantedDefect> of(Anomaly anomaly) {
    return anomaly.getKind() == AnomalyKind.CLOSED
        ? Optional.empty()
        : Optional.ofNullable(planted.get(new Seen(anomaly.getSeries(), anomaly.getEventTime())));
  }

  /** Regions come worst first: the strangest place of the first is that of the whole map. */
  private static boolean pointsAt(Anomaly anomaly, PlantedDefect defect) {
    if (anomaly.getRegions().isEmpty()) {
      return false;
    }
    Region worst = anomaly.getRegions().get(0);
    return defect.isPointedAtBy(worst.getCentreX(), worst.getCentreY())
        || defect.isPointedAtBy(
            worst.getX() + worst.getWidth() / 2.0, worst.getY() + worst.getHeight() / 2.0);
  }

  /**
   * Judges.
   *
   * @param decisions of the retrain job
   */
  public LineVerdict verdict(List<Decision> decisions) {
    Optional<Learning> learning = Learning.of(plan.change(), decisions);
    Instant learned = learning.map(Learning::from).orElse(plan.end());
    List<FramePhase> phases = new ArrayList<>();
    phases.add(phase("before the change", plan.begin(), plan.change(), true));
    phases.add(phase("until it is learned", plan.change(), learned, false));
    if (learning.isPresent()) {
      phases.add(phase("once it is learned", learned, plan.end(), true));
    }
    return new LineVerdict(
        defects.stream()
            .filter(scored::contains)
            .map(
                defect ->
                    new DefectOutcome(defect, found.contains(defect), pointed.contains(defect)))
            .toList(),
        phases,
        good(plan.fading(), plan.replaced()),
        learning);
  }

  private FramePhase phase(String name, Instant from, Instant until, boolean isJudged) {
    Phase phase = new Phase(name, from, until);
    List<PlantedDefect> own =
        defects.stream().filter(scored::contains).filter(d -> phase.contains(d.time())).toList();
    int seen = (int) own.stream().filter(found::contains).count();
    return new FramePhase(phase, isJudged, good(from, until), own.size(), seen);
  }

  private GoodFrames good(Instant from, Instant until) {
    return good.subMap(from, until).values().stream().reduce(GoodFrames.NONE, GoodFrames::and);
  }
}
