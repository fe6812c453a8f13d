package io.nelbo.jobs.score;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.config.OrderConfig.Late;
import io.nelbo.jobs.config.TopicsConfig;
import io.nelbo.jobs.config.TopicsConfig.ScoresMode;
import io.nelbo.jobs.models.ModelHistory;
import io.nelbo.jobs.serve.DetectorFactory;
import io.nelbo.jobs.stream.AnomalyEvent;
import io.nelbo.jobs.stream.Decoded;
import io.nelbo.jobs.stream.LateAsRejected;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.jobs.stream.Rejected;
import io.nelbo.jobs.stream.ScoredRecord;
import io.nelbo.jobs.stream.SplitDecoded;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * From decoded records and model events to scores, anomalies and dead letters. Knows no connector.
 */
public final class ScoreTopology {
  /** What comes out. */
  public record Outputs(
      DataStream<ScoredRecord> scores,
      DataStream<AnomalyEvent> anomalies,
      DataStream<Rejected> deadLetters) {}

  private ScoreTopology() {}

  /**
   * Builds the graph.
   *
   * @param decoded with event times and watermarks assigned
   * @param models without watermarks
   * @param latent which windows show where they lie in the latent space
   */
  public static Outputs build(
      DataStream<Decoded> decoded,
      DataStream<ModelNotice> models,
      NelboConfig config,
      DetectorFactory detectors,
      ModelHistory history,
      LatentSample latent) {
    SingleOutputStreamOperator<Observation> observed =
        decoded
            .process(new SplitDecoded())
            .name("split")
            .uid("split")
            .setParallelism(decoded.getParallelism()); // else records lose their order
    SingleOutputStreamOperator<ScoredRecord> scored =
        observed
            .keyBy(Observation::series, Types.STRING)
            .connect(models.broadcast())
            .transform(
                "detect",
                TypeInformation.of(ScoredRecord.class),
                new DetectAnomalies(config, detectors, history, latent))
            .uid("detect");
    SingleOutputStreamOperator<AnomalyEvent> anomalies =
        DataStreamUtils.reinterpretAsKeyedStream(scored, ScoredRecord::series, Types.STRING)
            .process(new AlertOnAnomalies(config))
            .name("alert")
            .uid("alert");
    return new Outputs(
        published(scored, config.topics()), anomalies, rejected(observed, scored, config));
  }

  private static DataStream<ScoredRecord> published(
      DataStream<ScoredRecord> scored, TopicsConfig topics) {
    if (topics.scoresMode() != ScoresMode.SAMPLED) {
      return scored;
    }
    int every = topics.sampleEvery();
    return scored
        .filter(score -> score.isAnomalous() || score.offset() % every == 0)
        .name("sample-scores")
        .uid("sample-scores");
  }

  private static DataStream<Rejected> rejected(
      SingleOutputStreamOperator<Observation> observed,
      SingleOutputStreamOperator<ScoredRecord> scored,
      NelboConfig config) {
    DataStream<Rejected> malformed = observed.getSideOutput(SplitDecoded.REJECTED);
    if (config.order().late() != Late.DEAD_LETTER) {
      return malformed;
    }
    return malformed.union(
        scored
            .getSideOutput(DetectAnomalies.LATE)
            .map(new LateAsRejected(config.source().topic()))
            .name("late")
            .uid("late"));
  }
}
