package io.nelbo.model.gate;

import io.nelbo.model.artifact.FeatureRange;
import io.nelbo.model.artifact.FigureNames;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.calibrate.AlarmBudget;
import io.nelbo.model.train.TrainingSpan;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Everything that is asked of one candidate, each question in one method. */
final class Examination {
  /** Share of the differences on either side that is pulled in. */
  private static final double WINSORISED = 0.05;

  /** Nats per feature and record that a candidate may lose: less is not worth a rejection. */
  private static final double TOLERANCE = 0.02;

  /** Share of the planted faults that a candidate may notice less. */
  private static final double POWER_LOSS = 0.05;

  /**
   * Supported over supported beyond which a candidate is worse: how many independent records a
   * calibration is worth is an estimate from a few dozen exceedances.
   */
  private static final double SUPPORT_RATIO = 1.5;

  private static final double FIRST_MODEL_ALARMS = 0.5;
  private static final int LEAST_BLOCK = 32;

  private final GateSettings settings;
  private final Manifest manifest;
  private final HeldOutWindows windows;
  private final ModelOnRows candidate;
  private final List<ModelOnRows> rivals;
  private final boolean incumbentScores;
  private final Findings findings;
  private final double tolerance;
  private final int[] scored;

  /**
   * @param rivals predecessors that can score, the newest first
   * @param incumbentScores whether the first of them is the one that governs
   */
  Examination(
      GateSettings settings,
      Manifest manifest,
      HeldOutWindows windows,
      ModelOnRows candidate,
      List<ModelOnRows> rivals,
      boolean incumbentScores,
      Findings findings) {
    this.settings = settings;
    this.manifest = manifest;
    this.windows = windows;
    this.candidate = candidate;
    this.rivals = rivals;
    this.incumbentScores = incumbentScores;
    this.findings = findings;
    tolerance = TOLERANCE * manifest.network().densityValues(manifest.window());
    int[] all = new int[windows.size()];
    Arrays.setAll(all, window -> window);
    scored = Arrays.stream(all).filter(candidate::isScored).toArray();
  }

  void examine(TrainingSpan fitted) {
    double[] own = of(candidate);
    findings.figure(FigureNames.CANDIDATE_NEGATIVE_ELBO, mean(own));
    findings.figure(FigureNames.ALARM_RATE, candidate.alarmRate());
    findings.figure(FigureNames.CALIBRATION_RATIO, candidate.calibrationRatio());
    if (Arrays.stream(own).anyMatch(value -> !Double.isFinite(value))) {
      findings.reject("its negative ELBO of a held-out row is not a finite number");
      return;
    }
    if (settings.policy() == GatePolicy.ALWAYS) {
      return;
    }
    if (rivals.isEmpty()) {
      examineFirst();
      return;
    }
    if (scored.length < PromotionGate.LEAST_WINDOWS) {
      findings.reject(
          "%s windows are held out, a comparison needs %s: a longer retrain.span",
          scored.length, PromotionGate.LEAST_WINDOWS);
      return;
    }
    examineDensity(own);
    examineBaseline(own, fitted);
    examineCollapse();
    examinePower();
    examineCalibration();
    examineAlarms();
    examineSupport();
  }

  /** Better an imperfect first model than none: only what cannot be of use is refused. */
  private void examineFirst() {
    if (scored.length > 0 && candidate.alarmRate() > FIRST_MODEL_ALARMS) {
      findings.reject(
          "it alarms at %.0f %% of the rows that it was made for", 100 * candidate.alarmRate());
    }
  }

  private void examineDensity(double[] own) {
    findings.figure(FigureNames.INCUMBENT_NEGATIVE_ELBO, mean(of(incumbent())));
    ModelOnRows best =
        rivals.stream()
            .min(Comparator.comparingDouble(rival -> mean(winsorised(of(rival)))))
            .orElseThrow();
    Interval worse = difference(own, of(best));
    findings.figure(FigureNames.DIFFERENCE, worse.mean());
    findings.figure(FigureNames.DIFFERENCE_LOWER, worse.lower());
    findings.figure(FigureNames.DIFFERENCE_UPPER, worse.upper());
    if (settings.policy() == GatePolicy.BETTER && worse.upper() >= 0) {
      findings.reject(
          "it is not surely better than %s: the difference is %s", best.version(), worse);
    } else if (worse.lower() > tolerance) {
      findings.reject(
          "it explains the held-out rows worse than %s by %s, allowed are %.3f",
          best.version(), worse, tolerance);
    }
  }

  private void examineBaseline(double[] own, TrainingSpan fitted) {
    if (manifest.network().range() == FeatureRange.PIXELS) {
      return; // its density is of other values than the raw ones: nothing simpler is comparable
    }
    double[] norm = pick(NormBaseline.losses(manifest, fitted, windows));
    findings.figure(FigureNames.BASELINE_NEGATIVE_ELBO, mean(norm));
    Interval worse = difference(own, norm);
    // Where the incumbent fails too, features are unrelated: then the norm is all there is.
    if (worse.lower() > tolerance && difference(of(incumbent()), norm).lower() <= tolerance) {
      findings.reject(
          "it explains the held-out rows worse than the norm of the scaled row by %s, which %s"
              + " does not",
          worse, incumbent().version());
    }
  }

