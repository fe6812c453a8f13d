package io.nelbo.jobs.testing;

import io.nelbo.model.detect.Detector;
import io.nelbo.model.window.WindowBatch;

/** Whether a detector still holds its native memory. */
public final class OpenDetectors {
  private OpenDetectors() {}

  /**
   * By a score of one record of three values.
   *
   * @throws RuntimeException when it fails for another reason than that it is closed
   */
  public static boolean isOpen(Detector detector) {
    WindowBatch batch = new WindowBatch(8, 1, 3);
    batch.add("x");
    try {
      detector.detect(batch);
      return true;
    } catch (IllegalStateException failed) {
      if (String.valueOf(failed.getMessage()).matches(".*(closed|released) already.*")) {
        return false;
      }
      throw failed;
    }
  }
}
