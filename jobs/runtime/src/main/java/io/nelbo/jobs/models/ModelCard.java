package io.nelbo.jobs.models;

import io.nelbo.jobs.text.NumberText;
import io.nelbo.model.artifact.Manifest;
import io.nelbo.model.artifact.NetworkSpec;
import io.nelbo.model.artifact.Provenance;
import io.nelbo.model.calibrate.AlarmBudget;
import io.nelbo.model.calibrate.AlarmBudget.EpisodeRate;
import io.nelbo.model.calibrate.AlarmBudget.RecordRate;
import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.calibrate.CalibrationTable;
import io.nelbo.model.calibrate.SmoothedCalibration;
import io.nelbo.model.record.Frames;
import io.nelbo.model.scale.FeatureScale;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What there is to know of one model, in words. */
public final class ModelCard {
  private static final int MOST_NAMES = 60;

  /** Heading of the name and version. */
  public static final String MODEL = "Model";

  private ModelCard() {}

  /**
   * Lines by their heading, in the order to show.
   *
   * @param sha256 of the manifest
   * @param asked how many false alarms the configuration allows
   */
  public static Map<String, String> of(Manifest manifest, String sha256, AlarmBudget asked) {
    Provenance provenance = manifest.provenance();
    Map<String, String> card = new LinkedHashMap<>();
    Provenance.Records trainedOn = provenance.records();
    card.put(MODEL, manifest.modelId() + " " + manifest.version());
    card.put(
        "Trained on",
        "%s from %s to %s"
            .formatted(
                NumberText.count(trainedOn.count(), "record"),
                NumberText.time(trainedOn.startMillis()),
                NumberText.time(trainedOn.endMillis())));
    card.put("Why", provenance.trigger());
    provenance
        .recalibrated()
        .ifPresent(
            own ->
                card.put(
                    "Recalibrated",
                    "%s, on %s from %s to %s"
                        .formatted(
                            own.parent(),
                            NumberText.count(own.records().count(), "normal record"),
                            NumberText.time(own.records().startMillis()),
                            NumberText.time(own.records().endMillis()))));
    putRecord(card, manifest);
    card.put(
        "Window",
        manifest.windowLength() == 1
            ? "1 record: each is judged alone"
            : manifest.windowLength() + " records: the newest is judged, given the older ones");
    for (NetworkSpec.Aspect aspect : manifest.network().inWords()) {
      boolean network = aspect.name().equals("Network");
      card.put(aspect.name(), network ? manifest.family() + ", " + aspect.text() : aspect.text());
    }
    card.put("Scale", scale(manifest));
    putCalibration(card, manifest, asked);
    manifest.figures().forEach((name, value) -> card.put(heading(name), NumberText.figure(value)));
    card.put("Seed", String.valueOf(provenance.seed()));
    card.put("Code", provenance.codeVersion() + ", format " + manifest.formatVersion());
    card.put("Data digest", trainedOn.digest());
    card.put("Checksum", sha256);
    return card;
  }

  private static void putRecord(Map<String, String> card, Manifest manifest) {
    if (manifest.window().record() instanceof Frames frames) {
      card.put(
          "Frames",
          "%d x %d x %d (height, width, channels)"
              .formatted(frames.height(), frames.width(), frames.channels()));
      return;
    }
    card.put("Features", names(manifest.featureNames()));
    if (!manifest.contextNames().isEmpty()) {
      card.put("Context", names(manifest.contextNames()));
    }
  }

  private static void putCalibration(
      Map<String, String> card, Manifest manifest, AlarmBudget asked) {
    CalibrationTable table = manifest.calibration().table();
    card.put(
        "Calibrated on",
        "%s held-out windows, worth %s independent ones"
            .formatted(
                NumberText.count(table.sample()), NumberText.figure(table.effectiveSample())));
    Calibration calibration = manifest.calibration();
    card.put(
        "Smallest false-alarm rate",
        smallest(calibration.smallestRate(), asked instanceof RecordRate rate ? rate.rate() : 1));
    calibration
        .episodes()
        .ifPresent(
            rates ->
                card.put(
                    "Smallest number of false alarms per series and day",
                    smallest(
                        rates.smallestPerSeriesDay(),
                        asked instanceof EpisodeRate rate
                            ? rate.perSeriesDay()
                            : Double.POSITIVE_INFINITY)));
    calibration.smoothed().ifPresent(means -> putSmoothed(card, means, asked));
    card.put(
        "Tail",
        "generalised Pareto above %s nats, shape %s, scale %s"
            .formatted(
                NumberText.figure(table.tailThreshold()),
                NumberText.figure(table.tailShape()),
                NumberText.figure(table.tailScale())));
  }

  private static void putSmoothed(
      Map<String, String> card, SmoothedCalibration means, AlarmBudget asked) {
    CalibrationTable table = means.together().table();
    boolean used = asked.smooth() == means.records();
    card.put(
        "Records and means over " + means.records(),
        "%s held-out ones, worth %s independent ones, smallest false-alarm rate %s%s"
            .formatted(
                NumberText.count(table.sample()),
                NumberText.figure(table.effectiveSample()),
                smallest(
                    means.together().smallestRate(),
                    used && asked instanceof RecordRate rate ? rate.rate() : 1),
                used ? "; both alarm" : "; not used"));
  }

  private static String smallest(double supported, double asked) {
    return NumberText.figure(supported)
        + (supported > asked
            ? ": more than the asked " + NumberText.figure(asked) + ", so it is provisional"
            : "");
  }

  private static String names(List<String> names) {
    String listed = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
    String more = names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "";
    return NumberText.count(names.size()) + ": " + listed + more;
  }

  private static String scale(Manifest manifest) {
    FeatureScale global = manifest.scaler().global();
    long own =
        manifest.scaler().series().values().stream()
            .filter(scale -> !Arrays.equals(scale.scale(), global.scale()))
            .count();
    return own == 0
        ? "one for all series"
        : "of its own for " + NumberText.count(own) + " series, a global one for others";
  }

  /** The heading of a figure of the manifest. */
  public static String heading(String name) {
    String words = name.replace('_', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
