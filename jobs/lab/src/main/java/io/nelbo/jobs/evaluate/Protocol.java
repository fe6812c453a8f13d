package io.nelbo.jobs.evaluate;

import io.nelbo.model.fit.TrainingConfig;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a benchmark is run: one configuration for all of its sets.
 *
 * @param training seed is that of the first repetition, the next ones count up
 * @param falseAlarmRate of the alert border, where the benchmark looks at alerts
 * @param seeds repetitions
 * @param more what the suite adds, by name, for the output
 */
record Protocol(
    TrainingConfig training, double falseAlarmRate, int seeds, Map<String, Object> more) {
  Protocol {
    if (seeds < 1) {
      throw new IllegalArgumentException("seeds must be positive, got " + seeds);
    }
    more = Map.copyOf(more);
  }

  /**
   * @param repetition counted from 0
   */
  TrainingConfig trainingOf(int repetition) {
    return training.withSeed(training.seed() + repetition);
  }

  /** Names as in the configuration's {@code train} section, with underscores. */
  Map<String, Object> asMap() {
    Map<String, Object> map = new TreeMap<>(more);
    map.put("family", training.family());
    map.put("window_length", training.windowLength());
    map.put("hidden", training.network().hidden());
    map.put("latent", training.network().latent());
    map.put("steps", training.descent().steps());
    map.put("batch_size", training.descent().batchSize());
    map.put("learning_rate", training.descent().learningRate());
    map.put("kl_warm_up", training.descent().klWarmUp());
    map.put("training_samples", training.descent().trainingSamples());
    map.put("scoring_samples", training.network().scoringSamples());
    map.put("deviation_floor", training.data().deviationFloor());
    map.put("trim", training.data().trim());
    map.put("budget", training.budget().toString());
    map.put("seed", training.seed());
    map.put("seeds", seeds);
    map.put("false_alarm_rate", falseAlarmRate);
    map.put("smooth", training.alerts().smooth());
    return map;
  }
}
