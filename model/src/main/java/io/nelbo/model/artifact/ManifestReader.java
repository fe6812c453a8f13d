package io.nelbo.model.artifact;

import io.nelbo.model.artifact.ArtifactException.Reason;
import io.nelbo.model.calibrate.Calibration;
import io.nelbo.model.calibrate.CalibrationTable;
import io.nelbo.model.calibrate.EpisodeRates;
import io.nelbo.model.calibrate.EpisodeTable;
import io.nelbo.model.calibrate.FeatureLosses;
import io.nelbo.model.calibrate.SmoothedCalibration;
import io.nelbo.model.scale.FeatureScale;
import io.nelbo.model.scale.Scaler;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads {@code model.json}; fields that this version does not know are passed over. */
final class ManifestReader {
  static final String NAME = "model.json";

  /** Of a Student's t before manifests said it. */
  private static final int FIRST_DEGREES = 4;

  private ManifestReader() {}

  /** The manifest and what it says of the weights beside it. */
  record Read(Manifest manifest, WeightsFile weights) {}

  /**
   * @throws ArtifactException UNKNOWN_FORMAT for a newer format, INVALID for anything else
   */
  static Read read(byte[] bytes) throws ArtifactException {
    JsonFields fields = JsonFields.parse(NAME, new String(bytes, StandardCharsets.UTF_8));
    int format = fields.smallInteger("formatVersion");
    if (format > Manifest.CURRENT_FORMAT) {
      throw new ArtifactException(
          Reason.UNKNOWN_FORMAT,
          String.format(
              "%s: formatVersion is %s, this program reads up to %s: update it",
              NAME, format, Manifest.CURRENT_FORMAT));
    }
    try {
      return new Read(manifest(format, fields), weights(fields.object("weights")));
    } catch (IllegalArgumentException e) {
      throw new ArtifactException(Reason.INVALID, NAME + ": " + e.getMessage());
    }
  }

  private static Manifest manifest(int format, JsonFields fields) throws ArtifactException {
    JsonFields noise = fields.object("noise");
    return new Manifest(
        format,
        fields.string("modelId"),
        fields.string("version"),
        fields.string("family"),
        fields.smallInteger("windowLength"),
        fields.strings("featureNames"),
        fields.has("contextNames") ? fields.strings("contextNames") : List.of(),
        network(fields.object("network")),
        likelihood(fields.object("likelihood")),
        new NoiseSpec(noise.smallInteger("samples"), noise.string("sequence")),
        scaler(fields.object("scaler")),
        featureLosses(format, fields),
        calibration(fields.object("calibration")),
        provenance(fields.object("provenance")),
        numbersByName(fields.object("figures")));
  }

  /** One number stands for two hidden layers of that width, see {@link NetworkSpec#isPlain()}. */
  private static NetworkSpec network(JsonFields fields) throws ArtifactException {
    String kind = fields.string("kind");
    if (!fields.has("activation")) {
      return new NetworkSpec(kind, fields.smallInteger("hidden"), fields.smallInteger("latent"));
    }
    return new NetworkSpec(
        kind,
        fields.smallIntegers("hidden"),
        fields.smallInteger("latent"),
        fields.string("activation"));
  }

  private static LikelihoodSpec likelihood(JsonFields fields) throws ArtifactException {
    String kind = fields.string("kind");
    int degrees =
        fields.has("degreesOfFreedom")
            ? fields.smallInteger("degreesOfFreedom")
            : kind.equals(LikelihoodSpec.STUDENT) ? FIRST_DEGREES : 0;
    return new LikelihoodSpec(
        kind, fields.number("deviationFloor"), fields.singleNumber("inputClip"), degrees);
  }

  private static Scaler scaler(JsonFields fields) throws ArtifactException {
    FeatureScale global = scale(fields.object("global"));
    JsonFields listed = fields.object("series");
    Map<String, FeatureScale> series = new HashMap<>();
    for (String name : listed.names()) {
      JsonFields own = listed.object(name);
      series.put(name, own.names().isEmpty() ? global : scale(own));
    }
    return Scaler.of(global, series, numbersByName(fields.object("scoreOffsets")));
  }

  private static FeatureScale scale(JsonFields fields) throws ArtifactException {
    return new FeatureScale(fields.numbers("centre"), fields.numbers("scale"));
  }

  private static Optional<FeatureLosses> featureLosses(int format, JsonFields fields)
      throws ArtifactException {
    if (format == 1) {
      return Optional.empty();
    }
    JsonFields losses = fields.object("featureLosses");
    return Optional.of(new FeatureLosses(losses.numbers("mean"), losses.numbers("variance")));
  }

  private static Calibration calibration(JsonFields fields) throws ArtifactException {
    Calibration calibration = tables(fields);
    if (!fields.has("smoothed")) {
      return calibration;
    }
    JsonFields smoothed = fields.object("smoothed");
    return calibration.withSmoothed(
        new SmoothedCalibration(smoothed.smallInteger("records"), tables(smoothed)));
  }

  private static Calibration tables(JsonFields fields) throws ArtifactException {
    Calibration calibration =
        Calibration.of(
            new CalibrationTable(
                fields.numbers("statistics"),
                fields.integers("atLeast"),
                fields.integer("sample"),
                fields.number("effectiveSample"),
                fields.number("tailThreshold"),
                fields.number("tailShape"),
                fields.number("tailScale")));
    return fields.has("episodes")
        ? calibration.withEpisodes(episodes(fields.object("episodes")))
        : calibration;
  }

  private static EpisodeRates episodes(JsonFields fields) throws ArtifactException {
    return EpisodeRates.of(
        new EpisodeTable(
            fields.integer("gapMillis"),
            fields.number("seriesDays"),
            fields.numbers("statistics"),
            fields.integers("episodes"),
            fields.number("tailThreshold"),
            fields.number("tailShape"),
            fields.number("tailScale")));
  }

  private static Provenance provenance(JsonFields fields) throws ArtifactException {
    return new Provenance(
        fields.integer("spanStartMillis"),
        fields.integer("spanEndMillis"),
        fields.integer("rows"),
        fields.string("dataDigest"),
        fields.integer("seed"),
        fields.string("codeVersion"),
        fields.string("trigger"),
        fields.has("recalibrated")
            ? Optional.of(recalibrated(fields.object("recalibrated")))
            : Optional.empty(),
        optional(fields, "trainingDigest"),
        optional(fields, "startedFrom"));
  }

  private static Optional<String> optional(JsonFields fields, String name)
      throws ArtifactException {
    return fields.has(name) ? Optional.of(fields.string(name)) : Optional.empty();
  }

  private static Provenance.Recalibrated recalibrated(JsonFields fields) throws ArtifactException {
    return new Provenance.Recalibrated(
        fields.string("parent"),
        fields.integer("spanStartMillis"),
        fields.integer("spanEndMillis"),
        fields.integer("rows"),
        fields.string("dataDigest"));
  }

  private static Map<String, Double> numbersByName(JsonFields fields) throws ArtifactException {
    Map<String, Double> numbers = new TreeMap<>();
    for (String name : fields.names()) {
      numbers.put(name, fields.number(name));
    }
    return numbers;
  }

  private static WeightsFile weights(JsonFields fields) throws ArtifactException {
    JsonFields tensors = fields.object("tensors");
    Map<String, List<Integer>> shapes = new TreeMap<>();
    for (String name : tensors.names()) {
      shapes.put(name, tensors.smallIntegers(name));
    }
    return new WeightsFile(
        fields.string("file"), fields.integer("bytes"), fields.string("sha256"), shapes);
  }
}
