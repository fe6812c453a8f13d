package io.nelbo.jobs.retrain.sample;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.RetrainConfig;
import java.io.Serializable;

/**
 * How much of a stream is kept.
 *
 * @param columns values per record, features and context
 * @param segmentRecords consecutive records that are kept or dropped together
 * @param bucketRows rows of one bucket at most
 * @param maxGapMillis event time between two records of a series above which they do not follow
 *     each other
 * @param sharesTimes whether records of one time are different ones
 * @param seed of the choice
 */
public record SampleShape(
    int columns,
    int segmentRecords,
    int bucketRows,
    long maxGapMillis,
    boolean sharesTimes,
    long seed)
    implements Serializable {
  private static final int LEAST_SEGMENT = 256;
  private static final int WINDOWS_PER_SEGMENT = 4;

  public static SampleShape of(NelboConfig config) {
    RetrainConfig retrain = config.retrain();
    long rows = retrain.maxBytes() / RetrainConfig.rowBytes(config.shape().columnCount());
    return new SampleShape(
        config.shape().columnCount(),
        segmentRecords(config.window().length()),
        (int) Math.min(Integer.MAX_VALUE / 2, rows / retrain.slidesHeld()),
        config.series().maxGap().toMillis(),
        config.mayShareTimes(),
        config.train().seed());
  }

  static int segmentRecords(int windowLength) {
    return Math.max(WINDOWS_PER_SEGMENT * windowLength, LEAST_SEGMENT);
  }
}
