package io.nelbo.model.artifact;

import static io.nelbo.model.Preconditions.requireArgument;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;

/**
 * Values that are a linear function of a latent Gaussian, and noise of one deviation: no hidden
 * layer, no likelihood to choose, no noise bank.
 *
 * @param latent latent dimensions
 * @param deviationFloor least standard deviation of the noise, in scaled units
 * @param inputClip largest magnitude of a scaled value of what is given
 */
public record LinearGaussianSpec(int latent, double deviationFloor, double inputClip)
    implements NetworkSpec {
  /** What {@code network.kind} says. */
  public static final String KIND = "linear-gaussian";

  /** Programs that read up to the second know only networks with a likelihood and a noise bank. */
  private static final int FORMAT = 3;

  public LinearGaussianSpec {
    requireArgument(latent >= 1, "network.latent must be positive, got %s", latent);
    requireArgument(
        deviationFloor > 0 && Double.isFinite(deviationFloor),
        "network.deviationFloor must be finite and positive, got %s",
        deviationFloor);
    requireArgument(
        inputClip > 0 && Double.isFinite(inputClip),
        "network.inputClip must be finite and positive, got %s",
        inputClip);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public FeatureRange range() {
    return FeatureRange.SCALED;
  }

  @Override
  public int format() {
    return FORMAT;
  }

  @Override
  public int oldestFormat() {
    return FORMAT;
  }

  @Override
  public List<Aspect> inWords() {
    return List.of(
        new Aspect("Network", "%s, %s".formatted(KIND, Words.count(latent, "component"))),
        new Aspect(
            "Likelihood",
            "gaussian, exact, standard deviation at least %s of the scale, what is given is clipped at %s"
                .formatted(Words.number(deviationFloor), Words.number(inputClip))));
  }

  @Override
  public void write(JsonWriter manifest) throws IOException {
    manifest.name("network").beginObject();
    manifest.name("kind").value(KIND);
    manifest.name("latent").value(latent);
    manifest.name("deviationFloor").value(deviationFloor);
    manifest.name("inputClip").value(inputClip);
    manifest.endObject();
  }

  static LinearGaussianSpec read(JsonFields manifest) throws ArtifactException {
    JsonFields network = manifest.object("network");
    return new LinearGaussianSpec(
        network.smallInteger("latent"),
        network.number("deviationFloor"),
        network.number("inputClip"));
  }
}
