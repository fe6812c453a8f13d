package io.nelbo.jobs.bench;

import io.nelbo.model.fit.Design;
import io.nelbo.model.fit.NetworkSize;
import io.nelbo.model.fit.TrainingConfig;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A measurement of the engine alone, without Kafka and Flink.
 *
 * @param subject what is measured
 * @param sizes each combination of them is measured
 * @param device as {@code model.device} has it
 * @param pace how long
 * @param seed of weights and windows
 */
public record EnginePlan(Subject subject, Sizes sizes, String device, Pace pace, long seed) {
  /**
   * @param network whose shape is measured
   * @param features per record, pixels per image
   * @param windowLength records per window
   * @param objective of training
   */
  public record Subject(
      Network network, int features, int windowLength, Design.Objective objective) {}

  /**
   * @param batches windows per call
   * @param draws of the latent per window
   */
  public record Sizes(List<Integer> batches, List<Integer> draws) {
    public Sizes {
      batches = List.copyOf(batches);
      draws = List.copyOf(draws);
    }
  }

  /**
   * @param warmUp before each combination of batch and draws, at least
   * @param measured for so long, each combination, at least
   */
  public record Pace(Duration warmUp, Duration measured) {}

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

  /** What a window stands for, in the plural. */
  String unit() {
    return subject.network().unit;
  }

  /** How one combination is trained, and with how many draws it scores. */
  TrainingConfig config(int batch, int samples) {
    TrainingConfig usual = TrainingConfig.defaults();
    boolean images = subject.network() == Network.IMAGES;
    Design design =
        images
            ? new Design("bernoulli", 2, "tanh", 0, true, subject.objective())
            : Design.SENSORS.withObjective(subject.objective());
    NetworkSize size = usual.network();
    return usual
        .withWindowLength(subject.windowLength())
        .withNetwork(
            new NetworkSize(
                images ? 200 : size.hidden(),
                images ? 50 : size.latent(),
                samples % 2 == 0 ? samples : samples + 1))
        .withDesign(design)
        .withDescent(usual.descent().withBatchSize(batch).withTrainingSamples(samples))
        .withSeed(seed);
  }

  /** What was measured, as the last keys of a report. */
  void describe(Map<String, Object> map) {
    map.put("network", subject.network().name().toLowerCase(Locale.ROOT));
    map.put("features", subject.features());
    map.put("window", subject.windowLength());
    map.put("seed", seed);
  }
}
