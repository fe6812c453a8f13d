package io.nelbo.jobs.replay;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.replay.source.ReplaySource;
import io.nelbo.jobs.retrain.job.RetrainTopology;
import io.nelbo.jobs.retrain.run.Backtest;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.stream.JobSettings;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.model.artifact.LocalArtifactStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.LongConsumer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * The first of two passes over a recording: the graph of the retrain job, whose decisions govern
 * the second.
 */
final class BacktestRetraining {
  private final NelboConfig config;

  BacktestRetraining(NelboConfig config) {
    this.config = config;
  }

  /**
   * All decisions, in their order.
   *
   * @param store for the artifacts
   * @param trainingTime event time that a training takes
   * @param read hears how many records have been read
   * @throws IOException when no model came of the recording
   */
  List<ModelNotice> decide(
      ReplaySource source, Path store, Duration trainingTime, LongConsumer read)
      throws IOException, InterruptedException, ExecutionException {
    List<ModelNotice> decisions;
    try (Backtest backtest = new Backtest(trainingTime)) {
      LocalJob.run(
          "nelbo-" + config.detector() + "-backtest",
          env -> define(env, source, store.toString(), backtest),
          read);
      decisions = backtest.read();
    }
    if (decisions.stream().noneMatch(ModelNotice::isActivation)) {
      throw new IOException(
          "no model came of the recording: "
              + (decisions.isEmpty()
                  ? "it has no record"
                  : "%s decisions, the last %s: %s"
                      .formatted(
                          decisions.size(),
                          decisions.get(decisions.size() - 1).kind(),
                          decisions.get(decisions.size() - 1).reason())));
    }
    return decisions;
  }

  private void define(
      StreamExecutionEnvironment env, ReplaySource source, String store, Backtest backtest) {
    JobSettings.applyToBounded(env, config);
    DataStream<Decoded> records = source.records(env);
    if (source.isInOneOrder()) {
      long boundMillis = config.order().bound().toMillis();
      records =
          records
              .assignTimestampsAndWatermarks(
                  WatermarkStrategy.<Decoded>forGenerator(
                          context -> new WatermarkPerRecord(boundMillis))
                      .withTimestampAssigner((record, none) -> record.eventTimeMillis()))
              .setParallelism(1);
    }
    long most = config.model().maxBytes();
    RetrainTopology.build(
            records
                .map(new CountRecords())
                .name("count-records")
                .uid("count-records")
                .setParallelism(records.getParallelism()),
            config,
            () -> new LocalArtifactStore(Path.of(store), most),
            backtest)
        .sinkTo(new DiscardingSink<>())
        .name("decisions")
        .uid("decisions")
        .setParallelism(1);
  }
}
