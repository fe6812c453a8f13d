package io.nelbo.jobs.replay.source;

import io.nelbo.jobs.stream.Decoded;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Recorded data with an end: files, or a stretch of a topic. */
public interface ReplaySource {
  /** As production decodes them, with event times and watermarks. */
  DataStream<Decoded> records(StreamExecutionEnvironment env);

  /** Whether they come one after the other, in an order that is the same each time. */
  boolean isInOneOrder();

  /** The same outside of Flink, in the order of the recording. */
  void forEach(Consumer<Decoded> consumer) throws IOException;

  /** About how many records there are, for those who wait. */
  long size();

  /** About how many of them the replay speaks of. */
  long judged();

  /** What its records are called; {@link RecordNames#NONE} where they have no names. */
  default RecordNames names() {
    return RecordNames.NONE;
  }

  /** Where they come from, in words. */
  String describe();
}