  private void examineCollapse() {
    int active = candidate.activeLatents();
    int before = incumbent().activeLatents();
    findings.figure(FigureNames.ACTIVE_LATENTS, active);
    findings.figure(FigureNames.ofIncumbent(FigureNames.ACTIVE_LATENTS), before);
    if (active == 0 && before > 0) {
      findings.reject(
          "its posterior has collapsed: no latent dimension is used, %s uses %s",
          incumbent().version(), before);
    }
  }

  private void examinePower() {
    Optional<Map<FaultKind, PowerCheck.Noticed>> compared =
        PowerCheck.compare(windows, candidate, incumbent(), allowed(incumbent()), settings.seed());
    if (compared.isEmpty()) {
      findings.remark("too few rows are normal to both models to plant faults into");
      return;
    }
    double candidateShare = 0;
    double incumbentShare = 0;
    for (Map.Entry<FaultKind, PowerCheck.Noticed> kind : compared.get().entrySet()) {
      PowerCheck.Noticed noticed = kind.getValue();
      String name = FigureNames.POWER + "_" + kind.getKey().name().toLowerCase(Locale.ROOT);
      findings.figure(name, noticed.candidate());
      findings.figure(FigureNames.ofIncumbent(name), noticed.incumbent());
      candidateShare += noticed.candidate() / compared.get().size();
      incumbentShare += noticed.incumbent() / compared.get().size();
    }
    findings.figure(FigureNames.POWER, candidateShare);
    findings.figure(FigureNames.ofIncumbent(FigureNames.POWER), incumbentShare);
    if (candidateShare < incumbentShare - POWER_LOSS) {
      findings.reject(
          "it notices %.0f %% of the planted faults, %s notices %.0f %%, allowed to lose are %.0f"
              + " points",
          100 * candidateShare, incumbent().version(), 100 * incumbentShare, 100 * POWER_LOSS);
    }
  }

  private void examineCalibration() {
    findings.figure(
        FigureNames.ofIncumbent(FigureNames.CALIBRATION_RATIO), incumbent().calibrationRatio());
    double error = Math.abs(Math.log(candidate.calibrationRatio()));
    double before = Math.abs(Math.log(incumbent().calibrationRatio()));
    if (error > Math.log(AlarmAllowance.RATIO) && error > before) {
      findings.reject(
          "its calibration is off: p-values below 0.1 come %.2f times as often as they should,"
              + " those of %s %.2f times",
          candidate.calibrationRatio(), incumbent().version(), incumbent().calibrationRatio());
    }
  }

  /** No more than allowed, unless the incumbent alarms as often. */
  private void examineAlarms() {
    findings.figure(FigureNames.ofIncumbent(FigureNames.ALARM_RATE), incumbent().alarmRate());
    double allowed = Math.max(allowed(candidate), incumbent().alarmRate());
    if (candidate.alarmRate() > allowed) {
      findings.reject(
          "it alarms at %.3g of the held-out rows, asked is %.3g and allowed %.3g",
          candidate.alarmRate(), candidate.borderPValue(), allowed);
    }
  }

  /**
   * A model that can keep to the asked rate is not given up for one that alarms more often, unless
   * it alarms at too much itself: then its normal is not that of the records. One that cannot score
   * keeps to nothing.
   */
  private void examineSupport() {
    AlarmBudget budget = settings.detector().budget();
    double supported = candidate.smallestRate(budget);
    double before = incumbent().smallestRate(budget);
    findings.figure(FigureNames.SMALLEST_RATE, supported);
    findings.figure(FigureNames.ofIncumbent(FigureNames.SMALLEST_RATE), before);
    boolean keeps = incumbentScores && incumbent().alarmRate() <= allowed(incumbent());
    if (keeps && supported > SUPPORT_RATIO * Math.max(budget.asked(), before)) {
      findings.reject(
          "its calibration supports %.2g %s, that of %s %.2g, and %.2g is asked for: it would alarm"
              + " more often; a longer retrain.span gives it more rows",
          supported, budget.unit(), incumbent().version(), before, budget.asked());
    }
  }

  private double allowed(ModelOnRows model) {
    return AlarmAllowance.of(model.borderPValue(), scored.length, model.clusterLength());
  }

  private ModelOnRows incumbent() {
    return rivals.get(0);
  }

  private double[] of(ModelOnRows model) {
    return Arrays.stream(scored).mapToDouble(model::negativeElbo).toArray();
  }

  private double[] pick(double[] perWindow) {
    return Arrays.stream(scored).mapToDouble(window -> perWindow[window]).toArray();
  }

  private Interval difference(double[] own, double[] other) {
    double[] difference = new double[own.length];
    Arrays.setAll(difference, i -> own[i] - other[i]);
    int block = Math.max(LEAST_BLOCK, 4 * windows.windowLength());
    return BlockBootstrap.mean(winsorised(difference), block, settings.seed());
  }

  private static double[] winsorised(double[] values) {
    return values.length == 0 ? values : BlockBootstrap.winsorised(values, WINSORISED);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }
}
