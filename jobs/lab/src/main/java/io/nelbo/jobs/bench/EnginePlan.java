package io.nelbo.jobs.bench;

import io.nelbo.model.fit.Design;
import io.nelbo.model.fit.TrainingConfig;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A measurement of the engine alone, without Kafka and Flink.
 *
 * @param network whose shape is measured
 * @param features per record, pixels per image
 * @param windowLength records per window
 * @param batches windows per call
 * @param draws of the latent per window
 * @param objective of training
 * @param device as {@code model.device} has it
 * @param warmUp before each combination of batch and draws, at least
 * @param measured for so long, each combination, at least
 * @param seed of weights and windows
 */
public record EnginePlan(
    Network network,
    int features,
    int windowLength,
    List<Integer> batches,
    List<Integer> draws,
    Design.Objective objective,
    String device,
    Duration warmUp,
    Duration measured,
    long seed) {
  /** What is usual for this kind of data. */
  public enum Network {
    /** The defaults of training: two layers of 64, relu. */
    SENSORS("records"),
    /** Burda et al. 2016: two layers of 200, tanh, 50 latents, one image per window. */
    IMAGES("images");

    private final String unit;

    Network(String unit) {
      this.unit = unit;
    }
  }

  public EnginePlan {
    batches = List.copyOf(batches);
    draws = List.copyOf(draws);
  }

  /** What a window stands for, in the plural. */
  String unit() {
    return network.unit;
  }

  /** How one combination is trained, and with how many draws it scores. */
  TrainingConfig config(int batch, int samples) {
    TrainingConfig usual = TrainingConfig.defaults();
    boolean images = network == Network.IMAGES;
    Design design =
        images
            ? new Design("bernoulli", 2, "tanh", 0, true, objective)
            : Design.SENSORS.withObjective(objective);
    return new TrainingConfig(
        windowLength,
        images ? 200 : usual.hidden(),
        images ? 50 : usual.latent(),
        usual.steps(),
        batch,
        usual.learningRate(),
        usual.klWarmUp(),
        samples,
        samples % 2 == 0 ? samples : samples + 1,
        usual.deviationFloor(),
        usual.trim(),
        usual.scaleBySeries(),
        usual.budget(),
        seed,
        design,
        usual.alerts(),
        usual.family());
  }

  /** What was measured, as the last keys of a report. */
  void describe(Map<String, Object> map) {
    map.put("network", network.name().toLowerCase(Locale.ROOT));
    map.put("features", features);
    map.put("window", windowLength);
    map.put("seed", seed);
  }
}
