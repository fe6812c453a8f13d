package io.nelbo.jobs.demo;

import io.nelbo.jobs.demo.judge.DetectedEpisode;
import io.nelbo.jobs.demo.judge.Tally;
import io.nelbo.jobs.kafka.ModelEventReader;
import io.nelbo.jobs.kafka.TopicReader;
import io.nelbo.schemas.Anomaly;
import io.nelbo.schemas.DeadLetter;
import io.nelbo.schemas.ModelEvent;
import io.nelbo.schemas.Score;
import io.nelbo.schemas.wire.SingleObject;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Reads the four output topics of one run, committed records only, and hands them to the tally. */
final class TopicWatch implements AutoCloseable {
  private static final Duration NO_WAIT = Duration.ofMillis(1);
  private static final Duration SHORT = Duration.ofMillis(50);

  private final Tally tally;
  private final TopicReader<Score> scores;
  private final TopicReader<DeadLetter> deadLetters;
  private final TopicReader<Anomaly> anomalies;
  private final TopicReader<ModelEvent> models;

  TopicWatch(String bootstrapServers, DemoTopics topics, Tally tally) {
    this.tally = tally;
    scores =
        TopicReader.ofValues(
            bootstrapServers, topics.scores(), SingleObject.of(Score.class)::decode);
    deadLetters =
        TopicReader.ofHeader(
            bootstrapServers,
            topics.deadLetters(),
            "nelbo.dead-letter",
            SingleObject.of(DeadLetter.class)::decode);
    anomalies =
        TopicReader.ofValues(
            bootstrapServers, topics.anomalies(), SingleObject.of(Anomaly.class)::decode);
    models = TopicReader.ofValues(bootstrapServers, topics.models(), new ModelEventReader()::read);
  }

  /**
   * Takes in what is there; waits a moment when nothing is.
   *
   * @param onScores is told after new scores, before the anomalies among them
   */
  void poll(
      Consumer<ModelEvent> onDecision,
      Consumer<List<Score>> onScores,
      BiConsumer<Anomaly, DetectedEpisode> onAnomaly) {
    for (ModelEvent event : models.poll(NO_WAIT)) {
      tally.add(event);
      onDecision.accept(event);
    }
    deadLetters.poll(NO_WAIT).forEach(tally::add);
    List<Score> batch = scores.poll(SHORT);
    batch.forEach(tally::add);
    onScores.accept(batch);
    for (Anomaly anomaly : anomalies.poll(NO_WAIT)) {
      onAnomaly.accept(anomaly, tally.add(anomaly));
    }
  }

  @Override
  public void close() {
    scores.close();
    deadLetters.close();
    anomalies.close();
    models.close();
  }
}
