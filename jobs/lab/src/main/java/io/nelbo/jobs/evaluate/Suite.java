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

  /**
   * Trains and scores one set, and runs the baselines beside. What fails in an {@link
   * SetResult.Builder#attempt attempt} of its own leaves the rest alone; what is thrown fails what
   * is left of the set, and no other set.
   *
   * @param result takes what is found out, at once
   */
  void evaluate(String set, SetResult.Builder result) throws IOException, TrainingException;

  /**
   * Figures of the whole corpus; unless the benchmark says otherwise, the mean of those sets where
   * they are defined.
   *
   * @param detector {@link #DETECTOR} or a baseline's name
   * @param repetition counted from 0, for the detector
   * @param sets figures by set, of those sets that have some
   */
  default Map<String, OptionalDouble> summarise(
      String detector, int repetition, Map<String, Map<String, OptionalDouble>> sets)
      throws IOException {
    return Means.bySet(sets.values());
  }

  /** How many sets {@link #summarise} takes this figure over: those where it is defined. */
  default int taken(String metric, Map<String, Map<String, OptionalDouble>> sets) {
    return Means.defined(metric, sets.values());
  }
}
