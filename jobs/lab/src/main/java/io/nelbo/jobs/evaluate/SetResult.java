package io.nelbo.jobs.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Figures of one set of a benchmark: by seed, and of the baselines. A figure that is not defined is
 * empty, and a note says why.
 */
record SetResult(
    List<Map<String, OptionalDouble>> bySeed,
    Map<String, Map<String, OptionalDouble>> baselines,
    List<String> notes,
    double seconds) {
  SetResult {
    bySeed = List.copyOf(bySeed);
    notes = List.copyOf(notes);
  }

  /** Collects what a suite finds out. */
  static final class Builder {
    private final List<Map<String, OptionalDouble>> bySeed = new ArrayList<>();
    private final Map<String, Map<String, OptionalDouble>> baselines = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * @param seed counted from 0
     */
    Builder seed(int seed, String metric, OptionalDouble value) {
      while (bySeed.size() <= seed) {
        bySeed.add(new LinkedHashMap<>());
      }
      bySeed.get(seed).put(metric, value);
      return this;
    }

    Builder baseline(String name, String metric, OptionalDouble value) {
      baselines.computeIfAbsent(name, key -> new LinkedHashMap<>()).put(metric, value);
      return this;
    }

    Builder note(String note) {
      if (!notes.contains(note)) {
        notes.add(note);
      }
      return this;
    }

    SetResult build(double seconds) {
      return new SetResult(bySeed, baselines, notes, seconds);
    }
  }
}
