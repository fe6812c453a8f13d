package io.nelbo.jobs.demo;

import io.nelbo.jobs.config.NelboConfig;
import io.nelbo.jobs.demo.judge.Comparison;
import io.nelbo.jobs.demo.judge.Tally;
import io.nelbo.jobs.kafka.RecordProducer;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.ModelEventKind;
import io.nelbo.schemas.wire.SingleObject;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The same records scored once more, by a second score job whose model topic gets the first
 * activation and nothing else: what the run would be without retraining.
 */
final class FirstModelRun implements AutoCloseable {
  private final NelboConfig config;
  private final Tally tally = new Tally();
  private final TopicWatch watch;
  private final RecordProducer models;
  private boolean hasModel;

  /** Its topics must exist. */
  FirstModelRun(DemoConfig demo, String bootstrapServers, Path folder) {
    config = demo.loadSecond(bootstrapServers, folder);
    watch = new TopicWatch(bootstrapServers, demo.kept(), tally);
    models = new RecordProducer(bootstrapServers, demo.kept().models());
  }

  NelboConfig config() {
    return config;
  }

  /** Passes on the first activation; it is in the topic when this returns. */
  void decided(ModelEvent event) {
    if (!hasModel && event.getKind() == ModelEventKind.ACTIVATED) {
      hasModel = true;
      byte[] bytes = SingleObject.of(ModelEvent.class).encode(event);
      models.send(event.getModelId(), event.getDecidedAt(), bytes);
      models.flush();
    }
  }

  /** Takes in what is there. */
  void poll() {
    watch.poll(event -> {}, scores -> {}, (anomaly, episode) -> {});
  }

  Tally tally() {
    return tally;
  }

  /**
   * Judges both runs.
   *
   * @param retrained what the other run has told
   * @param fedUntil event time of the last record fed
   */
  Comparison comparison(DemoInput input, Tally retrained, Instant fedUntil) {
    return Comparison.of(
        input.script().phases(),
        input.script().change(),
        input.script().faults(),
        retrained,
        tally,
        input.config().alerting().falseAlarmRate(),
        input.series().readingsPerDay(),
        fedUntil);
  }

  @Override
  public void close() {
    models.close();
    watch.close();
  }
}
