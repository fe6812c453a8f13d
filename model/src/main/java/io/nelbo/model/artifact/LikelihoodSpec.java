package io.nelbo.model.artifact;

import static io.nelbo.model.Preconditions.requireArgument;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;

/**
 * The likelihood that training maximised and scoring computes.
 *
 * @param kind one of {@link #KINDS}
 * @param deviationFloor least standard deviation per scaled feature, positive; under {@link
 *     #GAUSSIAN_FIXED} there is no other, under a Bernoulli only of what an explanation expects
 * @param inputClip largest magnitude of a value that the encoder sees; the likelihood sees all of
 *     it
 * @param degreesOfFreedom of a Student's t, at least 3; 0 for the others
 * @param softCut largest magnitude of a scaled value that is taken as it is: of what lies beyond
 *     only the logarithm counts; 0 where everything is taken as it is
 */
public record LikelihoodSpec(
    String kind, double deviationFloor, float inputClip, int degreesOfFreedom, double softCut) {
  /** Real values, a learned standard deviation per feature. */
  public static final String GAUSSIAN = "gaussian";

  /**
   * A learned variance per pixel, and {@link #SHARE_OF_MEAN} of their mean added to each: a pixel
   * that is never lit must not become infinitely certain.
   */
  public static final String GAUSSIAN_PIXELS = "gaussian-pixels";

  /** See {@link #GAUSSIAN_PIXELS}. */
  public static final double SHARE_OF_MEAN = 0.3;

  /** One learned standard deviation for all scaled features: sturdier on few or dirty records. */
  public static final String GAUSSIAN_SHARED = "gaussian-shared";

  /** No standard deviation is learned: the floor is the standard deviation. */
  public static final String GAUSSIAN_FIXED = "gaussian-fixed";

  /**
   * The decoder gives the standard deviation of each feature record by record. It can explain
   * anomalies away by being unsure of them.
   */
  public static final String GAUSSIAN_DECODER = "gaussian-decoder";

  /** As {@link #GAUSSIAN}, with tails that fall like a line. */
  public static final String LAPLACE = "laplace";

  /** As {@link #GAUSSIAN}, with tails whose cost grows like a logarithm. */
  public static final String STUDENT = "student";

  /** Of a Student's t of many features; by measurement, see RATIONALE.md. */
  public static final int LEAST_DEGREES = 12;

  private static final int DEGREES_TIMES_FEATURES = 100;

  /** Of a Student's t before manifests said it. */
  private static final int FIRST_DEGREES = 4;

  /** Values in [0, 1] that are not scaled: bits, or the grey of pixels. */
  public static final String BERNOULLI = "bernoulli";

  /** All that this program knows. */
  public static final List<String> KINDS =
      List.of(
          GAUSSIAN,
          GAUSSIAN_PIXELS,
          GAUSSIAN_SHARED,
          GAUSSIAN_FIXED,
          GAUSSIAN_DECODER,
          LAPLACE,
          STUDENT,
          BERNOULLI);

  public LikelihoodSpec {
    requireArgument(!kind.isBlank(), "likelihood.kind must not be blank");
    requireArgument(
        deviationFloor > 0 && Double.isFinite(deviationFloor),
        "likelihood.deviationFloor must be finite and positive, got %s",
        deviationFloor);
    requireArgument(
        inputClip > 0 && Float.isFinite(inputClip),
        "likelihood.inputClip must be finite and positive, got %s",
        inputClip);
    requireArgument(
        kind.equals(STUDENT) ? degreesOfFreedom >= 3 : degreesOfFreedom == 0,
        "likelihood.degreesOfFreedom must be at least 3 for %s and 0 for others, got %s for %s",
        STUDENT,
        degreesOfFreedom,
        kind);
    requireArgument(
        softCut >= 0 && Double.isFinite(softCut),
        "likelihood.softCut must be finite and not negative, got %s",
        softCut);
  }

  /** Of values that are taken as they are. */
  public LikelihoodSpec(String kind, double deviationFloor, float inputClip, int degreesOfFreedom) {
    this(kind, deviationFloor, inputClip, degreesOfFreedom, 0);
  }

  /**
   * Degrees of freedom by which no feature outweighs the others: the more features there are, the
   * more often one of them is wild. A single one is as good as Gaussian.
   */
  public static int usualDegrees(String kind, int features) {
    return kind.equals(STUDENT) ? Math.max(LEAST_DEGREES, DEGREES_TIMES_FEATURES / features) : 0;
  }

  /** With the least degrees of freedom. */
  public LikelihoodSpec(String kind, double deviationFloor, float inputClip) {
    this(kind, deviationFloor, inputClip, kind.equals(STUDENT) ? LEAST_DEGREES : 0);
  }

  String inWords() {
    return "%s%s, standard deviation %s%s of the scale, encoder clips at %s%s"
        .formatted(
            kind,
            degreesOfFreedom > 0
                ? " with " + Words.count(degreesOfFreedom, "degree") + " of freedom"
                : "",
            kind.equals(GAUSSIAN_FIXED) ? "" : "at least ",
            Words.number(deviationFloor),
            Words.number(inputClip),
            softCut > 0
                ? ", of what is beyond %s the logarithm".formatted(Words.number(softCut))
                : "");
  }

  void write(JsonWriter manifest) throws IOException {
    manifest.name("likelihood").beginObject();
    manifest.name("kind").value(kind);
    manifest.name("deviationFloor").value(deviationFloor);
    manifest.name("inputClip").value(inputClip);
    if (degreesOfFreedom > 0) {
      manifest.name("degreesOfFreedom").value(degreesOfFreedom);
    }
    if (softCut > 0) {
      manifest.name("softCut").value(softCut);
    }
    manifest.endObject();
  }

  static LikelihoodSpec read(JsonFields fields) throws ArtifactException {
    String kind = fields.string("kind");
    int degrees =
        fields.has("degreesOfFreedom")
            ? fields.smallInteger("degreesOfFreedom")
            : kind.equals(STUDENT) ? FIRST_DEGREES : 0;
    return new LikelihoodSpec(
        kind,
        fields.number("deviationFloor"),
        fields.singleNumber("inputClip"),
        degrees,
        fields.has("softCut") ? fields.number("softCut") : 0);
  }
}
