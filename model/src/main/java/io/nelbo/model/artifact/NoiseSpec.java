package io.nelbo.model.artifact;

import static io.nelbo.model.Preconditions.requireArgument;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/**
 * The noise that every window is scored with; its values are a tensor of the weights file.
 *
 * @param samples latent draws per window
 * @param sequence how they were drawn, for example {@code antithetic}
 */
public record NoiseSpec(int samples, String sequence) {
  public NoiseSpec {
    requireArgument(
        samples >= 1 && samples <= 64, "noise.samples must lie in 1..64, got %s", samples);
    requireArgument(!sequence.isBlank(), "noise.sequence must not be blank");
  }

  String inWords() {
    return "%s per window, %s, fixed in the model"
        .formatted(Words.count(samples, "draw"), sequence);
  }

  void write(JsonWriter manifest) throws IOException {
    manifest.name("noise").beginObject();
    manifest.name("samples").value(samples);
    manifest.name("sequence").value(sequence);
    manifest.endObject();
  }

  static NoiseSpec read(JsonFields fields) throws ArtifactException {
    return new NoiseSpec(fields.smallInteger("samples"), fields.string("sequence"));
  }
}
