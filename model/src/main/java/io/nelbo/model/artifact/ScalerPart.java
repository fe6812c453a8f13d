package io.nelbo.model.artifact;

import com.google.gson.stream.JsonWriter;
import io.nelbo.model.calibrate.FeatureLosses;
import io.nelbo.model.scale.FeatureScale;
import io.nelbo.model.scale.Scaler;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a manifest says of the columns: their scale, and what features usually lose. */
final class ScalerPart {
  private ScalerPart() {}

  /** In place of so many centres of 0 and scales of 1. */
  private static final String IDENTITY = "identity";

  /**
   * @param pixels whether the values are those of frames, which are not scaled
   */
  static void write(Scaler scaler, boolean pixels, JsonWriter manifest) throws IOException {
    manifest.name("scaler").beginObject();
    manifest.name("global").beginObject();
    if (pixels) {
      manifest.name(IDENTITY).value(scaler.columns());
    } else {
      write(scaler.global(), manifest);
    }
    manifest.endObject();
    manifest.name("series").beginObject();
    for (Map.Entry<String, FeatureScale> series : scaler.series().entrySet()) {
      manifest.name(series.getKey()).beginObject();
      if (!series.getValue().equals(scaler.global())) {
        write(series.getValue(), manifest);
      }
      manifest.endObject();
    }
    manifest.endObject();
    manifest.name("scoreOffsets").beginObject();
    for (Map.Entry<String, Double> offset : scaler.scoreOffsets().entrySet()) {
      manifest.name(offset.getKey()).value(offset.getValue());
    }
    manifest.endObject();
    manifest.endObject();
  }

  /** A series without fields has the global scale. */
  static Scaler read(JsonFields fields) throws ArtifactException {
    FeatureScale global = scale(fields.object("global"));
    JsonFields listed = fields.object("series");
    Map<String, FeatureScale> series = new HashMap<>();
    for (String name : listed.names()) {
      JsonFields own = listed.object(name);
      series.put(name, own.names().isEmpty() ? global : scale(own));
    }
    return Scaler.of(global, series, fields.object("scoreOffsets").numbersByName());
  }

  static void write(FeatureLosses losses, JsonWriter manifest) throws IOException {
    manifest.name("featureLosses").beginObject();
    manifest.name("mean").jsonValue(Arrays.toString(losses.mean()));
    manifest.name("variance").jsonValue(Arrays.toString(losses.variance()));
    manifest.endObject();
  }

  /** The first format has none, and frames have none; a manifest refuses what it must have. */
  static Optional<FeatureLosses> losses(int format, JsonFields manifest) throws ArtifactException {
    if (format == 1 || !manifest.has("featureLosses")) {
      return Optional.empty();
    }
    JsonFields losses = manifest.object("featureLosses");
    return Optional.of(new FeatureLosses(losses.numbers("mean"), losses.numbers("variance")));
  }

  private static void write(FeatureScale scale, JsonWriter json) throws IOException {
    json.name("centre").jsonValue(Arrays.toString(scale.centre()));
    json.name("scale").jsonValue(Arrays.toString(scale.scale()));
  }

  private static FeatureScale scale(JsonFields fields) throws ArtifactException {
    if (fields.has(IDENTITY)) {
      return FeatureScale.identity(fields.smallInteger(IDENTITY));
    }
    return new FeatureScale(fields.numbers("centre"), fields.numbers("scale"));
  }
}
