package io.nelbo.jobs.demo.judge;

import io.nelbo.jobs.demo.plant.PlantedFault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What retraining is worth: the same records, scored by models that are replaced and by the first
 * model alone.
 *
 * @param askedShare of the normal readings that may alarm
 * @param learning of the change that parts the phases; empty without a change, or when no model
 *     learned it
 * @param askedPerSeriesDay the same as a number of readings: while the share is kept, series cannot
 *     have more hours with a false alarm in a day, on average
 */
public record Comparison(
    double askedShare,
    double askedPerSeriesDay,
    Optional<Learning> learning,
    List<PhaseOutcome> phases) {
  private static final double HOURS_PER_DAY = 24;

  public Comparison {
    phases = List.copyOf(phases);
  }

  /**
   * Judges both runs phase by phase. The one that begins with the change is parted where a model
   * that has learned it takes over.
   *
   * @param change when a new normal begins; empty for never
   * @param readingsPerDay of one series
   * @param fedUntil event time of the last record fed
   */
  public static Comparison of(
      List<Phase> phases,
      Optional<Instant> change,
      List<PlantedFault> faults,
      Tally retrained,
      Tally kept,
      double askedShare,
      double readingsPerDay,
      Instant fedUntil) {
    Verdict first = DemoJudge.judge(faults, retrained.episodes(), fedUntil);
    Verdict second = DemoJudge.judge(faults, kept.episodes(), fedUntil);
    Optional<Learning> learning = change.flatMap(at -> Learning.of(at, retrained.decisions()));
    return new Comparison(
        askedShare,
        Math.min(HOURS_PER_DAY, askedShare * readingsPerDay),
        learning,
        parted(phases, change, learning).stream()
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
        (int) outcomes.stream().filter(FaultOutcome::found).count(),
        (int) outcomes.stream().filter(FaultOutcome::inOpenAlarm).count());
  }

  private static List<Phase> parted(
      List<Phase> phases, Optional<Instant> change, Optional<Learning> learning) {
    if (learning.isEmpty()) {
      return phases;
    }
    Instant learned = learning.get().firstHour();
    return phases.stream()
        .flatMap(
            phase ->
                change.filter(phase.from()::equals).isPresent() && phase.contains(learned)
                    ? Stream.of(
                        new Phase("until it is learned", phase.from(), learned),
                        new Phase("once it is learned", learned, phase.until()))
                    : Stream.of(phase))
        .toList();
  }
}
