package io.nelbo.jobs.replay.file;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.RetrainConfig;
import io.nelbo.jobs.config.ValueText;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Which of the frames of a recording a training holds, where all would not fit into {@code
 * retrain.max-bytes}: of equal stretches of the recording one each, drawn by the seed. So every
 * time is seen, and no rhythm of the scene is fallen in step with.
 */
public final class FrameSample {
  private final long all;
  private final long most;
  private final long bytes;
  private final long seed;

  private FrameSample(long all, long most, long bytes, long seed) {
    this.bytes = bytes;
    this.all = all;
    this.most = most;
    this.seed = seed;
  }

  /** Of so many records; those that are no frames are all taken. */
  public static FrameSample of(NelboConfig config, long all) {
    if (!config.image().isConfigured()) {
      return new FrameSample(all, Long.MAX_VALUE, 0, 0);
    }
    long bytes = config.retrain().maxBytes();
    long row = RetrainConfig.rowBytes(config.shape().columnCount());
    return new FrameSample(all, Math.max(1, bytes / row), bytes, config.train().seed());
  }

  public boolean isWhole() {
    return all <= most;
  }

  /**
   * Whether this one belongs to it.
   *
   * @param index in the recording, from 0; those behind its expected end do not
   */
  public boolean takes(long index) {
    if (isWhole()) {
      return true;
    }
    if (index >= all) {
      return false;
    }
    long stretch = (long) (index * ((double) most / all));
    while (start(stretch + 1) <= index) {
      stretch++;
    }
    while (start(stretch) > index) {
      stretch--;
    }
    long length = start(stretch + 1) - start(stretch);
    return index == start(stretch) + new SplittableRandom(seed + stretch).nextLong(length);
  }

  private long start(long stretch) {
    return stretch * all / most;
  }

  /** What share of them, and what would take more. */
  public String note() {
    return String.format(
        Locale.ROOT,
        "one in %.3g images is used, evenly chosen: retrain.max-bytes (%s) holds %,d",
        (double) all / most,
        ValueText.formatSize(bytes),
        most);
  }
}
