package io.nelbo.model.artifact;

import static io.nelbo.model.Preconditions.requireArgument;

import com.google.gson.stream.JsonWriter;
import io.nelbo.model.record.Frames;
import io.nelbo.model.record.WindowShape;
import java.io.IOException;
import java.util.List;

/**
 * Convolutions around a latent space, and a linear model beside them, of frames that are brought to
 * a smaller size.
 *
 * @param side most rows and columns of what is modelled, a multiple of 16
 * @param normalised whether gain and offset are taken out of each frame
 * @param latent latent dimensions
 * @param components of the linear model
 * @param likelihood of what the decoder says
 * @param noise that every frame is scored with
 */
public record ConvolutionalSpec(
    int side,
    boolean normalised,
    int latent,
    int components,
    LikelihoodSpec likelihood,
    NoiseSpec noise)
    implements NetworkSpec {
  /** What {@code network.kind} says. */
  public static final String KIND = "convolutional";

  /** What is halved four times must come out even. */
  public static final int STEP = 16;

  /** Pixels that are decoded of one frame at once. */
  private static final long MOST_DECODED = 1 << 18;

  /** Programs that read up to the second know only records of named columns. */
  private static final int FORMAT = 3;

  public ConvolutionalSpec {
    requireArgument(
        side >= STEP && side <= 256 && side % STEP == 0,
        "network.side must be a multiple of %s in %s..256, got %s",
        STEP,
        STEP,
        side);
    requireArgument(
        latent >= 1 && latent <= 1024, "network.latent must lie in 1..1024, got %s", latent);
    requireArgument(
        (long) side * side * noise.samples() <= MOST_DECODED,
        "network.side %s with %s draws a frame decodes more than %s pixels",
        side,
        noise.samples(),
        MOST_DECODED);
    requireArgument(
        components >= 1 && components <= 4096,
        "network.components must lie in 1..4096, got %s",
        components);
  }

  /** The same network beside a linear model of so many components. */
  public ConvolutionalSpec withComponents(int other) {
    return new ConvolutionalSpec(side, normalised, latent, other, likelihood, noise);
  }

  /** The same network under other noise. */
  public ConvolutionalSpec withNoise(NoiseSpec other) {
    return new ConvolutionalSpec(side, normalised, latent, components, likelihood, other);
  }

  @Override
  public int densityValues(WindowShape window) {
    return window.record() instanceof Frames frames
        ? Math.min(frames.height(), side) * Math.min(frames.width(), side) * frames.channels()
        : window.features();
  }

  /** Pixels that stand for so many: at most the side, and a multiple of {@link #STEP}. */
  public static int modelled(int pixels, int side) {
    return pixels >= side ? side : (pixels + STEP - 1) / STEP * STEP;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public double deviationFloor() {
    return likelihood.deviationFloor();
  }

  @Override
  public FeatureRange range() {
    return FeatureRange.PIXELS;
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
        new Aspect(
            "Network",
            "%s at %s pixels a side, %s; a linear model of %s beside it"
                .formatted(
                    KIND,
                    side,
                    Words.count(latent, "latent dimension"),
                    Words.count(components, "component"))),
        new Aspect(
            "Frames",
            normalised ? "gain and offset are taken out of each" : "their brightness counts"),
        new Aspect("Likelihood", likelihood.inWords()),
        new Aspect("Noise", noise.inWords()));
  }

  @Override
  public void write(JsonWriter manifest) throws IOException {
    manifest.name("network").beginObject();
    manifest.name("kind").value(KIND);
    manifest.name("side").value(side);
    manifest.name("normalise").value(normalised ? "gain-offset" : "none");
    manifest.name("latent").value(latent);
    manifest.name("components").value(components);
    manifest.endObject();
    likelihood.write(manifest);
    noise.write(manifest);
  }

  static ConvolutionalSpec read(JsonFields manifest) throws ArtifactException {
    JsonFields network = manifest.object("network");
    String normalise = network.string("normalise");
    requireArgument(
        normalise.equals("gain-offset") || normalise.equals("none"),
        "network.normalise must be gain-offset or none, got %s",
        normalise);
    return new ConvolutionalSpec(
        network.smallInteger("side"),
        normalise.equals("gain-offset"),
        network.smallInteger("latent"),
        network.smallInteger("components"),
        LikelihoodSpec.read(manifest.object("likelihood")),
        NoiseSpec.read(manifest.object("noise")));
  }
}
