package io.nelbo.model.artifact;

import static io.nelbo.model.Preconditions.requireArgument;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Optional;

/**
 * What is needed to train the model again.
 *
 * @param records that it was trained on
 * @param seed of initial weights, shuffles and noise
 * @param codeVersion of this program
 * @param trigger why it was trained, or that only its calibration is new
 * @param recalibrated what the calibration was fitted to, where not to these records
 * @param trainingDigest of all that the training depended on, lower-case hex; empty where that is
 *     not known, or where the calibration is another
 * @param startedFrom version whose weights the training started from; empty where they were drawn
 */
public record Provenance(
    Records records,
    long seed,
    String codeVersion,
    String trigger,
    Optional<Recalibrated> recalibrated,
    Optional<String> trainingDigest,
    Optional<String> startedFrom) {
  /**
   * Records of one span.
   *
   * @param startMillis event time, inclusive
   * @param endMillis event time, exclusive
   * @param count how many
   * @param digest of them, lower-case hex
   */
  public record Records(long startMillis, long endMillis, long count, String digest) {
    public Records {
      requireArgument(
          endMillis >= startMillis,
          "provenance: the span ends (%s) before it starts (%s)",
          endMillis,
          startMillis);
      requireArgument(count >= 0, "provenance.rows must not be negative, got %s", count);
      requireArgument(!digest.isBlank(), "provenance.dataDigest must not be blank");
    }

    private void write(JsonWriter json) throws IOException {
      json.name("spanStartMillis").value(startMillis);
      json.name("spanEndMillis").value(endMillis);
      json.name("rows").value(count);
      json.name("dataDigest").value(digest);
    }

    private static Records read(JsonFields fields) throws ArtifactException {
      return new Records(
          fields.integer("spanStartMillis"),
          fields.integer("spanEndMillis"),
          fields.integer("rows"),
          fields.string("dataDigest"));
    }
  }

  /**
   * A calibration of its own.
   *
   * @param parent version with the same weights, {@code v000041}
   * @param records normal ones, that it was fitted to
   */
  public record Recalibrated(String parent, Records records) {
    public Recalibrated {
      requireArgument(
          ModelVersion.isValid(parent),
          "provenance.recalibrated.parent must look like v000042, got %s",
          parent);
    }

    private void write(JsonWriter json) throws IOException {
      json.name("recalibrated").beginObject();
      json.name("parent").value(parent);
      records.write(json);
      json.endObject();
    }

    private static Recalibrated read(JsonFields fields) throws ArtifactException {
      return new Recalibrated(fields.string("parent"), Records.read(fields));
    }
  }

  public Provenance {
    requireArgument(
        startedFrom.isEmpty() || ModelVersion.isValid(startedFrom.get()),
        "provenance.startedFrom must look like v000042, got %s",
        startedFrom.orElse(""));
    requireArgument(
        trainingDigest.isEmpty() || !trainingDigest.get().isBlank(),
        "provenance.trainingDigest must not be blank");
  }

  /** Of a model that is calibrated on the span that it was trained on. */
  public Provenance(Records records, long seed, String codeVersion, String trigger) {
    this(records, seed, codeVersion, trigger, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same with what the training depended on, and the version that it started from, if any. */
  public Provenance ofTraining(String digest, Optional<String> start) {
    return new Provenance(
        records, seed, codeVersion, trigger, recalibrated, Optional.of(digest), start);
  }

  /** The same training, said to have come here in this way. */
  public Provenance broughtBy(String otherTrigger) {
    return new Provenance(
        records, seed, codeVersion, otherTrigger, recalibrated, trainingDigest, startedFrom);
  }

  /** The same training with another calibration. */
  public Provenance recalibrated(Recalibrated calibration, String otherTrigger) {
    return new Provenance(
        records,
        seed,
        codeVersion,
        otherTrigger,
        Optional.of(calibration),
        Optional.empty(),
        startedFrom);
  }

  void write(JsonWriter manifest) throws IOException {
    manifest.name("provenance").beginObject();
    records.write(manifest);
    manifest.name("seed").value(seed);
    manifest.name("codeVersion").value(codeVersion);
    manifest.name("trigger").value(trigger);
    if (trainingDigest.isPresent()) {
      manifest.name("trainingDigest").value(trainingDigest.get());
    }
    if (startedFrom.isPresent()) {
      manifest.name("startedFrom").value(startedFrom.get());
    }
    if (recalibrated.isPresent()) {
      recalibrated.get().write(manifest);
    }
    manifest.endObject();
  }

  static Provenance read(JsonFields fields) throws ArtifactException {
    return new Provenance(
        Records.read(fields),
        fields.integer("seed"),
        fields.string("codeVersion"),
        fields.string("trigger"),
        fields.has("recalibrated")
            ? Optional.of(Recalibrated.read(fields.object("recalibrated")))
            : Optional.empty(),
        optional(fields, "trainingDigest"),
        optional(fields, "startedFrom"));
  }

  private static Optional<String> optional(JsonFields fields, String name)
      throws ArtifactException {
    return fields.has(name) ? Optional.of(fields.string(name)) : Optional.empty();
  }
}
