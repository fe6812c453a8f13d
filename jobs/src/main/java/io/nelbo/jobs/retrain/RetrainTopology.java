package io.nelbo.jobs.retrain;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.score.ModelHistory;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.SplitDecoded;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;

/** From decoded records to decisions about models. Knows no connector. */
public final class RetrainTopology {
  private RetrainTopology() {}

  /** Builds the graph for a model topic that is still empty. */
  public static DataStream<ModelNotice> build(
      DataStream<Decoded> decoded, NelboConfig config, StoreFactory store) {
    return build(decoded, config, store, ModelHistory.NONE);
  }

  /**
   * Builds the graph.
   *
   * @param decoded with event times and watermarks assigned
   * @param history tells which models were activated before: the candidates' predecessors
   */
  public static DataStream<ModelNotice> build(
      DataStream<Decoded> decoded, NelboConfig config, StoreFactory store, ModelHistory history) {
    String modelId = config.model().id();
    return decoded
        .process(new SplitDecoded())
        .name("split")
        .uid("split")
        .map(new DropBytes())
        .name("drop-bytes")
        .uid("drop-bytes")
        .keyBy(row -> modelId)
        .transform(
            "train-on-span",
            TypeInformation.of(ModelNotice.class),
            new TrainOnSpan(config, store, history))
        .uid("train-on-span")
        .setParallelism(1)
        .setMaxParallelism(1);
  }
}
