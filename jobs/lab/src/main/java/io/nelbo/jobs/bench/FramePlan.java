package io.nelbo.jobs.bench;

import java.time.Duration;
import java.util.List;

/**
 * A measurement of scoring frames, without Kafka and Flink.
 *
 * @param sides of square frames in pixels
 * @param batches frames per call
 * @param channels 1 for grey, 3 for colour
 * @param measured for so long, each combination, at least; half of it before
 * @param device as {@code model.device} has it
 * @param seed of frames and weights
 */
public record FramePlan(
    List<Integer> sides,
    List<Integer> batches,
    int channels,
    Duration measured,
    String device,
    long seed) {
  /** Of the latent per frame, as a training of frames has it. */
  static final int DRAWS = 2;

  public FramePlan {
    sides = List.copyOf(sides);
    batches = List.copyOf(batches);
  }
}
