package io.nelbo.model.artifact;

import static io.nelbo.model.Preconditions.requireArgument;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * What a model is called, and how it is to be read.
 *
 * @param formatVersion of the artifact's layout, up to {@link Manifest#NEWEST_FORMAT}
 * @param modelId the detector's model: lower-case letters, digits and dashes, at most 100
 * @param version {@code v000042}
 * @param family that made it and opens it, {@code vae} for example
 */
public record ModelLabel(int formatVersion, String modelId, String version, String family) {
  private static final Pattern MODEL_ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,98}[a-z0-9])?");

  public ModelLabel {
    requireArgument(
        formatVersion >= 1 && formatVersion <= Manifest.NEWEST_FORMAT,
        "formatVersion must lie in 1..%s, got %s",
        Manifest.NEWEST_FORMAT,
        formatVersion);
    requireModelId(modelId);
    requireArgument(
        ModelVersion.isValid(version), "version must look like v000042, got %s", version);
    requireArgument(!family.isBlank(), "family must not be blank");
  }

  /** Another version of the same. */
  ModelLabel withVersion(String other) {
    return new ModelLabel(formatVersion, modelId, other, family);
  }

  void write(JsonWriter manifest) throws IOException {
    manifest.name("formatVersion").value(formatVersion);
    manifest.name("modelId").value(modelId);
    manifest.name("version").value(version);
    manifest.name("family").value(family);
  }

  static ModelLabel read(int format, JsonFields manifest) throws ArtifactException {
    return new ModelLabel(
        format, manifest.string("modelId"), manifest.string("version"), manifest.string("family"));
  }

  /** Whether it can be a model's name. */
  static boolean isModelId(String text) {
    return MODEL_ID.matcher(text).matches();
  }

  /**
   * @throws IllegalArgumentException when it cannot be a model's name
   */
  static void requireModelId(String modelId) {
    requireArgument(
        isModelId(modelId),
        "modelId must be 1 to 100 lower-case letters, digits and inner dashes, got %s",
        modelId);
  }
}
