package io.nelbo.model.artifact;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.calibrate.FeatureLosses;
import io.nelbo.model.record.RecordColumns;
import io.nelbo.model.record.WindowShape;
import io.nelbo.model.scale.Scaler;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The readable half of an artifact, {@code model.json}. Each of its parts reads and writes itself.
 *
 * @param label what it is called
 * @param window what it is shown of a series
 * @param network whose weights lie beside it
 * @param scaler fitted to the same records as the network
 * @param featureLosses of this very network; none in the first format
 * @param calibration fitted to statistics of this very network and scaler
 * @param provenance where it comes from
 * @param figures measured on held-out records, by name; finite
 */
public record Manifest(
    ModelLabel label,
    WindowShape window,
    NetworkSpec network,
    Scaler scaler,
    Optional<FeatureLosses> featureLosses,
    Calibration calibration,
    Provenance provenance,
    Map<String, Double> figures) {
  /** The last format that this code knows; older ones are read, newer ones refused. */
  public static final int NEWEST_FORMAT = 4;

  private static final int FRAMES_FORMAT = 3;

  public Manifest {
    window = new WindowShape(window.length(), window.record().asModelled());
    requireArgument(
        window.columns() == scaler.columns(),
        window.context() == 0
            ? "featureNames names %s features, the scaler scales %s"
            : "featureNames and contextNames name %s values, the scaler scales %s",
        window.columns(),
        scaler.columns());
    requireArgument(
        label.formatVersion() >= network.oldestFormat(),
        "network.kind %s is known from format %s on, formatVersion is %s",
        network.kind(),
        network.oldestFormat(),
        label.formatVersion());
    requireArgument(
        window.record() instanceof RecordColumns || label.formatVersion() >= FRAMES_FORMAT,
        "frames are known from format %s on, formatVersion is %s",
        FRAMES_FORMAT,
        label.formatVersion());
    requireArgument(
        featureLosses.isPresent()
            == (label.formatVersion() > 1 && network.range() != FeatureRange.PIXELS),
        "featureLosses must be there from format 2 on, but for frames, and not before,"
            + " formatVersion is %s",
        label.formatVersion());
    int features = window.features();
    featureLosses.ifPresent(
        losses ->
            requireArgument(
                losses.mean().length == features,
                "featureLosses holds %s features, featureNames %s",
                losses.mean().length,
                features));
    figures.forEach(
        (name, value) ->
            requireArgument(
                Double.isFinite(value), "figures.%s must be finite, got %s", name, value));
    figures = Collections.unmodifiableMap(new TreeMap<>(figures));
  }

  /** Another version of the same model with another calibration. */
  public Manifest recalibrated(
      String otherVersion,
      Calibration other,
      Provenance otherProvenance,
      Map<String, Double> otherFigures) {
    return new Manifest(
        label.withVersion(otherVersion),
        window,
        network,
        scaler,
        featureLosses,
        other,
        otherProvenance,
        otherFigures);
  }

  /** The same model under another name and version. */
  public Manifest movedTo(String otherId, String otherVersion, Provenance otherProvenance) {
    return new Manifest(
        new ModelLabel(label.formatVersion(), otherId, otherVersion, label.family()),
        window,
        network,
        scaler,
        featureLosses,
        calibration,
        otherProvenance,
        figures);
  }

  /** The same with another network; whoever asks knows that all else fits it. */
  public Manifest withNetwork(NetworkSpec other) {
    return new Manifest(
        label, window, other, scaler, featureLosses, calibration, provenance, figures);
  }

  public int formatVersion() {
    return label.formatVersion();
  }

  public String modelId() {
    return label.modelId();
  }

  /** {@code v000042}. */
  public String version() {
    return label.version();
  }

  public String family() {
    return label.family();
  }

  /** Records per window. */
  public int windowLength() {
    return window.length();
  }

  /**
   * Of what is scored, in the order of the records' values.
   *
   * @throws IllegalArgumentException when the records are frames
   */
  public List<String> featureNames() {
    return named().features();
  }

  /** Of the values behind the features, which are not scored. */
  public List<String> contextNames() {
    return named().contextNames();
  }

  /** Values per record: features, then context. */
  public int columns() {
    return window.columns();
  }

  private RecordColumns named() {
    return window.record().named("whoever asks model " + version() + " for its features");
  }

  /** Whether it can be a model's name. */
  public static boolean isModelId(String text) {
    return ModelLabel.isModelId(text);
  }

  /**
   * @throws IllegalArgumentException when it cannot be a model's name
   */
  public static void requireModelId(String modelId) {
    ModelLabel.requireModelId(modelId);
  }
}
