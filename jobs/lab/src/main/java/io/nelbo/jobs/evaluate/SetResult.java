package io.nelbo.jobs.evaluate;

import io.nelbo.jobs.evaluate.baseline.Baseline;
import io.nelbo.model.fit.TrainingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Figures of one set of a benchmark: by seed, and of the baselines. A figure that is not defined is
 * empty, and a note says why; what has no figures has failed.
 *
 * @param bySeed an empty map where a repetition failed, or nothing at all behind the last
 */
record SetResult(
    List<Map<String, OptionalDouble>> bySeed,
    Map<String, Map<String, OptionalDouble>> baselines,
    List<Failure> failures,
    List<String> notes,
    double seconds) {
  SetResult {
    bySeed = List.copyOf(bySeed);
    failures = List.copyOf(failures);
    notes = List.copyOf(notes);
  }

  /** Of one repetition of the detector, counted from 0; empty if it failed. */
  Map<String, OptionalDouble> ofSeed(int seed) {
    return seed < bySeed.size() ? bySeed.get(seed) : Map.of();
  }

  /** Of one baseline; empty if it failed. */
  Map<String, OptionalDouble> ofBaseline(String name) {
    return baselines.getOrDefault(name, Map.of());
  }

  /** Collects what a suite finds out. */
  static final class Builder {
    private final List<Map<String, OptionalDouble>> bySeed = new ArrayList<>();
    private final Map<String, Map<String, OptionalDouble>> baselines = new LinkedHashMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final String set;

    Builder(String set) {
      this.set = set;
    }

    /** A part of a set, which may fail without the others. */
    interface Attempt {
      void run() throws IOException, TrainingException;
    }

    /** One repetition of the detector, counted from 0. */
    interface SeedAttempt {
      void run(int seed) throws IOException, TrainingException;
    }

    /** What one baseline does. */
    interface BaselineAttempt {
      void run(Baseline baseline) throws IOException, TrainingException;
    }

    /**
     * Every repetition of the detector, each an {@link #attempt} of its own.
     *
     * @param mode of the protocol, where it has several; or else nothing
     */
    void attemptSeeds(int seeds, String mode, SeedAttempt each) throws TrainingException {
      for (int seed = 0; seed < seeds; seed++) {
        int repetition = seed;
        String which = seed == 0 ? "" : ", repetition " + (seed + 1);
        attempt(part(Suite.DETECTOR, mode) + which, () -> each.run(repetition));
      }
    }

    /** Every baseline, each an {@link #attempt} of its own. */
    void attemptBaselines(List<Baseline> baselines, String mode, BaselineAttempt each)
        throws TrainingException {
      for (Baseline baseline : baselines) {
        attempt(part(baseline.name(), mode), () -> each.run(baseline));
      }
    }

    private static String part(String name, String mode) {
      return mode.isEmpty() ? name : name + ", " + mode;
    }

    /**
     * Does one part; if it fails, that is told, and the others go on.
     *
     * @param part the detector or a baseline, and what of it
     * @throws TrainingException when the evaluation was stopped
     */
    void attempt(String part, Attempt attempt) throws TrainingException {
      try {
        attempt.run();
      } catch (IOException | TrainingException | RuntimeException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw new TrainingException(set + ", " + part + ": the evaluation was stopped", e);
        }
        failed(part, e);
      }
    }

    void failed(String part, Exception thrown) {
      failures.add(Failure.of(set, part, thrown));
    }

    /**
     * @param seed counted from 0
     */
    Builder seed(int seed, String metric, OptionalDouble value) {
      while (bySeed.size() <= seed) {
        bySeed.add(new LinkedHashMap<>());
      }
      bySeed.get(seed).put(metric, finite(value));
      return this;
    }

    Builder baseline(String name, String metric, OptionalDouble value) {
      baselines.computeIfAbsent(name, key -> new LinkedHashMap<>()).put(metric, finite(value));
      return this;
    }

    /** Of no rows, a mean is no number. */
    private static OptionalDouble finite(OptionalDouble value) {
      return value.isPresent() && Double.isFinite(value.getAsDouble())
          ? value
          : OptionalDouble.empty();
    }

    Builder note(String note) {
      if (!notes.contains(note)) {
        notes.add(note);
      }
      return this;
    }

    SetResult build(double seconds) {
      return new SetResult(bySeed, baselines, failures, notes, seconds);
    }
  }
}
