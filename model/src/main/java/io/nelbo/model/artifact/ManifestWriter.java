package io.nelbo.model.artifact;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes {@code model.json}: keys in a fixed order, numbers that are read back bit for bit
 * (shortest decimal of {@link Double#toString}), no NaN; equal manifests give equal bytes.
 */
final class ManifestWriter {
  private ManifestWriter() {}

  static byte[] write(Manifest manifest, WeightsFile weights) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setFormattingStyle(FormattingStyle.PRETTY);
      json.beginObject();
      manifest.label().write(json);
      WindowPart.write(manifest.window(), json);
      manifest.network().write(json);
      ScalerPart.write(manifest.scaler(), manifest.network().range() == FeatureRange.PIXELS, json);
      if (manifest.featureLosses().isPresent()) {
        ScalerPart.write(manifest.featureLosses().get(), json);
      }
      CalibrationPart.write(manifest.calibration(), json);
      manifest.provenance().write(json);
      json.name("figures").beginObject();
      for (Map.Entry<String, Double> figure : manifest.figures().entrySet()) {
        json.name(figure.getKey()).value(figure.getValue());
      }
      json.endObject();
      weights.write(json);
      json.endObject();
    }
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
