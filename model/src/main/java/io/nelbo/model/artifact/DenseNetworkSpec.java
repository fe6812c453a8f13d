package io.nelbo.model.artifact;

import static io.nelbo.model.Preconditions.requireArgument;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Dense layers around a latent space.
 *
 * @param hidden widths of the encoder's hidden layers, the first next to the input; the decoder has
 *     the same in reverse
 * @param latent latent dimensions
 * @param activation after each hidden layer, {@code relu} or {@code tanh}
 * @param likelihood of what the decoder says
 * @param linearPath whether the newest record continues the older ones on a straight line, too: the
 *     decoder's mean has a linear part of their values
 * @param likelihood of what the decoder says
 * @param noise that every window is scored with
 */
public record DenseNetworkSpec(
    List<Integer> hidden,
    int latent,
    String activation,
    boolean linearPath,
    LikelihoodSpec likelihood,
    NoiseSpec noise)
    implements NetworkSpec {
  /** What {@code network.kind} says. */
  public static final String KIND = "dense";

  /** What follows a hidden layer of networks that do not say. */
  public static final String RELU = "relu";

  /** Since then masks are 1 where a value is missing, and there are losses per feature. */
  private static final int FORMAT = 2;

  /** Since then there are linear paths, values that are cut, and what was to be expected. */
  private static final int LINEAR_FORMAT = 4;

  public DenseNetworkSpec {
    hidden = List.copyOf(hidden);
    requireArgument(!hidden.isEmpty(), "network.hidden must name at least one layer");
    for (int width : hidden) {
      requireArgument(width >= 1, "network.hidden must be positive, got %s", width);
    }
    requireArgument(latent >= 1, "network.latent must be positive, got %s", latent);
    requireArgument(!activation.isBlank(), "network.activation must not be blank");
  }

  /** Two hidden layers of this width on either side, with relu. */
  public DenseNetworkSpec(int hidden, int latent, LikelihoodSpec likelihood, NoiseSpec noise) {
    this(List.of(hidden, hidden), latent, RELU, false, likelihood, noise);
  }

  /** The same network under other noise. */
  public DenseNetworkSpec withNoise(NoiseSpec other) {
    return new DenseNetworkSpec(hidden, latent, activation, linearPath, likelihood, other);
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
    return likelihood.kind().equals(LikelihoodSpec.BERNOULLI)
        ? FeatureRange.UNIT_INTERVAL
        : FeatureRange.SCALED;
  }

  @Override
  public int format() {
    return linearPath ? LINEAR_FORMAT : FORMAT;
  }

  @Override
  public int oldestFormat() {
    return linearPath ? LINEAR_FORMAT : 1;
  }

  @Override
  public List<Aspect> inWords() {
    String layers = hidden.stream().map(String::valueOf).collect(Collectors.joining(" and "));
    return List.of(
        new Aspect(
            "Network",
            "%s, hidden layers of %s with %s, %s%s"
                .formatted(
                    KIND,
                    layers,
                    activation,
                    Words.count(latent, "latent dimension"),
                    linearPath ? ", linear path from the older records" : "")),
        new Aspect("Likelihood", likelihood.inWords()),
        new Aspect("Noise", noise.inWords()));
  }

  /** Whether one number says it all: two layers of one width, with relu. */
  private boolean isPlain() {
    return hidden.size() == 2 && hidden.get(0).equals(hidden.get(1)) && activation.equals(RELU);
  }

  @Override
  public void write(JsonWriter manifest) throws IOException {
    manifest.name("network").beginObject();
    manifest.name("kind").value(KIND);
    // A list is refused by programs that know only plain networks: none takes tanh for relu.
    if (isPlain()) {
      manifest.name("hidden").value(hidden.get(0));
      manifest.name("latent").value(latent);
    } else {
      manifest.name("hidden").jsonValue(hidden.toString());
      manifest.name("latent").value(latent);
      manifest.name("activation").value(activation);
    }
    if (linearPath) {
      manifest.name("linearPath").value(true);
    }
    manifest.endObject();
    likelihood.write(manifest);
    noise.write(manifest);
  }

  /** One number stands for two hidden layers of that width. */
  static DenseNetworkSpec read(JsonFields manifest) throws ArtifactException {
    JsonFields network = manifest.object("network");
    LikelihoodSpec likelihood = LikelihoodSpec.read(manifest.object("likelihood"));
    NoiseSpec noise = NoiseSpec.read(manifest.object("noise"));
    boolean plain = !network.has("activation");
    int width = plain ? network.smallInteger("hidden") : 0;
    return new DenseNetworkSpec(
        plain ? List.of(width, width) : network.smallIntegers("hidden"),
        network.smallInteger("latent"),
        plain ? RELU : network.string("activation"),
        network.has("linearPath"),
        likelihood,
        noise);
  }
}
