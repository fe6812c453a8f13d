package io.nelbo.jobs.retrain.sample;

import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Place;
import io.nelbo.model.learn.Slides;
import java.time.Duration;

/**
 * Tells without a job which records the retrain job would train on: by its own sample, so that the
 * two cannot differ. Records have to come in the order in which the job would see them.
 */
public final class SampleRehearsal {
  private static final float[] ANY_VALUE = new float[1];
  private static final Place ANY_PLACE = new Place(0, 0);
  private static final int NO_LIMIT = Integer.MAX_VALUE / 2;

  private final SegmentSample sample;
  private int rows;

  /**
   * @param slide the job's {@code retrain.every}; no record may be older than the open one
   * @param maxGap the job's {@code series.max-gap}
   * @param windowLength the job's {@code window.length}
   */
  public SampleRehearsal(Duration slide, Duration maxGap, int windowLength) {
    SampleShape shape =
        new SampleShape(
            ANY_VALUE.length,
            SampleShape.segmentRecords(windowLength),
            NO_LIMIT,
            maxGap.toMillis(),
            false,
            0);
    sample = new SegmentSample(new Slides(slide.toMillis(), 1), shape);
  }

  /**
   * Whether this record is trained on. One that is labelled anomalous is not, nor one that repeats
   * a time of its series, or comes too late for its segment.
   *
   * @param label 1 anomalous, 0 normal, -1 unknown
   */
  public boolean takes(String series, long eventTimeMillis, int label) {
    sample.add(new Observation(series, eventTimeMillis, ANY_VALUE, label, ANY_PLACE, 0, null));
    int before = rows;
    rows = sample.rows();
    return rows > before;
  }
}
