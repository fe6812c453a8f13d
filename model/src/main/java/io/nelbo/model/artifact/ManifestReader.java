package io.nelbo.model.artifact;

import io.nelbo.model.artifact.ArtifactException.Reason;
import java.nio.charset.StandardCharsets;

/** Reads {@code model.json}; fields that this version does not know are passed over. */
final class ManifestReader {
  static final String NAME = "model.json";

  private ManifestReader() {}

  /** The manifest and what it says of the weights beside it. */
  record Read(Manifest manifest, WeightsFile weights) {}

  /**
   * @throws ArtifactException UNKNOWN_FORMAT for a newer format, INVALID for anything else
   */
  static Read read(byte[] bytes) throws ArtifactException {
    JsonFields fields = JsonFields.parse(NAME, new String(bytes, StandardCharsets.UTF_8));
    int format = fields.smallInteger("formatVersion");
    if (format > Manifest.NEWEST_FORMAT) {
      throw new ArtifactException(
          Reason.UNKNOWN_FORMAT,
          String.format(
              "%s: formatVersion is %s, this program reads up to %s: update it",
              NAME, format, Manifest.NEWEST_FORMAT));
    }
    try {
      return new Read(manifest(format, fields), WeightsFile.read(fields.object("weights")));
    } catch (IllegalArgumentException e) {
      throw new ArtifactException(Reason.INVALID, NAME + ": " + e.getMessage());
    }
  }

  private static Manifest manifest(int format, JsonFields fields) throws ArtifactException {
    return new Manifest(
        ModelLabel.read(format, fields),
        WindowPart.read(fields),
        NetworkSpec.read(fields),
        ScalerPart.read(fields.object("scaler")),
        ScalerPart.losses(format, fields),
        CalibrationPart.read(fields.object("calibration")),
        Provenance.read(fields.object("provenance")),
        fields.object("figures").numbersByName());
  }
}
