package io.nelbo.jobs.replay;

import io.nelbo.jobs.stream.Decoded;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * A watermark behind every record that brings event time on. Where the usual ones follow the wall
 * clock, what comes too late for a bucket would depend on how fast the machine is.
 */
final class WatermarkPerRecord implements WatermarkGenerator<Decoded> {
  private final long boundMillis;
  private long newestMillis = Long.MIN_VALUE;

  /**
   * @param boundMillis how far records may be out of order
   */
  WatermarkPerRecord(long boundMillis) {
    this.boundMillis = boundMillis;
  }

  @Override
  public void onEvent(Decoded record, long eventTimeMillis, WatermarkOutput output) {
    if (!record.isRejected() && eventTimeMillis > newestMillis) {
      newestMillis = eventTimeMillis;
      output.emitWatermark(new Watermark(newestMillis - boundMillis - 1));
    }
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    // Not by the clock.
  }
}
