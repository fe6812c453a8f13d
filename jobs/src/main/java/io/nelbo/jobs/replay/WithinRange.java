package io.nelbo.jobs.replay;

import io.nelbo.jobs.stream.Decoded;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;

/** Drops what lies behind the range, and counts what was read, for those who wait. */
final class WithinRange extends RichFilterFunction<Decoded> {
  private static final long serialVersionUID = 1;

  /** Name of the accumulator. */
  static final String READ = "records-read";

  private final ReplayRange range;
  private final LongCounter read = new LongCounter();

  WithinRange(ReplayRange range) {
    this.range = range;
  }

  @Override
  public void open(OpenContext context) {
    getRuntimeContext().addAccumulator(READ, read);
  }

  @Override
  public boolean filter(Decoded record) {
    read.add(1L);
    long time = record.isRejected() ? record.kafkaTimeMillis() : record.eventTimeMillis();
    return !range.isBehind(time, record.partition(), record.offset());
  }
}
