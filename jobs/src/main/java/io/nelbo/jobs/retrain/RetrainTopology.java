package io.nelbo.jobs.retrain;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.store.StoreFactory;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.SplitDecoded;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

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
    return build(decoded, config, new TrainOnSpan(config, store, history, AfterTraining.NOTHING));
  }

  /** The same over a recording, whose decisions the backtest keeps. */
  public static DataStream<ModelNotice> build(
      DataStream<Decoded> decoded, NelboConfig config, StoreFactory store, Backtest backtest) {
    return build(decoded, config, new TrainOnSpan(config, store, backtest));
  }

  /**
   * The same for a job that must be the only one of its model.
   *
   * @param newOwner of the lease, for a job that is not restored
   */
  static SingleOutputStreamOperator<ModelNotice> leased(
      DataStream<Decoded> decoded,
      NelboConfig config,
      StoreFactory store,
      ModelHistory history,
      LeaseFactory leases,
      String newOwner) {
    AfterTraining giveBack =
        attempt -> leases.open(newOwner, attempt, System::currentTimeMillis).release();
    return build(decoded, config, new TrainOnSpan(config, store, history, giveBack))
        .transform(
            "hold-lease",
            TypeInformation.of(ModelNotice.class),
            new HoldLease(leases, history, newOwner))
        .uid("hold-lease")
        .setParallelism(1)
        .setMaxParallelism(1);
  }

  private static DataStream<ModelNotice> build(
      DataStream<Decoded> decoded, NelboConfig config, TrainOnSpan trainOnSpan) {
    String modelId = config.model().id();
    return decoded
        .process(new SplitDecoded())
        .name("split")
        .uid("split")
        .map(new DropBytes())
        .name("drop-bytes")
        .uid("drop-bytes")
        .keyBy(row -> modelId)
        .transform("train-on-span", TypeInformation.of(ModelNotice.class), trainOnSpan)
        .uid("train-on-span")
        .setParallelism(1)
        .setMaxParallelism(1);
  }
}
