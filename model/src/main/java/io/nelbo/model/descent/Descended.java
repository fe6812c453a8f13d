package io.nelbo.model.descent;

import io.nelbo.model.fit.TrainingProgress;
import java.util.ArrayList;
import java.util.List;

/**
 * The outcome of a descent.
 *
 * @param parameters flat, of the best evaluation
 * @param bestStep when it was
 * @param steps taken in all
 * @param curve progress at every evaluation
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record Descended(float[] parameters, int bestStep, int steps, List<TrainingProgress> curve) {
  public Descended {
    curve = List.copyOf(curve);
  }

  /** Remembers the best parameters while the descent goes on. */
  static final class Tracker {
    private final List<TrainingProgress> curve = new ArrayList<>();
    private float[] best;
    private double bestFigure = Double.POSITIVE_INFINITY;
    private double lastFigure = Double.NaN;
    private int bestStep;
    private int lastStep;
    private int sinceBest;
    private boolean fresh;

    Tracker(float[] initial) {
      best = initial.clone();
    }

    void evaluated(int step, float[] parameters, double figure) {
      lastFigure = figure;
      fresh = true;
      sinceBest++;
      if (figure < bestFigure) {
        bestFigure = figure;
        bestStep = step;
        best = parameters.clone();
        sinceBest = 0;
      }
    }

    void note(TrainingProgress progress) {
      lastStep = progress.step();
      if (fresh) {
        curve.add(progress);
        fresh = false;
      }
    }

    double lastFigure() {
      return lastFigure;
    }

    int evaluationsSinceBest() {
      return sinceBest;
    }

    Descended best() {
      return new Descended(best, bestStep, lastStep, curve);
    }
  }
}
