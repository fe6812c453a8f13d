package io.nelbo.jobs.retrain;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.SplitDecoded;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;

/** From decoded records to decisions about models. Knows no connector. */
public final class RetrainTopology {
  private RetrainTopology() {}

  /**
   * Builds the graph.
   *
   * @param decoded with event times and watermarks assigned
   */
  public static DataStream<ModelNotice> build(
      DataStream<Decoded> decoded, NelboConfig config, StoreFactory store) {
    return decoded
        .process(new SplitDecoded())
        .name("split")
        .uid("split")
        .global()
        .transform(
            "train-on-span", TypeInformation.of(ModelNotice.class), new TrainOnSpan(config, store))
        .uid("train-on-span")
        .setParallelism(1)
        .setMaxParallelism(1);
  }
}
