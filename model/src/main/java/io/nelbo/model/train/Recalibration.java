package io.nelbo.model.train;

import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.ModelVersion;
import io.nelbo.model.artifact.ModelWeights;
import io.nelbo.model.artifact.Provenance;
import io.nelbo.model.calibrate.AlarmBudget;
import io.nelbo.model.calibrate.AlarmBudget.EpisodeRate;
import io.nelbo.model.calibrate.AlertRules;
import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.family.Families;
import io.nelbo.model.fit.ScaledSpan;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.Windows;
import io.nelbo.model.network.EngineDevice;
import io.nelbo.model.record.RecordShape;
import io.nelbo.model.score.WindowModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Makes a new version of a model with the same weights, scaler and noise, and a calibration that is
 * fitted to other normal records: for when the border no longer keeps to the asked rate.
 */
public final class Recalibration {
  /** What asked for such a version, in its provenance and announcement. */
  public static final String TRIGGER = "recalibrate";

  private static final int LEAST_WINDOWS = 100;
  private static final String GIVE_MORE = "widen --from and --to, or give more files by --input";

  /**
   * Where a model alarms, and how often these records would.
   *
   * @param statistic in nats, of the scaled space; the surprise of record and mean where both alarm
   * @param pValue of the model's own calibration
   * @param recordRate share of these records at or above it
   * @param episodesPerSeriesDay episodes that these records open; empty when they have no time
   *     between them
   */
  public record Border(
      double statistic, double pValue, double recordRate, OptionalDouble episodesPerSeriesDay) {}

  /**
   * What came of it.
   *
   * @param before of the parent; empty when it cannot keep to the budget at all
   * @param windows that were scored
   * @param negativeElbo their mean, in nats of the raw features
   * @param warnings for people
   */
  public record Outcome(
      ModelArtifact artifact,
      Optional<Border> before,
      Border after,
      long windows,
      double negativeElbo,
      List<String> warnings) {}

  private final ModelArtifact parent;
  private final AlarmBudget budget;
  private final AlertRules rules;
  private final String device;

  /**
   * @param rules what the calibration has to count
   * @param device {@code auto}, {@code cpu} or {@code gpu:<index>}
   */
  public Recalibration(ModelArtifact parent, AlarmBudget budget, AlertRules rules, String device) {
    this.parent = parent;
    this.budget = budget;
    this.rules = rules;
    this.device = device;
  }

  /**
   * @param normal records that are normal, preferably ones that the model was not trained on
   * @param version of the new artifact
   * @throws TrainingException when the records are too few, or have other features than the model
   */
  public Outcome fit(TrainingSpan normal, long version) throws TrainingException {
    Manifest old = parent.manifest();
    RecordShape record = normal.shape().asModelled();
    if (!old.window().record().equals(record)) {
      throw new TrainingException(
          String.format(
              "the records have %s, model %s has %s",
              record.inNames(), old.version(), old.window().record().inNames()));
    }
    SortedSpan sorted = new SortedSpan(normal);
    ScaledSpan span = new ScaledSpan(sorted.segments(), old.scaler(), old.window());
    Windows all = Windows.all(sorted.segments(), old.windowLength());
    Windows observed =
        all.keep(window -> span.observedShare(all, window) >= HeldOutCalibration.LEAST_OBSERVED);
    if (observed.size() < LEAST_WINDOWS) {
      throw new TrainingException(
          String.format(
              "%s normal records give %s windows of %s to calibrate on, at least %s are needed: %s",
              normal.records(), observed.size(), old.windowLength(), LEAST_WINDOWS, GIVE_MORE));
    }
    HeldOutCalibration.Calibrated calibrated = calibrate(span, observed);
    requireEnough(calibrated.calibration(), observed.size());
    return outcome(sorted, normal, version, calibrated);
  }

  private HeldOutCalibration.Calibrated calibrate(ScaledSpan span, Windows windows)
      throws TrainingException {
    try (WindowModel model =
        Families.named(parent.manifest().family(), parent.manifest().window().record())
            .open(ModelWeights.of(parent), EngineDevice.named(device))) {
      return new HeldOutCalibration(model, parent.manifest().scaler(), span)
          .fit(windows, Windows.NONE, rules);
    }
  }

  /** A version that supports less than its parent, and less than is asked for, helps nobody. */
  private void requireEnough(Calibration fitted, int windows) throws TrainingException {
    Optional<String> refusal = fitted.refusal(budget);
    if (refusal.isPresent()) {
      throw new TrainingException(
          "the records have no time between them, so episodes cannot be counted: give a longer"
              + " stretch (--from, --to, --input), or ask for alert.false-alarm-rate instead of"
              + " alert.false-alarms-per-series-day");
    }
    double asked = budget.asked();
    Calibration old = parent.manifest().calibration();
    double before =
        old.refusal(budget).isPresent() ? Double.POSITIVE_INFINITY : old.smallestRate(budget);
    double supported = fitted.smallestRate(budget);
    double enough = Math.max(asked, before);
    if (supported > enough) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "%d windows of normal records support %.2g %s, model %s supports %.2g and %.2g is"
                  + " asked for: about %.0f windows are needed; %s, or raise %s",
              windows,
              supported,
              budget.unit(),
              parent.manifest().version(),
              before,
              asked,
              Math.ceil(windows * supported / enough),
              GIVE_MORE,
              budget instanceof EpisodeRate
                  ? "alert.false-alarms-per-series-day"
                  : "alert.false-alarm-rate"));
    }
  }

  private Outcome outcome(
      SortedSpan sorted,
      TrainingSpan normal,
      long version,
      HeldOutCalibration.Calibrated calibrated) {
    Manifest old = parent.manifest();
    Provenance trained = old.provenance();
    Provenance provenance =
        trained.recalibrated(
            new Provenance.Recalibrated(
                old.version(),
                new Provenance.Records(
                    normal.startMillis(), normal.endMillis(), normal.records(), sorted.digest())),
            TRIGGER);
    Map<String, Double> figures = new HashMap<>(old.figures());
    figures.putAll(calibrated.figures());
    Manifest manifest =
        old.recalibrated(
            new ModelVersion(version).toString(), calibrated.calibration(), provenance, figures);
    List<String> warnings = new ArrayList<>(calibrated.warnings());
    if (normal.startMillis() < trained.records().endMillis()
        && normal.endMillis() > trained.records().startMillis()) {
      warnings.add(
          "some of these records lie in the span that the model was trained on: it knows them too"
              + " well, and will alarm more often on others than asked for");
    }
    Optional<Border> before =
        old.calibration().refusal(budget).isPresent()
            ? Optional.empty()
            : Optional.of(border(old.calibration(), calibrated.heldOut()));
    return new Outcome(
        new ModelArtifact(manifest, parent.tensors()),
        before,
        border(calibrated.calibration(), calibrated.heldOut()),
        calibrated.heldOut().size(),
        calibrated.negativeElbo(),
        warnings);
  }

  private Border border(Calibration calibration, OrderedStatistics records) {
    OrderedStatistics judged = budget.smooth() == 1 ? records : records.alerting(calibration);
    double pValue = calibration.borderPValue(budget);
    double statistic = calibration.alerting(budget).statistic(pValue);
    long alarming = Arrays.stream(judged.values()).filter(one -> one >= statistic).count();
    long gapMillis = rules.episodeGap().toMillis();
    OptionalDouble perDay =
        judged.watched().stream()
            .mapToDouble(watched -> watched.episodes(statistic, gapMillis) / watched.seriesDays())
            .findFirst();
    return new Border(statistic, pValue, (double) alarming / judged.size(), perDay);
  }
}
