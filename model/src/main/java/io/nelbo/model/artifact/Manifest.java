package io.nelbo.model.artifact;

import static io.nelbo.model.Preconditions.requireArgument;

import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.calibrate.FeatureLosses;
import io.nelbo.model.scale.Scaler;
import io.nelbo.model.record.RecordColumns;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The readable half of an artifact, {@code model.json}.
 *
 * @param formatVersion of the artifact's layout, see {@link #CURRENT_FORMAT}
 * @param modelId the detector's model: lower-case letters, digits and dashes, at most 100
 * @param version {@code v000042}
 * @param family {@code vae}
 * @param windowLength records per window
 * @param featureNames in the order of the records' values
 * @param contextNames of the values behind the features, which are not modelled; see {@link
 *     RecordColumns}
 * @param scaler fitted to the same records as the network
 * @param featureLosses of this very network; none in the first format
 * @param calibration fitted to statistics of this very network and scaler
 * @param figures measured on held-out records, by name; finite
 */
public record Manifest(
    int formatVersion,
    String modelId,
    String version,
    String family,
    int windowLength,
    List<String> featureNames,
    List<String> contextNames,
    NetworkSpec network,
    LikelihoodSpec likelihood,
    NoiseSpec noise,
    Scaler scaler,
    Optional<FeatureLosses> featureLosses,
    Calibration calibration,
    Provenance provenance,
    Map<String, Double> figures) {
  /** The format that this code writes; older ones are read, newer ones refused. */
  public static final int CURRENT_FORMAT = 2;

  private static final Pattern MODEL_ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,98}[a-z0-9])?");

  public Manifest {
    requireArgument(
        formatVersion >= 1 && formatVersion <= CURRENT_FORMAT,
        "formatVersion must lie in 1..%s, got %s",
        CURRENT_FORMAT,
        formatVersion);
    requireModelId(modelId);
    requireArgument(
        ModelVersion.isValid(version), "version must look like v000042, got %s", version);
    requireArgument(!family.isBlank(), "family must not be blank");
    requireArgument(windowLength >= 1, "windowLength must be positive, got %s", windowLength);
    featureNames = List.copyOf(featureNames);
    contextNames = List.copyOf(contextNames);
    requireArgument(
        featureNames.size() + contextNames.size() == scaler.features(),
        contextNames.isEmpty()
            ? "featureNames names %s features, the scaler scales %s"
            : "featureNames and contextNames name %s values, the scaler scales %s",
        featureNames.size() + contextNames.size(),
        scaler.features());
    requireArgument(
        featureLosses.isPresent() == (formatVersion > 1),
        "featureLosses must be there from format 2 on and not before, formatVersion is %s",
        formatVersion);
    int features = featureNames.size();
    featureLosses.ifPresent(
        losses ->
            requireArgument(
                losses.mean().length == features,
                "featureLosses holds %s features, featureNames %s",
                losses.mean().length,
                features));
    requireDifferent("featureNames", featureNames);
    requireDifferent(
        "featureNames and contextNames",
        Stream.concat(featureNames.stream(), contextNames.stream()).toList());
    figures.forEach(
        (name, value) ->
            requireArgument(
                Double.isFinite(value), "figures.%s must be finite, got %s", name, value));
    figures = Collections.unmodifiableMap(new TreeMap<>(figures));
  }

  /** Of records without context. */
  public Manifest(
      int formatVersion,
      String modelId,
      String version,
      String family,
      int windowLength,
      List<String> featureNames,
      NetworkSpec network,
      LikelihoodSpec likelihood,
      NoiseSpec noise,
      Scaler scaler,
      FeatureLosses featureLosses,
      Calibration calibration,
      Provenance provenance,
      Map<String, Double> figures) {
    this(
        formatVersion,
        modelId,
        version,
        family,
        windowLength,
        featureNames,
        List.of(),
        network,
        likelihood,
        noise,
        scaler,
        Optional.of(featureLosses),
        calibration,
        provenance,
        figures);
  }

  /** Another version of the same model with another calibration. */
  public Manifest recalibrated(
      String otherVersion,
      Calibration other,
      Provenance otherProvenance,
      Map<String, Double> otherFigures) {
    return new Manifest(
        formatVersion,
        modelId,
        otherVersion,
        family,
        windowLength,
        featureNames,
        contextNames,
        network,
        likelihood,
        noise,
        scaler,
        featureLosses,
        other,
        otherProvenance,
        otherFigures);
  }

  /** The same model under another name and version. */
  public Manifest movedTo(String otherId, String otherVersion, Provenance otherProvenance) {
    return new Manifest(
        formatVersion,
        otherId,
        otherVersion,
        family,
        windowLength,
        featureNames,
        contextNames,
        network,
        likelihood,
        noise,
        scaler,
        featureLosses,
        calibration,
        otherProvenance,
        figures);
  }

  /** Values per record: features, then context. */
  public int columns() {
    return featureNames.size() + contextNames.size();
  }

  private static void requireDifferent(String what, List<String> names) {
    requireArgument(
        names.stream().distinct().count() == names.size(), "%s must differ, got %s", what, names);
  }

  /** Whether it can be a model's name. */
  public static boolean isModelId(String text) {
    return MODEL_ID.matcher(text).matches();
  }

  /**
   * @throws IllegalArgumentException when it cannot be a model's name
   */
  public static void requireModelId(String modelId) {
    requireArgument(
        isModelId(modelId),
        "modelId must be 1 to 100 lower-case letters, digits and inner dashes, got %s",
        modelId);
  }
}
