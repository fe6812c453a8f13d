package io.nelbo.jobs.demo.judge;

import io.nelbo.jobs.demo.plant.PlantedFault;
import java.time.Instant;
import java.util.List;

/**
 * What retraining is worth: the same records, scored by models that are replaced and by the first
 * model alone.
 *
 * @param askedShare of the normal readings that may alarm
 * @param askedPerSeriesDay the same as a number of readings: while the share is kept, series cannot
 *     have more hours with a false alarm in a day, on average
 */
public record Comparison(double askedShare, double askedPerSeriesDay, List<PhaseOutcome> phases) {
  private static final double HOURS_PER_DAY = 24;

  public Comparison {
    phases = List.copyOf(phases);
  }

  /**
   * Judges both runs phase by phase.
   *
   * @param readingsPerDay of one series
   * @param fedUntil event time of the last record fed
   */
  public static Comparison of(
      List<Phase> phases,
      List<PlantedFault> faults,
      Tally retrained,
      Tally kept,
      double askedShare,
      double readingsPerDay,
      Instant fedUntil) {
    Verdict first = DemoJudge.judge(faults, retrained.episodes(), fedUntil);
    Verdict second = DemoJudge.judge(faults, kept.episodes(), fedUntil);
    return new Comparison(
        askedShare,
        Math.min(HOURS_PER_DAY, askedShare * readingsPerDay),
        phases.stream()
            .map(
                phase ->
                    new PhaseOutcome(
                        phase, figures(phase, retrained, first), figures(phase, kept, second)))
            .toList());
  }

  private static RunFigures figures(Phase phase, Tally tally, Verdict verdict) {
    List<FaultOutcome> outcomes =
        verdict.outcomes().stream()
            .filter(outcome -> phase.contains(outcome.fault().start()))
            .toList();
    return new RunFigures(
        tally.falseAlarms(phase),
        outcomes.size(),
        (int) outcomes.stream().filter(FaultOutcome::found).count());
  }
}
