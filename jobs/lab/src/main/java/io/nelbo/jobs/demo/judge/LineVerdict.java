package io.nelbo.jobs.demo.judge;

import io.nelbo.jobs.demo.line.DefectKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How well bad parts were told from good ones.
 *
 * @param outcomes one per bad part that was fed, in order of time
 * @param phases of the run, in order
 * @param fading good parts while the lamp faded
 * @param learning of the new product; empty when no model learned it
 */
public record LineVerdict(
    List<DefectOutcome> outcomes,
    List<FramePhase> phases,
    GoodFrames fading,
    Optional<Learning> learning) {
  /** One row of the summary. */
  public record KindResult(int planted, int found, int pointed) {
    private KindResult and(DefectOutcome outcome) {
      return new KindResult(
          planted + 1,
          found + (outcome.found() ? 1 : 0),
          pointed + (outcome.found() && outcome.pointed() ? 1 : 0));
    }
  }

  private static final KindResult NOTHING = new KindResult(0, 0, 0);

  public LineVerdict {
    outcomes = List.copyOf(outcomes);
    phases = List.copyOf(phases);
  }

  /** Of all kinds together. */
  public KindResult all() {
    KindResult sum = NOTHING;
    for (DefectOutcome outcome : outcomes) {
      sum = sum.and(outcome);
    }
    return sum;
  }

  /** Per kind that was planted. */
  public Map<DefectKind, KindResult> byKind() {
    Map<DefectKind, KindResult> kinds = new EnumMap<>(DefectKind.class);
    for (DefectOutcome outcome : outcomes) {
      DefectKind kind = outcome.defect().kind();
      kinds.put(kind, kinds.getOrDefault(kind, NOTHING).and(outcome));
    }
    return kinds;
  }

  /** Good parts that a model which knows their product has judged. */
  public GoodFrames good() {
    return phases.stream()
        .filter(FramePhase::isJudged)
        .map(FramePhase::good)
        .reduce(GoodFrames.NONE, GoodFrames::and);
  }

  /** Share of the found defects that were pointed at; zero when none was found. */
  public double pointingAccuracy() {
    KindResult all = all();
    return all.found() == 0 ? 0 : (double) all.pointed() / all.found();
  }
}
