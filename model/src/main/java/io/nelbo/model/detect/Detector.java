package io.nelbo.model.detect;

import io.nelbo.model.artifact.ModelArtifact;
import io.nelbo.model.score.Attribution;
import io.nelbo.model.window.WindowBatch;
import java.util.List;

/** Scale, score, calibrate: built from one artifact, so that nothing can be mixed up. */
public final class Detector implements AutoCloseable {
  private Detector() {}

  /**
   * Opens the engine's copy of the weights; the caller closes it. One thread at a time.
   *
   * @throws IllegalArgumentException when the artifact contradicts itself
   */
  public static Detector open(ModelArtifact artifact, DetectorSettings settings) {
    throw new UnsupportedOperationException();
  }

  /** {@code v000042}. */
  public String version() {
    throw new UnsupportedOperationException();
  }

  public int windowLength() {
    throw new UnsupportedOperationException();
  }

  public List<String> featureNames() {
    throw new UnsupportedOperationException();
  }

  /** The p-value of the border: the asked rate, or the smallest that the calibration supports. */
  public double borderPValue() {
    throw new UnsupportedOperationException();
  }

  /** Scores every row; the result is overwritten by the next call. */
  public Detections detect(WindowBatch batch) {
    throw new UnsupportedOperationException();
  }

  /** The features to blame for one row of the batch, worst first. */
  public List<Attribution> explain(WindowBatch batch, int row, int most) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
