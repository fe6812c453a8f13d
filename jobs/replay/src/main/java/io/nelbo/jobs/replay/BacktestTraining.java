package io.nelbo.jobs.replay;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.replay.file.FrameSample;
import io.nelbo.jobs.replay.source.ReplaySource;
import io.nelbo.jobs.retrain.decide.GapAdvice;
import io.nelbo.jobs.retrain.decide.ProvisionalModel;
import io.nelbo.jobs.retrain.decide.TrainingSetup;
import io.nelbo.jobs.stream.ModelNotice;
import io.nelbo.jobs.stream.NewNotice;
import io.nelbo.jobs.stream.Observation;
import io.nelbo.model.artifact.LocalArtifactStore;
import io.nelbo.model.artifact.PublishedArtifact;
import io.nelbo.model.fit.TrainingException;
import io.nelbo.model.fit.TrainingListener;
import io.nelbo.model.train.SpanBuilder;
import io.nelbo.model.train.Trainer;
import io.nelbo.model.train.Training;
import io.nelbo.model.train.TrainingRequest;
import io.nelbo.model.train.TrainingSpan;
import io.nelbo.schemas.ModelTrigger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Trains on the leading part of a recording; what is labelled anomalous is no example. */
final class BacktestTraining {
  private final NelboConfig config;

  BacktestTraining(NelboConfig config) {
    this.config = config;
  }

  /**
   * Publishes into this store and says that the model governs from the end of its span on.
   *
   * @throws IOException when there is no record before that time
   */
  ModelNotice train(ReplaySource source, Instant until, Path store, TrainingListener listener)
      throws IOException, TrainingException {
    FrameSample sample = FrameSample.of(config, source.size());
    TrainingSpan span = span(source, until, sample);
    Optional<String> tooFarApart = GapAdvice.on(span, config);
    if (tooFarApart.isPresent()) {
      throw new IOException(tooFarApart.get());
    }
    LocalArtifactStore artifacts = new LocalArtifactStore(store, config.model().maxBytes());
    Training training =
        new Trainer()
            .train(
                new TrainingRequest(
                    config.model().id(), 1, span, TrainingSetup.of(config), "backtest"),
                listener);
    List<String> remarks = new ArrayList<>(training.report().warnings());
    if (!sample.isWhole()) {
      remarks.add(sample.note());
    }
    PublishedArtifact published = artifacts.publish(training.artifact());
    return NewNotice.activation(
        published,
        until.toEpochMilli(),
        new ModelNotice.Span(span.startMillis(), span.endMillis(), span.records()),
        training.report().heldOutNegativeElbo(),
        ModelNotice.Why.of(ModelTrigger.BACKTEST, remarks)
            .withProvisional(
                ProvisionalModel.isIt(
                    training.artifact().manifest().calibration(), config.alert().budget())),
        0);
  }

  /** Records before this time that count as normal, as many of them as the sample takes. */
  TrainingSpan span(ReplaySource source, Instant until, FrameSample sample) throws IOException {
    SpanBuilder span = new SpanBuilder(config.shape(), config.series().maxGap().toMillis());
    LeftOut leftOut = new LeftOut(until);
    AtomicLong seen = new AtomicLong();
    source.forEach(
        record -> {
          boolean isNormal = leftOut.isNormal(record);
          if (record.isRejected()) {
            return;
          }
          Observation row = record.wellFormed();
          if (!isNormal) {
            span.breakOff(row.series(), row.eventTimeMillis());
          } else if (sample.takes(seen.getAndIncrement())) {
            span.add(row.series(), row.eventTimeMillis(), row.features());
          }
        });
    try {
      return span.build();
    } catch (IllegalStateException empty) {
      throw new IOException(
          "--train-until %s: there is no normal record before it; %s"
              .formatted(until, leftOut.text()),
          empty);
    }
  }
}
