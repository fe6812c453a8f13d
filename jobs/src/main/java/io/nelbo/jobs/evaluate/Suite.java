package io.nelbo.jobs.evaluate;

import io.nelbo.model.fit.TrainingException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A public benchmark with its protocol. Thread-safe: sets are evaluated side by side. */
interface Suite {
  /** What the detector's figures are filed under, beside the baselines' names. */
  String DETECTOR = "nelbo";

  /** Names of the sets in the data folder, in their order. */
  List<String> sets() throws IOException;

  /** Its configuration, as {@code metrics.json} shows it. */
  Protocol protocol();

  /** Trains and scores one set, and runs the baselines beside. */
  SetResult.Builder evaluate(String set) throws IOException, TrainingException;

  /**
   * Figures of the whole corpus; unless the benchmark says otherwise, the mean of those sets where
   * they are defined.
   *
   * @param detector {@link #DETECTOR} or a baseline's name
   * @param repetition counted from 0, for the detector
   * @param sets figures by set
   */
  default Map<String, OptionalDouble> summarise(
      String detector, int repetition, Map<String, Map<String, OptionalDouble>> sets)
      throws IOException {
    return Means.bySet(sets.values());
  }
}
