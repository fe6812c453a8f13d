package io.nelbo.jobs.serve;

import io.nelbo.jobs.serve.ModelAssignment.Choice;
import io.nelbo.jobs.stream.FrameVerdict;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.detect.Detections;
import io.nelbo.model.score.Attribution;
import java.util.List;
import java.util.Optional;

/**
 * What their models say of the rows of a batch, by the rows' places in it. For whoever receives it,
 * and no longer: the next batch uses the same buffers.
 */
public final class Verdicts {
  private final Choice[] choices;
  private final int[] rows;

  Verdicts(Choice[] choices, int[] rows) {
    this.choices = choices;
    this.rows = rows;
  }

  /** Whether a better model than the one that scored, if any, has not loaded in time. */
  public boolean overdue(int index) {
    return choices[index].overdue();
  }

  /** The activation by which the row was scored; empty without a model, or without a window. */
  public Optional<ModelNotice> model(int index) {
    return Optional.ofNullable(choices[index].notice());
  }

  /**
   * The figures of the row's model, in which the row is at {@link #row}.
   *
   * @throws IllegalStateException when it has none
   */
  public Detections detections(int index) {
    return share(index).detections();
  }

  /** Where the row is among its model's {@link #detections}. */
  public int row(int index) {
    return rows[index];
  }

  /** The p-value at which the row's model alarms. */
  public double borderPValue(int index) {
    return share(index).detector().borderPValue();
  }

  public List<String> featureNames(int index) {
    return share(index).detector().featureNames();
  }

  /** The features to blame, worst first; empty unless the row is anomalous. */
  public Optional<List<Attribution>> explanation(int index) {
    return share(index).explanation(rows[index]);
  }

  /** What is wrong with a frame; empty unless the row is an anomalous one. */
  public Optional<FrameVerdict> frame(int index) {
    return share(index).frame(rows[index]);
  }

  /** Posterior mean of the row's window. */
  public float[] latentMean(int index) {
    return share(index).latentMean(rows[index]);
  }

  private ModelShare share(int index) {
    ModelShare share = choices[index].share();
    if (share == null) {
      throw new IllegalStateException("row " + index + " has no model");
    }
    return share;
  }
}
