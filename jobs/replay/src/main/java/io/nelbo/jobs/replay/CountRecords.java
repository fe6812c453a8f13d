package io.nelbo.jobs.replay;

import io.nelbo.jobs.stream.Decoded;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Counts what was read, for those who wait. */
final class CountRecords extends RichMapFunction<Decoded, Decoded> {
  private static final long serialVersionUID = 1;

  /** Name of the accumulator. */
  static final String READ = "records-read";

  private final LongCounter read = new LongCounter();

  @Override
  public void open(OpenContext context) {
    getRuntimeContext().addAccumulator(READ, read);
  }

  @Override
  public Decoded map(Decoded record) {
    read.add(1L);
    return record;
  }
}
