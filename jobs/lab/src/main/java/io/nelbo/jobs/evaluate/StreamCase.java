package io.nelbo.jobs.evaluate;

import io.nelbo.model.fit.TrainingConfig;
import io.nelbo.model.fit.TrainingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Trainings on a made-up stationary stream, each judged on the rows that follow its span.
 *
 * @param name of the set
 * @param memory see {@link FactorStream}
 * @param windowLength of the models
 * @param span rows of each training
 * @param tested rows after it
 * @param trainings how many
 * @param sliding whether all trainings are on one stream, the span moved on by the tested rows; or
 *     else each on a stream of its own
 */
record StreamCase(
    String name,
    double memory,
    int windowLength,
    int span,
    int tested,
    int trainings,
    boolean sliding) {
  /** Rows that are held in memory at a time. */
  private static final int CHUNK = 10_000;

  private static final long MINUTE = 60_000;

  /** Every case of the calibration suite. */
  static List<StreamCase> all() {
    List<StreamCase> cases = new ArrayList<>();
    for (int window : new int[] {1, EvaluationPlan.SERIES_WINDOW}) {
      for (int span : new int[] {1_000, 5_000, 20_000}) {
        cases.add(of("independent", 0, window, span, 100_000, 10, false));
        cases.add(of("autoregressive", 0.9, window, span, 100_000, 10, false));
      }
      cases.add(of("retrainings", 0.9, window, 20_000, 2_000, 50, true));
      cases.add(of("independent", 0, window, 250_000, 1_000_000, 1, false));
      cases.add(of("autoregressive", 0.9, window, 250_000, 1_000_000, 1, false));
    }
    return List.copyOf(cases);
  }

  static StreamCase of(
      String kind,
      double memory,
      int window,
      int span,
      int tested,
      int trainings,
      boolean sliding) {
    String name = kind + "-" + span + "-window-" + window;
    return new StreamCase(name, memory, window, span, tested, trainings, sliding);
  }

  /** Whether a row says nothing about the next one. */
  boolean independent() {
    return memory == 0 && windowLength == 1;
  }

  /**
   * Counts by training, and in there by asked rate.
   *
   * @param config of all of them but for the window; its seed is that of the first
   */
  List<List<AlarmCount>> measure(TrainingConfig config, double... asked) throws TrainingException {
    List<List<AlarmCount>> counts = new ArrayList<>();
    FactorStream stream = new FactorStream(memory, config.seed());
    float[][] rows = stream.next(span);
    for (int training = 0; training < trainings; training++) {
      long seed = config.seed() + 1_000L * training;
      if (training > 0 && !sliding) {
        stream = new FactorStream(memory, seed);
        rows = stream.next(span);
      }
      TrainingConfig own = config.withWindowLength(windowLength).withSeed(seed);
      try (FittedDetector detector = FittedDetector.train(labelled(rows), own, asked[0])) {
        float[][] last = rows;
        List<AlarmCount> sum = List.of();
        for (int left = tested; left > 0; left -= last.length) {
          float[][] next = stream.next(Math.min(CHUNK, left));
          double[] pValues = detector.score(last, next).pValue();
          sum = plus(sum, AlarmCount.of(detector.calibration(), pValues, asked));
          rows = sliding ? moved(rows, next) : rows;
          last = next;
        }
        counts.add(sum);
      }
    }
    return counts;
  }

  private LabelledRows labelled(float[][] rows) {
    long[] times = new long[rows.length];
    Arrays.setAll(times, row -> row * MINUTE);
    return new LabelledRows(name, FactorStream.features(), rows, times, new boolean[rows.length]);
  }

  private static List<AlarmCount> plus(List<AlarmCount> sum, List<AlarmCount> more) {
    if (sum.isEmpty()) {
      return more;
    }
    List<AlarmCount> both = new ArrayList<>();
    for (int rate = 0; rate < sum.size(); rate++) {
      both.add(sum.get(rate).plus(more.get(rate)));
    }
    return both;
  }

  private static float[][] moved(float[][] rows, float[][] next) {
    return Stream.concat(Arrays.stream(rows), Arrays.stream(next))
        .skip(next.length)
        .toArray(float[][]::new);
  }
}
