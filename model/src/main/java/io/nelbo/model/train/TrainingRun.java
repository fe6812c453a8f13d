package io.nelbo.model.train;

import ai.djl.Device;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.artifact.ModelLabel;
import io.nelbo.model.artifact.ModelVersion;
import io.nelbo.model.artifact.Provenance;
import io.nelbo.model.fit.Fitted;
import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.fit.TrainingProgress;
import io.nelbo.model.fit.Windows;
import io.nelbo.model.train.NetworkFit.FittedModel;
import io.nelbo.model.train.NetworkFit.Parts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One training, from span to artifact: split, fit, calibrate, report. */
final class TrainingRun {
  private static final int LEAST_FIT = 32;
  private static final int LEAST_STOP = 4;
  private static final int LEAST_CALIBRATE = 8;

  private static final int LEAST_FIT_OF_FEW = 10;
  private static final int LEAST_STOP_OF_FEW = 2;

  private final TrainingRequest request;
  private final TrainingConfig config;
  private final Clock clock;
  private final Device device;
  private final SortedSpan sorted;

  TrainingRun(TrainingRequest request, Clock clock, Device device) {
    this.request = request;
    this.clock = clock;
    this.device = device;
    config = request.config();
    sorted = new SortedSpan(request.span());
  }

  Training run(TrainingListener listener) throws TrainingException {
    Instant started = clock.instant();
    if (request.span().records() >= FewRecords.BELOW) {
      NetworkFit network = new NetworkFit(request, sorted, request.start(), clock, device);
      Parts parts = network.parts(new BlockSplit(sorted.segments(), config.windowLength()));
      if (parts.suffices(LEAST_FIT, LEAST_STOP, LEAST_CALIBRATE)) {
        Instant end = started.plus(config.budget());
        try (FittedModel fitted = network.fit(parts, end, listener)) {
          HeldOutCalibration.Calibrated calibrated =
              fitted.calibration().fit(parts.heldOut(), parts.before(), config.alerts());
          return training(network, fitted, calibrated, parts.heldOut(), List.of(), started);
        }
      }
    }
    return ofFew(started, listener);
  }

  /** None can be spared: see {@link FewRecords}. Weights are drawn: old ones know every record. */
  private Training ofFew(Instant started, TrainingListener listener) throws TrainingException {
    NetworkFit network = new NetworkFit(request, sorted, Optional.empty(), clock, device);
    FewRecords few = new FewRecords(sorted, config.windowLength());
    Duration share = config.budget().dividedBy(BlockSplit.FOLDS + 1);
    for (int fold = 0; fold < BlockSplit.FOLDS; fold++) {
      Parts parts = network.parts(BlockSplit.ofFew(sorted.segments(), config.windowLength(), fold));
      Instant end = started.plus(share.multipliedBy(fold + 1));
      try (FittedModel without = network.fit(requireFew(parts), end, rounds(listener, fold))) {
        few.add(without.calibration().judge(parts.heldOut()));
      }
    }
    Parts whole = network.parts(BlockSplit.ofFewWhole(sorted.segments(), config.windowLength()));
    Instant end = started.plus(config.budget());
    try (FittedModel fitted =
        network.fit(requireFew(whole), end, rounds(listener, BlockSplit.FOLDS))) {
      HeldOutCalibration.Calibrated calibrated = few.calibrated(whole.span(), config.alerts());
      return training(network, fitted, calibrated, whole.stop(), List.of(few.warning()), started);
    }
  }

  /** Tells the steps of all rounds as those of one. */
  private static TrainingListener rounds(TrainingListener listener, int round) {
    return one ->
        listener.onProgress(
            new TrainingProgress(
                round * one.steps() + one.step(),
                (BlockSplit.FOLDS + 1) * one.steps(),
                one.trainingLoss(),
                one.heldOutNegativeElbo()));
  }

  private Parts requireFew(Parts parts) throws TrainingException {
    Shortage shortage = new Shortage(sorted, config.windowLength());
    if (parts.fit().size() < LEAST_FIT_OF_FEW) {
      throw new TrainingException(
          shortage.message(parts.fit().size(), BlockSplit.Role.FIT, LEAST_FIT_OF_FEW));
    }
    if (parts.stop().size() < LEAST_STOP_OF_FEW) {
      throw new TrainingException(
          shortage.message(parts.stop().size(), BlockSplit.Role.STOP, LEAST_STOP_OF_FEW));
    }
    return parts;
  }

  private Training training(
      NetworkFit network,
      FittedModel fitted,
      HeldOutCalibration.Calibrated calibrated,
      Windows diagnosed,
      List<String> more,
      Instant started) {
    Parts parts = fitted.parts();
    Fitted found = fitted.fitted();
    Diagnosis diagnosis = network.diagnose(fitted, diagnosed);
    List<String> warnings = new ArrayList<>(diagnosis.warnings());
    warnings.addAll(calibrated.warnings());
    warnings.addAll(more);
    Manifest manifest = manifest(network, fitted, calibrated);
    TrainingReport report =
        new TrainingReport(
            new TrainingReport.Steps(found.steps(), found.bestStep()),
            new TrainingReport.Windows(
                parts.fit().size(), parts.stop().size(), calibrated.heldOut().size()),
            calibrated.negativeElbo(),
            diagnosis.activeLatents(),
            found.curve(),
            warnings,
            secondsSince(started));
    return new Training(new ModelArtifact(manifest, found.tensors()), report);
  }

  private Manifest manifest(
      NetworkFit network, FittedModel fitted, HeldOutCalibration.Calibrated calibrated) {
    TrainingSpan span = request.span();
    Map<String, Double> figures = new HashMap<>(calibrated.figures());
    figures.putAll(fitted.fitted().figures());
    return new Manifest(
        new ModelLabel(
            fitted.fitted().network().format(),
            request.modelId(),
            new ModelVersion(request.version()).toString(),
            config.family()),
        network.window(),
        fitted.fitted().network(),
        fitted.scaler(),
        fitted.losses(),
        calibrated.calibration(),
        new Provenance(
                new Provenance.Records(
                    span.startMillis(), span.endMillis(), span.records(), sorted.digest()),
                config.seed(),
                codeVersion(),
                request.trigger())
            .ofTraining(request.digest(), network.start().map(start -> start.manifest().version())),
        figures);
  }

  static String codeVersion() {
    return Optional.ofNullable(TrainingRun.class.getPackage().getImplementationVersion())
        .orElse("dev");
  }

  private double secondsSince(Instant started) {
    return Duration.between(started, clock.instant()).toMillis() / 1000.0;
  }
}
